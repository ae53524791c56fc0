using System.Globalization;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Web;

namespace Strongroom.Modules.Audit.Publishing;

/// <summary>The log for everybody, at the paths and in the bytes of C2SP tlog-tiles: whoever checks the bank needs neither account nor program of ours.</summary>
internal static class ServeLog
{
    public const string Limit = "log";

    // Tiles never change: a proxy may keep them for ever.
    private const string ForEver = "public, max-age=31536000, immutable", NotAtAll = "no-store";

    public static void Map(WebApplication app)
    {
        var log = app.MapGroup("/log").AllowAnonymous().RequireRateLimiting(Limit).ExcludeFromDescription();
        log.MapGet("/checkpoint", async (DatabaseLog from, HttpContext http, CancellationToken cancel) =>
            await from.ReadCheckpoint(cancel) is { } note ? Answer(http, note, "text/plain; charset=utf-8", NotAtAll) : NoSuch(http));
        log.MapGet("/tile/{**path}", async (string? path, DatabaseLog from, HttpContext http, CancellationToken cancel) =>
        {
            if (!TilePath.TryParse("tile/" + path, out var tile)) return NoSuch(http);
            try
            {
                return Answer(http, await from.Tile(tile, cancel), "application/octet-stream", ForEver);
            }
            catch (TileMissingException)
            {
                return NoSuch(http);
            }
        });
        log.MapGet("/key", async (StrongroomDb db, HttpContext http, CancellationToken cancel) =>
            await Keys(db, cancel) is { } keys ? Answer(http, Encoding.UTF8.GetBytes(keys), "text/plain; charset=utf-8", NotAtAll) : NoSuch(http));
    }

    /// <summary>A verifier reads some thousand tiles one after the other; more than that at once is no verifier.</summary>
    public static void Limits(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Limit, http => RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress ?? System.Net.IPAddress.None, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 4000,
            TokensPerPeriod = 400,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
    }

    /// <summary>The newest verifier key alone on the first line; then, after an empty line, each key with the size from which it signs.</summary>
    private static async Task<string?> Keys(StrongroomDb db, CancellationToken cancel)
    {
        var keys = await db.Set<AuditLogKey>().AsNoTracking().OrderByDescending(row => row.FromSize).ToListAsync(cancel);
        if (keys.Count == 0) return null;
        var text = new StringBuilder(keys[0].Key).Append("\n\n");
        foreach (var key in keys) text.Append(CultureInfo.InvariantCulture, $"from {key.FromSize} {key.Key}\n");
        return text.ToString();
    }

    private static IResult Answer(HttpContext http, byte[] bytes, string type, string caching)
    {
        http.Response.Headers.CacheControl = caching;
        return Results.Bytes(bytes, type);
    }

    private static ProblemHttpResult NoSuch(HttpContext http)
    {
        // What is not there yet will be.
        http.Response.Headers.CacheControl = NotAtAll;
        return new NoSuch("part of the log").ToProblem(http);
    }
}
