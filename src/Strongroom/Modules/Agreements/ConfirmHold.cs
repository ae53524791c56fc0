using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

internal sealed record HoldIsConfirmed() : Refusal("agreements.hold-is-confirmed", 409, "This hold needs no confirming.", "Lift it if it is no longer needed.");

/// <summary>
/// An old register's remark ("deceased", "court order") became a hold; an officer has now seen the paper behind it. A hold without such a paper is lifted
/// instead.
/// </summary>
internal sealed class ConfirmHold(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, HoldId holdId, CancellationToken cancel) =>
        write.Do<Done>("agreements.confirm-hold", new { id, holdId }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Hold, agreement.Branch)) return new NoSuch("agreement");
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            db.LeanOn(agreement);
            var hold = await db.Set<Hold>().SingleOrDefaultAsync(row => row.Id == holdId && row.Agreement == id, cancel);
            if (hold is null) return new NoSuch("hold");
            if (hold.LiftedAt is not null || hold.Until <= act.Now) return new HoldNotInForce().About(id).About(holdId);
            if (!hold.Unconfirmed) return new HoldIsConfirmed().About(id).About(holdId);

            (hold.Unconfirmed, hold.ConfirmedAt, hold.ConfirmedBy) = (false, act.Now, act.Actor.Person);
            db.Append(act, new Event(AgreementsAudit.HoldConfirmed).About(agreement, await db.FirstHirer(id, cancel)).About(holdId).With("kind", hold.Kind));
            return Done.It;
        }, cancel);
}
