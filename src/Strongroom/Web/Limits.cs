using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;

namespace Strongroom.Web;

/// <summary>
/// How much one caller may ask: of the API by address before anything is looked at, of everything by user or client once it is known who asks; how large a request may
/// be, and how long it may take. Each node counts for itself. Settings under Api: PerMinuteByAddress, PerMinuteByCaller, TokensPerMinute (0 is no limit)
/// and TimeoutSeconds.
/// </summary>
internal static class Limits
{
    public const string Tokens = "tokens";

    /// <summary>Of a body of JSON; uploads name their own.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Of a form for a token.</summary>
    public const int TokenBytes = 16 * 1024;

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Api");
        var (byAddress, byCaller, tokens) = (settings.GetValue("PerMinuteByAddress", 1200), settings.GetValue("PerMinuteByCaller", 600), settings.GetValue("TokensPerMinute", 30));
        builder.Services.AddSingleton(new CallerLimit(PartitionedRateLimiter.Create<HttpContext, Guid>(http =>
            http.Features.Get<Actor>()?.Caller is { } caller ? Bucket(caller, byCaller) : RateLimitPartition.GetNoLimiter(Guid.Empty))));
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (context, _) =>
            {
                SayWhen(context.HttpContext, context.Lease);
                return ValueTask.CompletedTask;
            };
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                ForPrograms(http) ? Bucket(AddressOf(http), byAddress) : RateLimitPartition.GetNoLimiter(""));
            // A client's secret is checked against the database: nobody asks for that a hundred times a second.
            limits.AddPolicy(Tokens, http => Bucket(AddressOf(http), tokens));
        });
        // Cancelled, not killed: the transaction rolls back, and the same idempotency key tells whether it had committed.
        builder.Services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(nameof(Limits), new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(settings.GetValue("TimeoutSeconds", 30d)),
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        }));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            // Registers and documents come as large files; everything else says less at its endpoint.
            kestrel.Limits.MaxRequestBodySize = 30_000_000;
        });
    }

    /// <summary>After authentication: the address has been counted already, now whose request it is.</summary>
    public static void UseCallerLimit(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        using var lease = await http.RequestServices.GetRequiredService<CallerLimit>().Limiter.AcquireAsync(http, 1, http.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }
        SayWhen(http, lease);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        // The page of errors would count again. Programs get problem details.
        if (!ForPrograms(http)) await http.Response.WriteAsync("Too many pages were asked for within a minute. Wait some seconds, then load the page again.", http.RequestAborted);
    });

    public sealed record CallerLimit(PartitionedRateLimiter<HttpContext> Limiter);

    private static bool ForPrograms(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/connect");

    // An IPv6 household has 2^64 addresses: they count as one.
    internal static string AddressOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString();
    }

    /// <summary>A minute's worth at once, then a tenth of it each six seconds.</summary>
    private static RateLimitPartition<TKey> Bucket<TKey>(TKey key, int aMinute) => aMinute <= 0 ? RateLimitPartition.GetNoLimiter(key) : RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
    {
        TokenLimit = aMinute,
        TokensPerPeriod = Math.Max(1, aMinute / 10),
        ReplenishmentPeriod = TimeSpan.FromSeconds(6),
        QueueLimit = 0,
    });

    private static void SayWhen(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(6);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
