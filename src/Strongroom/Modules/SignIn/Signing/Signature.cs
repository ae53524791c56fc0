using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.SignIn.Signing;

/// <summary>
/// A question to sign and its answer: who, what, how, when. With grade signed it keeps all that an auditor needs to check it without us.
/// </summary>
internal sealed class Signature : IVersioned
{
    private const string PayloadPlace = "signature.payload", WordsPlace = "signature.words";

    public required SignatureId Id { get; init; }

    public required string Act { get; init; }

    /// <summary>SHA-256 of the canonical payload.</summary>
    public required byte[] PayloadHash { get; init; }

    /// <summary>Canonical JSON, sealed with the bank's key: payloads and words may name people.</summary>
    public required byte[] Payload { get; init; }

    public required byte[] Words { get; init; }

    /// <summary>The 16 random bytes inside the challenge.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>SHA-256("STRONGROOM-SIGN-1" ‖ id ‖ salt ‖ payload hash): what a passkey signs.</summary>
    public required byte[] Challenge { get; init; }

    public required PersonId AskedBy { get; init; }

    public required DateTime AskedAt { get; init; }

    /// <summary>From this instant on it can neither be given nor used.</summary>
    public required DateTime ExpiresAt { get; init; }

    public required BranchId? Branch { get; init; }

    /// <summary>Who must sign; null for anyone with <see cref="Right"/> at the branch.</summary>
    public required PersonId? Wanted { get; init; }

    public required string? Right { get; init; }

    /// <summary>Ids of the persons who may not sign, a JSON array.</summary>
    public required string Excluded { get; init; }

    public required SignatureGrade Least { get; init; }

    /// <summary>It lets a locker be opened, for which a young passkey is not enough.</summary>
    public required bool Opening { get; init; }

    public PersonId? Signer { get; set; }

    public SignatureGrade? Grade { get; set; }

    public DateTime? SignedAt { get; set; }

    public byte[]? ClientData { get; set; }

    public byte[]? AuthenticatorData { get; set; }

    public byte[]? Assertion { get; set; }

    /// <summary>COSE key, as it was when the passkey signed.</summary>
    public byte[]? PublicKey { get; set; }

    /// <summary>When the passkey that signed was enrolled.</summary>
    public DateTime? KeySince { get; set; }

    public DateTime? UsedAt { get; set; }

    public long Version { get; set; }

    public static Signature Asked(Act act, PersonId asker, ToSign what)
    {
        var id = act.NewId<Noun.Signature>();
        var payload = CanonicalPayload.Encode(what.Payload);
        var hash = SHA256.HashData(payload);
        var salt = RandomNumberGenerator.GetBytes(16);
        return new Signature
        {
            Id = id,
            Act = what.Act,
            PayloadHash = hash,
            Payload = act.Seals.SealForBank(PayloadPlace, payload),
            Words = act.Seals.SealForBank(WordsPlace, Encoding.UTF8.GetBytes(what.Words)),
            Salt = salt,
            Challenge = ChallengeOf(id, salt, hash),
            AskedBy = asker,
            AskedAt = act.Now,
            ExpiresAt = act.Now + SignInLimits.SignatureLife,
            Branch = what.Branch,
            Wanted = what.Signer,
            Right = what.Right,
            Excluded = JsonSerializer.Serialize(what.Not),
            Least = what.Least,
            Opening = what.Opening,
        };
    }

    /// <summary>The id counts as its 16 bytes in the order of its text form.</summary>
    public static byte[] ChallengeOf(SignatureId id, byte[] salt, byte[] payloadHash) =>
        SHA256.HashData([.. "STRONGROOM-SIGN-1"u8, .. id.Value.ToByteArray(bigEndian: true), .. salt, .. payloadHash]);

    public string WordsBy(Seals seals) => Encoding.UTF8.GetString(seals.OpenForBank(WordsPlace, Words));

    /// <summary>Why this person may not sign now with this grade; null when they may. A matter of no branch asks for the right in the whole bank.</summary>
    public Refusal? WhyNot(Actor person, SignatureGrade grade, DateTime now)
    {
        if (person.Person is not { } signer) return new NoSuch("signature");
        if (SignedAt is not null) return new SignedAlready().About(Id);
        if (ExpiresAt <= now) return new SignatureExpired().About(Id);
        if (Excludes(signer)) return signer == AskedBy ? new SamePerson().About(Id) : new PartyToTheMatter().About(Id);
        if (Wanted is { } wanted && wanted != signer) return new NotTheSigner().About(Id);
        if (Wanted is null && !MayHere(person)) return new NotPosted().About(Id);
        return grade < Least ? new PasskeyNeeded().About(Id) : null;
    }

    /// <summary>Uses it up: it counts once, for who asked for it, and for nothing else than was signed.</summary>
    /// <param name="payloadHash">SHA-256 of the canonical payload of what is about to be done.</param>
    public Outcome<UsedSignature> Use(Actor user, string act, byte[] payloadHash, DateTime now)
    {
        if (AskedBy != user.Person) return new NoSuch("signature");
        if (UsedAt is not null) return new SignatureUsed().About(Id);
        if (ExpiresAt <= now) return new SignatureExpired().About(Id);
        if (this is not { Signer: { } signer, Grade: { } grade, SignedAt: { } signedAt }) return new NotSigned().About(Id);
        if (Act != act || !CryptographicOperations.FixedTimeEquals(PayloadHash, payloadHash)) return new SignedSomethingElse().About(Id);
        UsedAt = now;
        return new UsedSignature(Id, signer, grade, signedAt);
    }

    // A second person vouches for the first one's act: by a posting of their own, never by an emergency that somebody else let them have.
    private bool MayHere(Actor person)
    {
        var own = person.Grants.Any(grant => grant.Emergency) ? person with { Grants = [.. person.Grants.Where(grant => !grant.Emergency)] } : person;
        return Branch is { } branch ? own.MayAt(Right!, branch) : own.MayEverywhere(Right!);
    }

    /// <summary>Whether the question is this person's to see: they asked it, or may answer it, or might have.</summary>
    public bool Concerns(Actor person, DateTime now) => AskedBy == person.Person || WhyNot(person, SignatureGrade.Signed, now) is null or SignedAlready or SignatureExpired;

    private bool Excludes(PersonId person) => JsonSerializer.Deserialize<PersonId[]>(Excluded)!.Contains(person);
}

internal sealed record SignedAlready() : Refusal("sign-in.signed-already", 409, "This was signed already.", "Go back and go on with the act.");

internal sealed record SamePerson() : Refusal("sign-in.same-person", 403, "The same person cannot sign for both.", "Ask a colleague to sign.");

internal sealed record PartyToTheMatter() : Refusal("sign-in.party", 403, "This person is a party to the matter and cannot sign it.", "Ask a colleague who is not concerned.");

internal sealed record NotTheSigner() : Refusal("sign-in.not-the-signer", 403, "Somebody else was asked to sign this.", "Let the person sign who was asked.");

internal sealed record NotPosted() : Refusal("sign-in.not-posted", 403, "This person may not sign this here.", "Ask somebody who is posted at this branch and has the duty.");

internal sealed record PasskeyNeeded() : Refusal("sign-in.passkey-needed", 403, "This act must be signed with a passkey.", "Sign with a passkey. Who has none adds one in the profile.");

internal sealed record PasskeyTooYoung() : Refusal(
    "sign-in.passkey-too-young", 403, "This passkey is less than 24 hours old, so it cannot approve that a locker is opened.",
    "Let somebody else sign. Or have a colleague check the person's identity and confirm the passkey, on their page among people.");

internal sealed class SignatureTable : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> builder)
    {
        builder.ToTable("signature");
        builder.Property(row => row.Act).HasMaxLength(80);
        builder.Property(row => row.Right).HasMaxLength(80);
        builder.Property(row => row.Excluded).HasMaxLength(4000);
        builder.HasIndex(row => new { row.Wanted, row.ExpiresAt });
        builder.HasIndex(row => row.AskedBy);
        builder.HasIndex(row => row.ExpiresAt).HasFilter("used_at IS NULL");
    }
}
