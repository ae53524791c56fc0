using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Reason">What makes the hold unneeded.</param>
/// <param name="Paper">Number and date of what ends it, where <see cref="HoldRules"/> ask for it.</param>
public sealed record LiftHoldRequest([property: Required, StringLength(500)] string Reason, [property: StringLength(200)] string? Paper = null);

/// <summary>The signature of a second officer that the lifting waits for.</summary>
public sealed record LiftAsked(SignatureId Signature);

public sealed record LiftHoldSignedRequest([property: Required] SignatureId? Signature);

internal sealed record SecondToLift() : Refusal("agreements.second-to-lift", 409, "Such a hold is lifted by two officers.", "Ask a colleague to sign that it is lifted.");

internal sealed record OneIsEnough() : Refusal("agreements.one-is-enough", 409, "Such a hold is lifted by one officer.", "Lift it; nobody else has to sign.");

/// <summary>
/// Another right than placing: who can block in a hurry cannot therefore open again. Where <see cref="HoldRules"/> ask for two, the first officer writes
/// why, a second one who may place holds at the branch signs just that, and only then is it lifted.
/// </summary>
internal sealed class LiftHold(StrongroomDb db, Write write)
{
    internal const string Second = "agreements.lift-hold";

    /// <summary>By one officer.</summary>
    public Task<Outcome<Done>> Handle(AgreementId id, HoldId holdId, LiftHoldRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.lift-hold", new { id, holdId, request }, async act =>
        {
            if ((await Find(act, id, holdId, cancel)).Refused(out var refusal, out var found)) return refusal;
            if (HoldRules.Of(found.Hold.Kind).NeedsSecond) return new SecondToLift().About(id).About(holdId);
            if (HoldRules.WhyNotLift(found.Hold.Kind, request.Paper, found.Hold.Unconfirmed) is { } fault) return fault.About(id).About(holdId);
            await Note(act, found, request, cancel);
            await db.Lift(act, found.Agreement, found.Hold, new Event(AgreementsAudit.HoldLifted), request.Reason, request.Paper, cancel);
            return Done.It;
        }, cancel);

    /// <summary>First half of lifting by two: keeps why, and asks a second officer to sign exactly that.</summary>
    public Task<Outcome<LiftAsked>> Ask(AgreementId id, HoldId holdId, LiftHoldRequest request, CancellationToken cancel) =>
        write.Do<LiftAsked>("agreements.ask-to-lift-hold", new { id, holdId, request }, async act =>
        {
            if ((await Find(act, id, holdId, cancel)).Refused(out var refusal, out var found)) return refusal;
            if (!HoldRules.Of(found.Hold.Kind).NeedsSecond) return new OneIsEnough().About(id).About(holdId);
            if (HoldRules.WhyNotLift(found.Hold.Kind, request.Paper, found.Hold.Unconfirmed) is { } fault) return fault.About(id).About(holdId);
            await Note(act, found, request, cancel);
            var parties = await db.Persons(id, cancel);
            var asked = Signatures.Ask(db, act, new ToSign(
                Second, Payload(found.Hold, request.Reason, request.Paper),
                $"Lift the hold on agreement {found.Agreement.Number} ({HoldNames.Of(found.Hold.Kind).ToLowerInvariant()}): {request.Reason}{(request.Paper is { } paper ? $" Paper: {paper}." : "")}",
                found.Agreement.Branch, Signer: null, AgreementsRights.Hold, act.Actor.Person is { } maker ? [maker, .. parties] : parties));
            found.Hold.LiftSignature = asked;
            db.Append(act, new Event(AgreementsAudit.HoldLiftAsked).About(found.Agreement, await db.FirstHirer(id, cancel)).About(holdId).About(asked).With("kind", found.Hold.Kind));
            return new LiftAsked(asked);
        }, cancel);

    /// <summary>Second half: uses the signature up for what was written when it was asked for.</summary>
    public Task<Outcome<Done>> Signed(AgreementId id, HoldId holdId, LiftHoldSignedRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.lift-hold-signed", new { id, holdId, request }, async act =>
        {
            if ((await Find(act, id, holdId, cancel)).Refused(out var refusal, out var found)) return refusal;
            var hold = found.Hold;
            if (hold.LiftSignature != request.Signature || hold.LiftReason is null) return new NotSigned().About(id).About(holdId);
            var key = await act.Seals.KeyOf(db, await db.FirstHirer(id, cancel), cancel);
            var reason = key.Open(Hold.LiftReasonColumn, holdId.Value, hold.LiftReason);
            var paper = hold.LiftPaper is { } kept ? key.Open(Hold.LiftPaperColumn, holdId.Value, kept) : null;
            if ((await Signatures.Use(db, act, request.Signature!.Value, Second, Payload(hold, reason, paper), cancel)).Refused(out refusal, out var used))
                return refusal.About(id).About(holdId);
            // Whose matter it is may have changed in the five minutes.
            var parties = await db.Persons(id, cancel);
            if (parties.Contains(used.Signer) || await db.RelativesAmong(used.Signer, parties, cancel)) return new OwnMatter().About(id).About(used.Signer);
            hold.LiftSecond = used.Signer;
            await db.Lift(act, found.Agreement, hold, new Event(AgreementsAudit.HoldLifted).About(used.Id).About(used.Signer), reason, paper, cancel);
            return Done.It;
        }, cancel);

    private sealed record Found(Agreement Agreement, Hold Hold);

    private static object Payload(Hold hold, string reason, string? paper) => new { agreement = hold.Agreement, hold = hold.Id, kind = hold.Kind.ToString(), reason, paper };

    private async Task<Outcome<Found>> Find(Act act, AgreementId id, HoldId holdId, CancellationToken cancel)
    {
        var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (agreement is null || !act.Actor.MayAt(AgreementsRights.Lift, agreement.Branch)) return new NoSuch("agreement");
        db.LeanOn(agreement);
        if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
        var hold = await db.Set<Hold>().SingleOrDefaultAsync(row => row.Id == holdId && row.Agreement == id, cancel);
        if (hold is null) return new NoSuch("hold");
        if (hold.LiftedAt is not null || hold.Until <= act.Now) return new HoldNotInForce().About(id).About(holdId);
        return new Found(agreement, hold);
    }

    private async Task Note(Act act, Found found, LiftHoldRequest request, CancellationToken cancel)
    {
        var key = await act.Seals.KeyOf(db, await db.FirstHirer(found.Agreement.Id, cancel), cancel);
        found.Hold.LiftReason = key.Seal(Hold.LiftReasonColumn, found.Hold.Id.Value, request.Reason);
        found.Hold.LiftPaper = request.Paper is { } paper ? key.Seal(Hold.LiftPaperColumn, found.Hold.Id.Value, paper) : null;
    }
}

internal static class Lifting
{
    /// <summary>Ends a hold in the caller's act, which leaned on the agreement and has written why.</summary>
    public static async Task Lift(
        this StrongroomDb db, Act act, Agreement agreement, Hold hold, Event happened, string? reason, string? paper, CancellationToken cancel)
    {
        hold.LiftedAt = act.Now;
        hold.LiftedBy = act.Actor.Person;
        var hirer = await db.FirstHirer(agreement.Id, cancel);
        var key = await act.Seals.KeyOf(db, hirer, cancel);
        db.Append(act, happened.About(agreement, hirer).About(hold.Id).With("kind", hold.Kind).With("hirer-told", hold.TellHirer ? "yes" : "no").Withhold("reason", reason, hirer, key).Withhold("paper", paper, hirer, key));
        await act.Raise(db, new HoldWasLifted(agreement.Id, hold.Id, hold.Kind, hold.TellHirer, act.Actor.Person, act.Now), cancel);
    }
}
