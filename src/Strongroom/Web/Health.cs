using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Web;

/// <summary>
/// For proxies, orchestrators and scripts: `/health/live` says that the process answers, `/health/ready` that it can serve people.
/// Plain HTTP and no sign-in, because a probe has neither certificate nor password; the words name no address and no data.
/// </summary>
internal static class Health
{
    public sealed record Live(string Status);

    public sealed record Ready(string Status, IReadOnlyList<string> Because);

    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().DisableHttpMetrics().ExcludeFromDescription();
        health.MapGet("/live", () => TypedResults.Ok(new Live("live"))).WithName("HealthLive");
        health.MapGet("/ready", async (StrongroomDb db, Settings settings, IServiceProvider services, ILogger<Ready> log, CancellationToken cancel) =>
        {
            string[] because = [.. new[] { Keys(services), Filling(settings), await Database(db, log, cancel) }.OfType<string>()];
            return because.Length == 0
                ? TypedResults.Json(new Ready("ready", because))
                : TypedResults.Json(new Ready("not ready", because), statusCode: StatusCodes.Status503ServiceUnavailable);
        }).WithName("HealthReady");
        health.MapGet("/log", Log).WithName("HealthLog");
    }

    // For the bank's own alarm: a log that is late is no reason to send people away, and every reason to look.
    private static async Task<IResult> Log(HealthCheckService checks, CancellationToken cancel)
    {
        var found = (await checks.CheckHealthAsync(check => check.Name == "log", cancel)).Entries["log"];
        return found.Status == HealthStatus.Healthy
            ? TypedResults.Json(new Ready("fresh", []))
            : TypedResults.Json(new Ready("not fresh", ["Events wait for their leaves, or the log is stopped. `doctor` says why."]), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string? Keys(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<KeyRing>();
            return null;
        }
        catch (KeyRingException)
        {
            return "The key ring does not open. `doctor` says why.";
        }
    }

    private static string? Filling(Settings settings) =>
        File.Exists(Path.Combine(settings.DataDirectory, Installation.StartedFile)) && !File.Exists(Path.Combine(settings.DataDirectory, Installation.ReadyFile))
            ? "The demo bank is still being filled, or its filling was cut short."
            : null;

    private static async Task<string?> Database(StrongroomDb db, ILogger log, CancellationToken cancel)
    {
        try
        {
            return await Schema.Problem(db, cancel);
        }
        catch (Exception broken) when (broken is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            log.LogError(broken, "The database did not answer the readiness probe");
            return "The database does not answer.";
        }
    }
}
