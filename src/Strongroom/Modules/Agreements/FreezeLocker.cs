using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>
/// A hirer who fears for their locker blocks it at once, without asking anybody; any of joint hirers may. Opening again is slower on
/// purpose: at the counter with an identity check, or by one's own passkey after a day.
/// </summary>
internal sealed class FreezeLocker(StrongroomDb db, Write write)
{
    public Task<Outcome<HoldPlaced>> Handle(AgreementId id, CancellationToken cancel) =>
        write.Do<HoldPlaced>("agreements.freeze", new { id }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            var person = act.Actor.Person;
            if (agreement is null || !act.Actor.May(AgreementsRights.AccountFreeze)
                || !await db.Set<AgreementParty>().AnyAsync(row => row.Agreement == id && row.Person == person, cancel))
                return new NoSuch("agreement");
            if ((await db.Block(act, agreement, new(HoldKind.Freeze, "Frozen by the hirer online.", null, null, TellHirer: true), AgreementsAudit.Frozen, cancel)).Refused(out var refusal, out var hold))
                return refusal.About(id).About(agreement.Locker);
            return new HoldPlaced(hold);
        }, cancel);
}
