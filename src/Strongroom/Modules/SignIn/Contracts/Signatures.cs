using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Signing;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>How strongly somebody signed. <see cref="Signed"/> can be checked by others; <see cref="Attested"/> is vouched for by the server.</summary>
public enum SignatureGrade { Attested, Signed }

/// <summary>
/// What a person is asked to sign: an act's name, its payload (hashed in canonical JSON) and the words shown to the signer.
/// </summary>
/// <param name="Act">"access.open-day".</param>
/// <param name="Payload">Everything the act will do, ids and versions included; the same object must come back when the signature is used.</param>
/// <param name="Words">"Take over guard keys G-1, G-2 of Vault 1 and open the day of 22 November 2026 at MG Road": what the signer reads.</param>
/// <param name="Branch">Where; the signer must be posted there unless <paramref name="Signer"/> is named.</param>
/// <param name="Signer">Who must sign; null for anyone who may sign <paramref name="Right"/> at the branch.</param>
/// <param name="Right">The right that an unnamed signer must have at the branch.</param>
/// <param name="Not">Persons who may not be the signer: the first person, the parties of the matter.</param>
/// <param name="Least">The weakest grade that will do; <see cref="SignatureGrade.Signed"/> asks for a passkey.</param>
/// <param name="Opening">The signature lets a locker be opened: a passkey younger than 24 hours gives it only when it was confirmed at the counter.</param>
public sealed record ToSign(
    string Act, object Payload, string Words, BranchId? Branch, PersonId? Signer, string? Right, IReadOnlyList<PersonId> Not,
    SignatureGrade Least = SignatureGrade.Attested, bool Opening = false);

/// <summary>A signature that was given and has just been used up.</summary>
public sealed record UsedSignature(SignatureId Id, PersonId Signer, SignatureGrade Grade, DateTime SignedAt);

/// <summary>What a page needs to know of a signature it asked for.</summary>
public sealed record SignatureFacts
{
    public SignatureId Id { get; init; }

    public string Act { get; init; } = "";

    public PersonId AskedBy { get; init; }

    public DateTime AskedAt { get; init; }

    /// <summary>From this instant on it can neither be given nor used.</summary>
    public DateTime ExpiresAt { get; init; }

    public PersonId? Signer { get; init; }

    public SignatureGrade? Grade { get; init; }

    public DateTime? SignedAt { get; init; }

    public DateTime? UsedAt { get; init; }
}

/// <summary>A line of a person's inbox: what somebody at a counter asks them to sign now.</summary>
public sealed record WaitingSignature(SignatureId Id, string Act, string Words, BranchId? Branch, PersonId AskedBy, DateTime AskedAt, DateTime ExpiresAt);

public sealed record NotSigned() : Refusal("sign-in.not-signed", 409, "Nobody has signed this yet.", "Let it be signed first.");

public sealed record SignatureExpired() : Refusal("sign-in.signature-expired", 409, "The five minutes for this signature are over.", "Start the act again and sign the new question.");

public sealed record SignatureUsed() : Refusal("sign-in.signature-used", 409, "This signature was used already; each counts once.", "Look whether the act is done. If not, start it again.");

public sealed record SignedSomethingElse() : Refusal("sign-in.signed-something-else", 422, "What was signed is not what is about to be done.", "Something changed meanwhile. Start the act again and sign what it says now.");

/// <summary>
/// A question to sign is asked in one act, signed in another (by a passkey, or by password and code), and used up in a third, in the
/// transaction of the act it allows. The question lives five minutes in all.
/// </summary>
public static class Signatures
{
    /// <summary>Asks, in the caller's act, on behalf of its actor. The panel <c>SignaturePanel</c> or the page /sign/{id} collects the signature.</summary>
    /// <exception cref="ArgumentException">Neither a signer nor a right with a branch is named: then anyone could sign.</exception>
    public static SignatureId Ask(StrongroomDb db, Act act, ToSign what)
    {
        var asker = act.Actor.Person ?? throw new ArgumentException("Only a person can ask for a signature.", nameof(act));
        if (what.Signer is null && what.Right is null) throw new ArgumentException("Name the signer, or the right that a signer must have.", nameof(what));
        var row = Signature.Asked(act, asker, what);
        db.Add(row);
        db.Append(act, new Event(SignInAudit.SignatureAsked).About(row.Id).About(what.Signer).About(what.Branch).With("act", what.Act));
        return row.Id;
    }

    /// <summary>
    /// Uses a signature up for this act: it must have been asked by this actor, for the same act and payload, be signed, fresh and unused.
    /// Marked with its version, so that of two acts that use it at once only one is saved.
    /// </summary>
    public static async Task<Outcome<UsedSignature>> Use(
        StrongroomDb db, Act act, SignatureId id, string actName, object payload, CancellationToken cancel)
    {
        var row = await db.Set<Signature>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (row is null) return new NoSuch("signature");
        if (row.Use(act.Actor, actName, CanonicalPayload.HashOf(payload), act.Now).Refused(out var refusal, out var used)) return refusal;
        db.Append(act, new Event(SignInAudit.SignatureUsed).About(id).About(used.Signer).About(row.Branch).With("act", actName).With("grade", used.Grade));
        return used;
    }

    public static IQueryable<SignatureFacts> Facts(StrongroomDb db) => db.Set<Signature>().AsNoTracking().Select(row => new SignatureFacts
    {
        Id = row.Id,
        Act = row.Act,
        AskedBy = row.AskedBy,
        AskedAt = row.AskedAt,
        ExpiresAt = row.ExpiresAt,
        Signer = row.Signer,
        Grade = row.Grade,
        SignedAt = row.SignedAt,
        UsedAt = row.UsedAt,
    });

    /// <summary>What waits for this person now: asked of them by name, or of anyone with a right they have at the branch.</summary>
    public static async Task<IReadOnlyList<WaitingSignature>> Waiting(StrongroomDb db, Seals seals, Actor person, DateTime now, CancellationToken cancel)
    {
        if (person.Person is not { } me) return [];
        Expression<Func<Signature, bool>> byName = row => row.Wanted == me;
        // All that the database can tell is asked of it: what other branches ask for must not crowd out what is this person's.
        var open = await db.Set<Signature>().AsNoTracking()
            .Where(row => row.SignedAt == null && row.ExpiresAt > now)
            .Where(ByRight(person).Aggregate(byName, Conditions.Or))
            .OrderByDescending(row => row.AskedAt)
            .Take(200)
            .ToListAsync(cancel);
        return [.. open
            .Where(row => row.WhyNot(person, SignatureGrade.Signed, now) is null && row.IsOpenTo(person))
            .Select(row => new WaitingSignature(row.Id, row.Act, row.WordsBy(seals), row.Branch, row.AskedBy, row.AskedAt, row.ExpiresAt))];
    }

    /// <summary>
    /// What a named person signs so that a locker is opened they sign as its hirer (an officer is asked by a right, or for another act): that is no business of a session
    /// that is an officer's alone.
    /// </summary>
    internal static bool IsOpenTo(this Signature row, Actor person) => !row.Opening || row.Wanted is null || row.Wanted != person.Person || person.AtHome is not null;

    // An emergency's right signs nothing for others, as Signature.WhyNot says.
    private static IEnumerable<Expression<Func<Signature, bool>>> ByRight(Actor person)
    {
        foreach (var at in person.Grants.Where(grant => !grant.Emergency).GroupBy(grant => grant.Branch))
        {
            var rights = at.SelectMany(grant => grant.Rights).Distinct().ToList();
            if (at.Key is { } branch) yield return row => row.Wanted == null && row.Branch == branch && rights.Contains(row.Right!);
            else yield return row => row.Wanted == null && rights.Contains(row.Right!);
        }
    }
}
