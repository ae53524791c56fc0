using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>
/// The checkpoint is fresh when every event of a minute ago is under it. In a bank at night nothing happens, and an old checkpoint is still the newest: so what
/// counts is the oldest event without a leaf, and when the sequencer last looked.
/// </summary>
internal static class Freshness
{
    public static readonly TimeSpan Border = TimeSpan.FromSeconds(60);

    /// <summary>Since when it is late; null when it is not.</summary>
    public static async Task<DateTime?> LateSince(StrongroomDb db, AuditSequencer row, DateTime now, CancellationToken cancel)
    {
        if (now - row.SeenAt > Border) return row.SeenAt;
        var oldest = await (from pending in db.Set<AuditPending>() join happened in db.Set<AuditEvent>() on pending.Event equals happened.Id orderby pending.Event select (DateTime?)happened.At)
            .FirstOrDefaultAsync(cancel);
        // After an outage what waited is old and is being caught up; only who does not advance is late.
        return oldest is { } at && now - at > Border && now - await LastAdvance(db, cancel) > Border ? at : null;
    }

    private static async Task<DateTime> LastAdvance(StrongroomDb db, CancellationToken cancel) =>
        await db.Set<AuditCheckpoint>().OrderByDescending(row => row.Size).Select(row => (DateTime?)row.At).FirstOrDefaultAsync(cancel) ?? DateTime.MinValue;
}

/// <summary>For `doctor` and /health/log.</summary>
internal sealed class FreshnessCheck(IServiceScopeFactory scopes, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var row = await db.Set<AuditSequencer>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (row is null) return HealthCheckResult.Degraded("Nothing was sealed yet: the server does it when it runs.");
        if (row.Stopped is { } why) return HealthCheckResult.Unhealthy($"Stopped: {why}");
        var size = await db.Set<AuditCheckpoint>().MaxAsync(one => (long?)one.Size, cancellationToken) ?? 0;
        return await Freshness.LateSince(db, row, clock.UtcNow(), cancellationToken) is { } since
            ? HealthCheckResult.Unhealthy($"Late since {since:u}: events have no leaf. Is a server running?")
            : HealthCheckResult.Healthy($"{size} entries, epoch {row.Epoch}.");
    }
}
