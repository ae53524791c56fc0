using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>
/// Each night: roles that stand together though they belong apart are written into the log, once a pair of postings. They grant nothing already; this is for who reads
/// the log, because no act of ours made them.
/// </summary>
internal sealed partial class ReportDutiesClashes(StrongroomDb db, SystemActs acts, ReadDuties duties, ILogger<ReportDutiesClashes> logger) : IJob
{
    public const string EachNight = "0 7 1 * * ?";

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        foreach (var clash in await duties.Clashes(cancel))
        {
            var (one, other, kind) = (clash.Posting.Value, clash.OtherPosting.Value, StaffAudit.DutiesClash.Name);
            var told = db.EventFacts().Where(happened => happened.Kind == kind);
            if (await told.AnyAsync(happened => db.EventAbouts().Any(about => about.Event == happened.Id && about.Id == one) && db.EventAbouts().Any(about => about.Event == happened.Id && about.Id == other), cancel))
                continue;
            db.Append(acts.At(now), new Event(StaffAudit.DutiesClash).About(clash.Officer).About(clash.Person).About(clash.Posting).About(clash.OtherPosting).About(clash.Branch)
                .With("role", clash.Role).With("other", clash.Other));
            await db.SaveChangesAsync(cancel);
            Log.Clash(logger, clash.Officer, clash.RoleWords, clash.OtherWords);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Officer {Officer} is posted as {Role} and as {Other} at one place: the later posting grants nothing")]
        public static partial void Clash(ILogger logger, OfficerId officer, string role, string other);
    }
}

/// <summary>`doctor` says how many there are and where they are seen.</summary>
internal sealed class DutiesCheck(ReadDuties duties, CurrentActor current) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        current.Become(Actor.System);
        var clashes = await duties.Clashes(cancellationToken);
        return clashes.Count == 0
            ? HealthCheckResult.Healthy("Nobody holds roles that belong apart.")
            : HealthCheckResult.Degraded($"{clashes.Count} postings grant nothing, because their officers hold roles that belong apart. /office/duties names them.");
    }
}
