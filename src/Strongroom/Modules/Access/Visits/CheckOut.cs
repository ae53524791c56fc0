using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>The sixth act: the party has left the vault and gets its slip.</summary>
internal sealed class CheckOut(StrongroomDb db, Write write)
{
    public Task<Outcome<VisitStep>> Handle(VisitId id, CancellationToken cancel) =>
        write.Do<VisitStep>("access.check-out", new { id }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.CheckOut, cancel);
            if (visit is null) return refusal!;

            visit.State = VisitState.Closed;
            visit.EndedAt = act.Now;
            visit.EndedBy = act.Actor.Person;
            await db.ComeOut(visit, cancel);
            db.Append(act, new Event(AccessAudit.CheckedOut).About(visit).With("number", visit.Number));
            return VisitSteps.Next(visit);
        }, cancel);
}
