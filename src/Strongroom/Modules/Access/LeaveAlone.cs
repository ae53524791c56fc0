using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access;

/// <summary>
/// The fourth act: both keys turned, the door is open, the officer has left the hirer alone (R11). From here on the hirers must be told (R13),
/// whatever comes after, and so this is the act that cannot be undone.
/// </summary>
internal sealed class LeaveAlone(StrongroomDb db, Write write)
{
    public Task<Outcome<VisitStep>> Handle(VisitId id, CancellationToken cancel) =>
        write.Do<VisitStep>("access.leave-alone", new { id }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.LeaveAlone, cancel);
            if (visit is null) return refusal!;

            visit.State = VisitState.Alone;
            visit.AloneAt = act.Now;
            db.Append(act, new Event(AccessAudit.LockerOpened).About(visit));
            var due = await CloseOfDay(visit.Branch, act.Now, cancel);
            await act.Raise(db, new LockerOpened(visit.Id, visit.Branch, visit.Agreement, visit.Locker, visit.Operator, act.Now, due), cancel);
            return VisitSteps.Next(visit);
        }, cancel);

    /// <summary>When the branch closes today; a locker opened after that is told of at once.</summary>
    private async Task<DateTime> CloseOfDay(BranchId id, DateTime now, CancellationToken cancel)
    {
        var calendar = await db.CalendarAt(id, now, cancel);
        return calendar.InUtc(now.DateIn(calendar.Zone)) is { } day && day.Closes > now ? day.Closes : now;
    }
}
