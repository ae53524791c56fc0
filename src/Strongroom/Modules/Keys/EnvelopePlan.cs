using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys;

internal sealed record OwnBranchKeepsNone() : Refusal("keys.own-branch", 422, "A duplicate is not kept at the branch whose key it is.", "Choose another branch: a fire or a thief would get both.");

internal sealed record DuplicateThere() : Refusal("keys.duplicate-there", 409, "A duplicate of this key lies in an envelope already.", "Take that one out first, if it is to be replaced.");

internal sealed record EnvelopeNumberTaken() : Refusal("keys.envelope-number-taken", 409, "An envelope of this number lies at that branch already.", "Read the number on the envelope again.");

internal sealed record EnvelopeTakenOut() : Refusal("keys.envelope-taken-out", 409, "This envelope was taken out already.", "Look at the duplicates again.");

/// <summary>
/// A duplicate goes from one branch to the other: an officer of each may handle keys there and signs, and never is it one person (R20k).
/// Whoever asks stands at one of the two.
/// </summary>
internal sealed record EnvelopePlan(KeyId Key, string KeyWords, LockerId? Locker, BranchId From, string FromName, BranchId To, string ToName, string Number, EnvelopeReason? Reason)
{
    public object Payload => new { key = Key, from = From, to = To, number = Number, reason = Reason?.ToString() };

    public static async Task<Outcome<EnvelopePlan>> Of(
        StrongroomDb db, Act act, KeyId key, BranchId keeper, string number, EnvelopeReason? reason, CancellationToken cancel)
    {
        var found = await db.KeyFacts().SingleOrDefaultAsync(row => row.Id == key, cancel);
        if (found is null || !(act.Actor.MayAt(KeysRights.Read, found.Branch) || act.Actor.MayAt(KeysRights.Read, keeper))) return new NoSuch("key") { Field = "key" };
        // One that lies there still comes back: only new envelopes are for keys that open something.
        if (reason is null && found.EndedAt is not null) return new NoSuch("key") { Field = "key" }.About(key);
        if (!act.Actor.MayAt(KeysRights.HandOver, found.Branch) && !act.Actor.MayAt(KeysRights.HandOver, keeper)) return new NotYours().About(key);
        if (found.Branch == keeper) return new OwnBranchKeepsNone { Field = "branch" }.About(key);
        var names = await db.BranchFacts().Where(row => row.Id == found.Branch || row.Id == keeper).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
        if (!names.TryGetValue(keeper, out var keeperName)) return new NoSuch("branch") { Field = "branch" };
        var words = $"{(found.Kind == KeyKind.Guard ? "guard key" : "hirer's key")} {found.Number} of {names[found.Branch]}";
        return reason is null
            ? new EnvelopePlan(key, words, found.Locker, found.Branch, names[found.Branch], keeper, keeperName, number, null)
            : new EnvelopePlan(key, words, found.Locker, keeper, keeperName, found.Branch, names[found.Branch], number, reason);
    }

    public HandOverSignatures Ask(StrongroomDb db, Act act, string gives, string takes)
    {
        var asked = new HandOverSignatures(
            Signatures.Ask(db, act, new ToSign(gives, Payload, $"Hand over the duplicate of {KeyWords} in envelope {Number}, from {FromName} to {ToName}.", From, null, KeysRights.HandOver, [])),
            Signatures.Ask(db, act, new ToSign(takes, Payload, $"Take over the duplicate of {KeyWords} in envelope {Number}, from {FromName} to {ToName}.", To, null, KeysRights.HandOver, [])));
        db.Append(act, Told(KeysAudit.EnvelopeAsked).About(asked.Gives).About(asked.Takes));
        return asked;
    }

    /// <summary>Uses up both signatures; refused when one person gave both.</summary>
    public async Task<Outcome<(UsedSignature Gives, UsedSignature Takes)>> Signed(
        StrongroomDb db, Act act, SignatureId gives, SignatureId takes, string givesAct, string takesAct, CancellationToken cancel)
    {
        if ((await Signatures.Use(db, act, gives, givesAct, Payload, cancel)).Refused(out var refusal, out var given)) return refusal.About(Key);
        if ((await Signatures.Use(db, act, takes, takesAct, Payload, cancel)).Refused(out refusal, out var taken)) return refusal.About(Key);
        return given.Signer == taken.Signer ? new OneHand().About(Key).About(given.Signer) : (given, taken);
    }

    public Event Told(AuditKind kind) => new Event(kind).About(Key).About(Locker).About(From).About(To).With("envelope", Number);
}
