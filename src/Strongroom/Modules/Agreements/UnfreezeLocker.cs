using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>What the hirer signs with a passkey of their own.</summary>
public sealed record UnfreezeAsked(SignatureId Signature);

public sealed record UnfreezeRequest([property: Required] SignatureId? Signature);

internal sealed record NotFrozen() : Refusal("agreements.not-frozen", 409, "This locker is not frozen.", "Nothing is left to do.");

internal sealed record FrozenLessThanADay() : Refusal(
    "agreements.frozen-less-than-a-day", 409, "The freeze is less than 24 hours old.", "Wait until a day has passed, or come to your branch with your identity document.");

internal sealed record FrozenByAnother() : Refusal(
    "agreements.frozen-by-another", 403, "Another hirer froze this locker.", "Ask that hirer to unfreeze it. If they cannot, speak with the branch manager.");

/// <summary>
/// A hirer opens their frozen locker again without coming: a day after it was frozen, and only by a passkey of their own, which must be a day old itself or
/// confirmed at the counter. Never by telephone.
/// </summary>
internal sealed class UnfreezeLocker(StrongroomDb db, Write write)
{
    internal const string Signs = "agreements.unfreeze";

    public Task<Outcome<UnfreezeAsked>> Ask(AgreementId id, CancellationToken cancel) =>
        write.Do<UnfreezeAsked>("agreements.ask-unfreeze", new { id }, async act =>
        {
            if ((await Find(act, id, cancel)).Refused(out var refusal, out var found)) return refusal;
            var asked = Signatures.Ask(db, act, new ToSign(
                Signs, Payload(found.Freeze), $"Unfreeze the locker of agreement {found.Agreement.Number}, so that it can be opened again.",
                found.Agreement.Branch, found.Hirer, Right: null, Not: [], SignatureGrade.Signed, Opening: true));
            db.Append(act, new Event(AgreementsAudit.UnfreezeAsked).About(found.Agreement, found.Hirer).About(found.Freeze.Id).About(asked));
            return new UnfreezeAsked(asked);
        }, cancel);

    public Task<Outcome<Done>> Handle(AgreementId id, UnfreezeRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.unfreeze", new { id, request }, async act =>
        {
            if ((await Find(act, id, cancel)).Refused(out var refusal, out var found)) return refusal;
            if ((await Signatures.Use(db, act, request.Signature!.Value, Signs, Payload(found.Freeze), cancel)).Refused(out refusal, out var used)) return refusal.About(id);
            found.Freeze.LiftSignature = used.Id;
            await db.Lift(act, found.Agreement, found.Freeze, new Event(AgreementsAudit.Unfrozen).About(used.Id).About(found.Hirer), null, null, cancel);
            return Done.It;
        }, cancel);

    private sealed record Found(Agreement Agreement, Hold Freeze, PersonId Hirer);

    private static object Payload(Hold freeze) => new { agreement = freeze.Agreement, freeze = freeze.Id };

    private async Task<Outcome<Found>> Find(Act act, AgreementId id, CancellationToken cancel)
    {
        var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (agreement is null || act.Actor.Person is not { } me || !act.Actor.May(AgreementsRights.AccountFreeze)) return new NoSuch("agreement");
        // Before parties and holds are read: see LeanOnAgreement.
        db.LeanOn(agreement);
        var hirers = await db.HirersOf(id, cancel);
        if (!hirers.Contains(me)) return new NoSuch("agreement");
        if (await db.FreezeOf(id, act.Now, cancel) is not { } freeze) return new NotFrozen().About(id);
        if (!FreezeRules.Mine(me, freeze.PlacedBy, hirers)) return new FrozenByAnother().About(id).About(freeze.Id);
        if (act.Now < FreezeRules.FreeFrom(freeze.Since)) return new FrozenLessThanADay().About(id).About(freeze.Id);
        return new Found(agreement, freeze, me);
    }
}

/// <summary>How the officer knew the hirer. The code is in the log, what stands on the document is not.</summary>
public enum HirerCheck { IdentityDocument, DocumentAndPhotograph }

/// <param name="Hirer">Who stands at the counter: who froze the locker, or any hirer where an officer froze it by telephone.</param>
public sealed record UnfreezeAtCounterRequest(
    [property: Required] PersonId? Hirer, [property: Required, EnumDataType(typeof(HirerCheck))] HirerCheck? Check);

/// <summary>At the counter at any time, when the officer has seen the hirer and an identity document.</summary>
internal sealed class UnfreezeAtCounter(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, UnfreezeAtCounterRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.unfreeze-at-counter", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Unfreeze, agreement.Branch)) return new NoSuch("agreement");
            db.LeanOn(agreement);
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            var hirers = await db.HirersOf(id, cancel);
            var hirer = request.Hirer!.Value;
            if (!hirers.Contains(hirer)) return new NoSuch("hirer") { Field = nameof(request.Hirer) };
            if (await db.MarkedDead().AnyAsync(dead => dead == hirer, cancel))
                return new PersonIsDead(await db.PersonFacts().Where(row => row.Id == hirer).Select(row => row.Name).SingleAsync(cancel)) { Field = nameof(request.Hirer) }.About(id).About(hirer);
            if (await db.FreezeOf(id, act.Now, cancel) is not { } freeze) return new NotFrozen().About(id);
            if (!FreezeRules.Mine(hirer, freeze.PlacedBy, hirers)) return new FrozenByAnother { Field = nameof(request.Hirer) }.About(id).About(freeze.Id);
            freeze.LiftCheck = request.Check;
            await db.Lift(act, agreement, freeze, new Event(AgreementsAudit.UnfrozenAtCounter).About(hirer).With("check", request.Check!.Value), null, null, cancel);
            return Done.It;
        }, cancel);
}

internal static class Frozen
{
    public static Task<Hold?> FreezeOf(this StrongroomDb db, AgreementId agreement, DateTime now, CancellationToken cancel) =>
        db.Set<Hold>().Where(row => row.Agreement == agreement && row.Kind == HoldKind.Freeze && row.LiftedAt == null && (row.Until == null || row.Until > now))
            .OrderBy(row => row.Since).FirstOrDefaultAsync(cancel);

    /// <summary>
    /// In the order of the paper. For an organisation that hires, who acts for it has no page of its locker, so it comes to the counter.
    /// </summary>
    public static Task<List<PersonId>> HirersOf(this StrongroomDb db, AgreementId agreement, CancellationToken cancel) =>
        db.Set<AgreementParty>().Where(row => row.Agreement == agreement).OrderBy(row => row.Position).Select(row => row.Person).ToListAsync(cancel);
}
