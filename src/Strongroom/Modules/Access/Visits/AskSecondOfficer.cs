using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>Where the policy wants a second officer: makes what that officer signs, at this screen or on a screen of their own.</summary>
internal sealed class AskSecondOfficer(StrongroomDb db, Write write)
{
    internal const string ActName = "access.second-officer";

    public Task<Outcome<VisitStep>> Handle(VisitId id, CancellationToken cancel) =>
        write.Do<VisitStep>("access.ask-second-officer", new { id }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.Admit, cancel);
            if (visit is null) return refusal!;

            var locker = await db.LockerFacts().SingleAsync(row => row.Id == visit.Locker, cancel);
            var parties = await db.ConcernedBy(visit.Agreement).ToListAsync(cancel);
            visit.SecondSignature = Signatures.Ask(db, act, new ToSign(
                ActName, PayloadOf(visit), $"Be the second officer of visit {visit.Number} to locker {locker.Number}.",
                visit.Branch, Signer: null, AccessRights.Receive, [act.Actor.Person!.Value, .. parties], Opening: true));
            db.Append(act, new Event(AccessAudit.SecondAsked).About(visit).About(visit.SecondSignature));
            return VisitSteps.Next(visit);
        }, cancel);

    public static object PayloadOf(Visit visit) => new { visit = visit.Id, locker = visit.Locker, agreement = visit.Agreement };
}
