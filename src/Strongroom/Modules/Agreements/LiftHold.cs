using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Reason">What makes the hold unneeded: the order that ended it, the identity check at the counter.</param>
public sealed record LiftHoldRequest([property: Required, StringLength(500)] string Reason);

/// <summary>Another right than placing: who can block in a hurry cannot therefore open again.</summary>
internal sealed class LiftHold(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, HoldId holdId, LiftHoldRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.lift-hold", new { id, holdId, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Lift, agreement.Branch)) return new NoSuch("agreement");
            db.LeanOn(agreement);
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            var hold = await db.Set<Hold>().SingleOrDefaultAsync(row => row.Id == holdId && row.Agreement == id, cancel);
            if (hold is null) return new NoSuch("hold");
            if (hold.LiftedAt is not null || hold.Until <= act.Now) return new HoldNotInForce().About(id).About(holdId);

            var hirer = await db.FirstHirer(id, cancel);
            var key = await act.Seals.KeyOf(db, hirer, cancel);
            hold.LiftedAt = act.Now;
            hold.LiftedBy = act.Actor.Person;
            hold.LiftReason = key.Seal(Hold.LiftReasonColumn, holdId.Value, request.Reason);
            db.Append(act, new Event(AgreementsAudit.HoldLifted).About(agreement, hirer).About(holdId)
                .With("kind", hold.Kind).Withhold("reason", request.Reason, hirer, key));
            return Done.It;
        }, cancel);
}
