using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Keys;

/// <param name="To">Who takes the keys; null for the safe.</param>
public sealed record HandOverRequest([property: Required, MinLength(1), MaxLength(50)] IReadOnlyList<KeyId> Keys, PersonId? To);

/// <summary>The two signatures that the hand-over waits for.</summary>
public sealed record HandOverSignatures(SignatureId Gives, SignatureId Takes);

public sealed record HandOverKeyRequest([property: Required] HandOverRequest HandOver, SignatureId Gives, SignatureId Takes);

internal sealed record KeysApart() : Refusal("keys.apart", 422, "The keys are not of one branch and in one hand.", "Hand over the keys of each holder by themselves.");

internal sealed record KeyThereAlready() : Refusal("keys.there-already", 409, "The keys are there already.", "Look at the custody page again.");

internal sealed record TakerNotPosted() : Refusal("keys.taker-not-posted", 422, "This person may not take guard keys at this branch today.", "Choose a custodian or the manager of the branch.");

internal sealed record OneHand() : Refusal("keys.one-hand", 409, "Giver and taker are one person.", "Let a second officer sign.");

/// <summary>
/// Moves guard keys from where they are to an officer or into the safe, signed by who gives and who takes (R20k, R19d). From a person
/// that person gives; out of the safe, an officer of the branch who may handle keys. Into the safe takes such an officer, too.
/// </summary>
internal sealed class HandOverKey(StrongroomDb db, Write write)
{
    internal const string Gives = "keys.hand-over.gives", Takes = "keys.hand-over.takes";

    /// <summary>First half: says what would be handed over and asks for the two signatures.</summary>
    public Task<Outcome<HandOverSignatures>> Ask(HandOverRequest request, CancellationToken cancel) =>
        write.Do<HandOverSignatures>("keys.ask-hand-over", request, async act =>
        {
            if ((await Plan(act, request, cancel)).Refused(out var refusal, out var plan)) return refusal;
            var gives = Signatures.Ask(db, act, new ToSign(
                Gives, plan.Payload, $"Hand over guard {plan.KeyWords} of {plan.BranchName} {plan.Way}.", plan.Branch, plan.From, KeysRights.HandOver, Others(plan.To)));
            var takes = Signatures.Ask(db, act, new ToSign(
                Takes, plan.Payload, $"Take over guard {plan.KeyWords} of {plan.BranchName} {plan.Way}.", plan.Branch, plan.To, KeysRights.HandOver, Others(plan.From)));
            db.Append(act, new Event(KeysAudit.HandOverAsked).About(plan.Branch).About(plan.Keys.Select(Subject.Of)).About(gives).About(takes));
            return new HandOverSignatures(gives, takes);
        }, cancel);

    public Task<Outcome<Done>> Handle(HandOverKeyRequest request, CancellationToken cancel) =>
        write.Do<Done>("keys.hand-over", request, async act =>
        {
            var keys = request.HandOver.Keys;
            foreach (var branch in await db.CustodyFacts().Where(row => keys.Contains(row.Key)).Select(row => row.Branch).Distinct().ToListAsync(cancel))
                await db.WatchGuardKeys(branch, cancel);
            if ((await Plan(act, request.HandOver, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await Signatures.Use(db, act, request.Gives, Gives, plan.Payload, cancel)).Refused(out refusal, out var gives)) return refusal.About(plan.Branch);
            if ((await Signatures.Use(db, act, request.Takes, Takes, plan.Payload, cancel)).Refused(out refusal, out var takes)) return refusal.About(plan.Branch);
            if (gives.Signer == takes.Signer) return new OneHand().About(plan.Branch).About(gives.Signer);

            await db.HandOver(act, plan.Keys, plan.To, gives.Id, takes.Id, cancel);
            db.Append(act, new Event(KeysAudit.HandedOver).About(plan.Branch).About(plan.Keys.Select(Subject.Of)).About(gives.Signer).About(takes.Signer)
                .With("to", plan.To is null ? "safe" : "officer").With("keys", plan.Keys.Count));
            return Done.It;
        }, cancel);

    private static IReadOnlyList<PersonId> Others(PersonId? person) => person is { } one ? [one] : [];

    /// <summary>What a hand-over now would be: both halves make the same, or the signatures do not fit.</summary>
    private sealed record HandOverPlan(BranchId Branch, string BranchName, IReadOnlyList<KeyId> Keys, string KeyWords, PersonId? From, PersonId? To)
    {
        public object Payload => new { branch = Branch, keys = Keys, from = From, to = To };

        public string Way => (From, To) switch
        {
            (null, _) => "out of the safe",
            (_, null) => "into the safe",
            _ => "from officer to officer",
        };
    }

    private async Task<Outcome<HandOverPlan>> Plan(Act act, HandOverRequest request, CancellationToken cancel)
    {
        var asked = request.Keys.Distinct().ToList();
        var keys = await db.CustodyFacts().Where(row => asked.Contains(row.Key)).OrderBy(row => row.Number).ToListAsync(cancel);
        if (keys.Count < asked.Count || !keys.TrueForAll(key => act.Actor.MayAt(KeysRights.Read, key.Branch))) return new NoSuch("key") { Field = "keys" };
        var (branch, from) = (keys[0].Branch, keys[0].Holder);
        if (!keys.TrueForAll(key => key.Branch == branch && key.Holder == from)) return new KeysApart { Field = "keys" }.About(branch);
        if (!act.Actor.MayAt(KeysRights.HandOver, branch)) return new NotYours().About(branch);
        if (request.To == from) return new KeyThereAlready { Field = "to" }.About(branch);

        var facts = await db.BranchFacts().SingleAsync(row => row.Id == branch, cancel);
        if (request.To is { } taker && !await db.PersonsWith(KeysRights.HandOver, branch, act.Now.DateIn(facts.Zone)).AnyAsync(person => person == taker, cancel)
            && !(await db.PersonsInEmergencyWith(KeysRights.HandOver, branch, act.Now, cancel)).Contains(taker))
            return new TakerNotPosted { Field = "to" }.About(branch);
        var words = (keys.Count == 1 ? "key " : "keys ") + string.Join(", ", keys.Select(key => key.Number));
        return new HandOverPlan(branch, facts.Name, [.. keys.Select(key => key.Key)], words, from, request.To);
    }
}
