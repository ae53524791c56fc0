using System.Net;
using Microsoft.Net.Http.Headers;

namespace Strongroom.Tests.Support;

/// <summary>Keeps cookies between requests, as a browser would.</summary>
internal sealed class CookieHandler(HttpMessageHandler server) : DelegatingHandler(server)
{
    private readonly CookieContainer jar = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies) request.Headers.Add(HeaderNames.Cookie, cookies);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues(HeaderNames.SetCookie, out var set))
        {
            foreach (var cookie in set) jar.SetCookies(request.RequestUri!, cookie);
        }
        return response;
    }
}
