using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

internal sealed record HoldIsConfirmed() : Refusal("agreements.hold-is-confirmed", 409, "This hold needs no confirming.", "Lift it if it is no longer needed.");

/// <param name="Paper">Number and date of the order that was seen, where <see cref="HoldRules"/> ask for it.</param>
/// <param name="Secret">The order forbids to tell the hirer.</param>
public sealed record ConfirmHoldRequest([property: StringLength(200)] string? Paper = null, bool Secret = false);

/// <summary>
/// An old register's remark ("deceased", "court order") became a hold; an officer has now seen the paper behind it. A hold without such a paper is lifted
/// instead.
/// </summary>
internal sealed class ConfirmHold(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, HoldId holdId, ConfirmHoldRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.confirm-hold", new { id, holdId, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Hold, agreement.Branch)) return new NoSuch("agreement");
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            db.LeanOn(agreement);
            var hold = await db.Set<Hold>().SingleOrDefaultAsync(row => row.Id == holdId && row.Agreement == id, cancel);
            if (hold is null) return new NoSuch("hold");
            if (hold.LiftedAt is not null || hold.Until <= act.Now) return new HoldNotInForce().About(id).About(holdId);
            if (!hold.Unconfirmed) return new HoldIsConfirmed().About(id).About(holdId);
            if (HoldRules.WhyNotPlace(hold.Kind, request.Paper, request.Secret) is { } fault) return fault.About(id).About(holdId);

            var hirer = await db.FirstHirer(id, cancel);
            var key = await act.Seals.KeyOf(db, hirer, cancel);
            (hold.Unconfirmed, hold.ConfirmedAt, hold.ConfirmedBy) = (false, act.Now, act.Actor.Person);
            hold.Paper = request.Paper is { } paper ? key.Seal(Hold.PaperColumn, holdId.Value, paper) : null;
            hold.TellHirer = HoldRules.Of(hold.Kind).TellsHirer(request.Secret);
            db.Append(act, new Event(AgreementsAudit.HoldConfirmed).About(agreement, hirer).About(holdId).With("kind", hold.Kind)
                .With("hirer-told", hold.TellHirer ? "yes" : "no").Withhold("paper", request.Paper, hirer, key));
            await act.Raise(db, new HoldWasPlaced(id, holdId, hold.Kind, hold.TellHirer, act.Actor.Person, act.Now), cancel);
            return Done.It;
        }, cancel);
}
