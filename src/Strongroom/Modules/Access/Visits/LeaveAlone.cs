using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <param name="OpenAlready">The door was open before anybody here saw the hold: what happened is written down all the same.</param>
public sealed record LeaveAloneRequest(bool OpenAlready = false);

internal sealed record HoldSinceAdmitted() : Refusal(
    "access.hold-since-admitted", 409, "A hold was placed on this locker after the hirer was admitted.",
    "Do not open it: end the visit. If the door is open already, say so: the hirer shuts it and you lead them out.");

/// <summary>
/// The fourth act: both keys turned, the door is open, the officer has left the hirer alone (R11). From here on the hirers must be told (R13),
/// whatever comes after, and so this is the act that cannot be undone. A hold that was placed after the admission keeps the door shut; where it is open
/// already, that is the truth, and the record says it.
/// </summary>
internal sealed class LeaveAlone(StrongroomDb db, Write write, PolicyBook policies)
{
    public Task<Outcome<VisitStep>> Handle(VisitId id, CancellationToken cancel) => Handle(id, new(), cancel);

    public Task<Outcome<VisitStep>> Handle(VisitId id, LeaveAloneRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.leave-alone", new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.LeaveAlone, cancel);
            if (visit is null) return refusal!;
            await db.LeanOnAgreement(visit.Agreement, cancel);
            // The admission refused every hold that stood then, so one that stands now came after it.
            var held = await db.HoldsInForce(act.Now).AnyAsync(hold => hold.Agreement == visit.Agreement, cancel);
            if (held && !request.OpenAlready) return new HoldSinceAdmitted().About(visit.Id).About(visit.Locker).About(visit.Agreement);

            visit.State = VisitState.Alone;
            visit.AloneAt = act.Now;
            await NoteBeyondFree(act, visit, cancel);
            db.Append(act, new Event(AccessAudit.LockerOpened).About(visit).With("under-hold", held ? "yes" : null));
            var due = await CloseOfDay(visit.Branch, act.Now, cancel);
            await act.Raise(db, new LockerOpened(visit.Id, visit.Branch, visit.Agreement, visit.Locker, visit.Operator, act.Now, due), cancel);
            return VisitSteps.Next(visit);
        }, cancel);

    /// <summary>R14: the visits of a year of the hire are counted; those beyond the free number are noted for billing.</summary>
    private async Task NoteBeyondFree(Act act, Visit visit, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == visit.Branch, cancel);
        var today = act.Now.DateIn(branch.Zone);
        var free = (await policies.At<AccessPolicy>(branch.Jurisdiction, branch.Id, today, cancel)).Values.FreeVisits;
        var began = await db.AgreementFacts().Where(row => row.Id == visit.Agreement).Select(row => row.StartsOn).SingleAsync(cancel);
        var since = RentYears.Begin(began, today).ToUtc(TimeOnly.MinValue, branch.Zone);
        var ofYear = 1 + await db.Set<Visit>().CountAsync(row => row.Agreement == visit.Agreement && row.Id != visit.Id && row.AloneAt >= since, cancel);
        if (ofYear <= free) return;
        visit.OfYear = ofYear;
        db.Append(act, new Event(AccessAudit.VisitBeyondFree).About(visit).With("of-year", ofYear).With("free", free));
    }

    /// <summary>When the branch closes today; a locker opened after that is told of at once.</summary>
    private async Task<DateTime> CloseOfDay(BranchId id, DateTime now, CancellationToken cancel)
    {
        var calendar = await db.CalendarAt(id, now, cancel);
        return calendar.InUtc(now.DateIn(calendar.Zone)) is { } day && day.Closes > now ? day.Closes : now;
    }
}
