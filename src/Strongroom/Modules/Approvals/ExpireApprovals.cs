using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Approvals;

/// <summary>Writes down which requests nobody decided in time. They have expired by the clock already; this is for the log and for the timelines.</summary>
internal sealed class ExpireApprovals(StrongroomDb db, SystemActs acts, ApprovalBook book) : IJob
{
    public const string EveryFiveMinutes = "0 0/5 * * * ?";

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var due = await db.Set<ApprovalRequest>().Where(row => row.ExpiresAt <= now).WithoutEnd(db).OrderBy(row => row.ExpiresAt).AsNoTracking().ToListAsync(cancel);
        foreach (var request in due)
        {
            db.ChangeTracker.Clear();
            var act = acts.At(now);
            if ((await book.Load(act, request, cancel)).Refused(out _, out var one) || ApprovalLife.Expire(one, now) is not { } expired) continue;
            db.Add(expired);
            db.Append(act, ApprovalBook.Told(ApprovalsAudit.Expired, one));
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException raced) when (Collision.Of(raced, db) is Collision.NotUnique)
            {
                // Another node wrote it down, or the last act before the end was saved a moment ago.
            }
        }
    }
}

internal static class OpenApprovals
{
    private static readonly ApprovalStep[] Ends = [.. Enum.GetValues<ApprovalStep>().Where(step => ApprovalLife.Closed(step) is not null)];

    /// <summary>Requests after which nothing was written that ends them.</summary>
    public static IQueryable<ApprovalRequest> WithoutEnd(this IQueryable<ApprovalRequest> requests, StrongroomDb db) =>
        requests.Where(request => !db.Set<ApprovalEvent>().Any(happened => happened.Approval == request.Id && Ends.Contains(happened.Step)));

    /// <summary>Requests that wait at an instant.</summary>
    public static IQueryable<ApprovalRequest> Waiting(this IQueryable<ApprovalRequest> requests, StrongroomDb db, DateTime now) => requests.Where(request => request.ExpiresAt > now).WithoutEnd(db);

    /// <summary>Requests that do not wait any more, by what became of them or by time.</summary>
    public static IQueryable<ApprovalRequest> Over(this IQueryable<ApprovalRequest> requests, StrongroomDb db, DateTime now) =>
        requests.Where(request => request.ExpiresAt <= now || db.Set<ApprovalEvent>().Any(happened => happened.Approval == request.Id && Ends.Contains(happened.Step)));
}
