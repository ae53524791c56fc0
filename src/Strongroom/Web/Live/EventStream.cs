using Microsoft.AspNetCore.Http.Features;

namespace Strongroom.Web.Live;

/// <summary>
/// An answer of Server-Sent Events. It ends after some minutes and the browser comes again by itself, so that whatever nobody told it, a session that
/// ran out or a policy, is heard of then.
/// </summary>
internal sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly HttpResponse response;
    private readonly CancellationTokenSource end;

    public EventStream(HttpContext http, IHostApplicationLifetime host)
    {
        response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        end.CancelAfter(Life);
    }

    public CancellationToken Ended => end.Token;

    public async Task Say(string name, string data = "")
    {
        await response.WriteAsync($"event: {name}\ndata: {data}\n\n", Ended);
        await response.Body.FlushAsync(Ended);
    }

    public void Dispose() => end.Dispose();
}
