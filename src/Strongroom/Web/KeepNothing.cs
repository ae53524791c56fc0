namespace Strongroom.Web;

/// <summary>What the server makes for one request is kept by no cache, on the way or in the browser, unless its endpoint says how long: the answers hold personal data.</summary>
internal static class KeepNothing
{
    public static void UseKeepNothing(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, http);
        return next(http);
    });
}
