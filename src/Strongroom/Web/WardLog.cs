using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Strongroom.Data;

namespace Strongroom.Web;

/// <summary>
/// Writes to the server's log what was turned away before anybody's act began: what could not be read, a post without its antiforgery token, too much, too
/// often. Refusals by rules are events of the audit log; these are nobody's acts, and a stranger could fill that log with them. One line a minute for each of
/// why, endpoint and address, a household's of IPv6 as one. The endpoint is named by its pattern: a path may hold what is nobody's business.
/// </summary>
internal sealed partial class WardLog(TimeProvider clock, ILogger<WardLog> logger)
{
    private static readonly object Tokenless = new();
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly OncePerMinute<(string Why, string Endpoint, string Address)> first = new(clock);

    /// <summary>For endpoints that look at the token themselves.</summary>
    public static void WithoutToken(HttpContext http) => http.Items[Tokenless] = true;

    public void Look(HttpContext http)
    {
        var tokenless = http.Items.ContainsKey(Tokenless) || http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };
        var status = http.Response.StatusCode;
        if (!tokenless && status is not (StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status429TooManyRequests)) return;

        // A page of errors is drawn by another endpoint than the one that was asked, and what threw has none any more.
        var asked = http.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        var endpoint = asked as RouteEndpoint;
        // A method is whatever somebody wrote there.
        var method = Methods.Contains(http.Request.Method) ? http.Request.Method : "other";
        var at = $"{method} {endpoint?.RoutePattern.RawText ?? "no endpoint"}";
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var why = tokenless ? "no antiforgery token" : Words(status);
        if (first.IsFirst((why, at, Limits.AddressOf(http)))) Log.Turned(logger, why, status, at, address, http.Features.Get<Actor>()?.Caller?.ToString() ?? "nobody");
    }

    private static string Words(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "not readable",
        StatusCodes.Status413PayloadTooLarge => "too large",
        StatusCodes.Status415UnsupportedMediaType => "of another type",
        StatusCodes.Status429TooManyRequests => "too often",
        _ => "refused",
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Turned away: {Why} ({Status}) at {Endpoint} from {Address} by {Caller}")]
        public static partial void Turned(ILogger logger, string why, int status, string endpoint, string address, string caller);
    }
}

internal static class WardLogging
{
    public static void UseWardLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<WardLog>();
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            finally
            {
                log.Look(http);
            }
        });
    }
}
