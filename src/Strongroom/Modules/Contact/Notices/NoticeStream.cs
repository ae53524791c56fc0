using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Web;

namespace Strongroom.Modules.Contact.Notices;

/// <summary>
/// Server-Sent Events: the number of unread notices, whenever it changed, and nothing else: what is new is read on the page. Within this process the bell
/// rings after the commit; what another node wrote is found by asking every few seconds. The stream ends after some minutes, and the browser comes again
/// by itself: so a session that was ended, or a right that was taken, is heard of.
/// </summary>
internal static class NoticeStream
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5), Life = TimeSpan.FromMinutes(5);

    // Proxies close what is silent for a minute.
    private const int LooksToHeartbeat = 4;

    public static void Map(WebApplication app) => app.MapGet("/notices/stream", Send).RequireAuthorization(RightPolicies.SignedIn).WithMetadata(new AsksByItself()).ExcludeFromDescription();

    private static async Task Send(HttpContext http, CurrentActor current, NoticeBell bell, IServiceScopeFactory scopes, IHostApplicationLifetime host)
    {
        if (current.Now.Person is not { } me)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;   // tells the browser not to come again
            return;
        }
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        end.CancelAfter(Life);
        // Listens before it counts: what is committed in between rings.
        using var ear = bell.Listen(me);
        try
        {
            var (said, silent) = (-1, 0);
            while (true)
            {
                var unread = await Unread(scopes, me, end.Token);
                if (unread != said)
                {
                    await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: unread\ndata: {unread}\n\n"), end.Token);
                    (said, silent) = (unread, 0);
                }
                else if (++silent % LooksToHeartbeat == 0)
                {
                    await http.Response.WriteAsync(": still here\n\n", end.Token);
                }
                await http.Response.Body.FlushAsync(end.Token);
                await ear.Wait(Look, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // A scope for each look: a stream that is open for minutes must not keep a connection.
    private static async Task<int> Unread(IServiceScopeFactory scopes, PersonId me, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StrongroomDb>().Set<PersonNotice>().CountAsync(row => row.Person == me && row.ReadAt == null, cancel);
    }
}
