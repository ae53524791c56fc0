using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Signing;

/// <param name="UserName">The second person's, at the first one's screen; left out when the signed-in person signs.</param>
public sealed record SignByCodeRequest(
    [property: StringLength(UserNames.Length)] string? UserName,
    [property: Required, StringLength(SignInLimits.PasswordMost)] string Password,
    [property: Required, StringLength(20)] string Code);

/// <param name="Credential">What the browser answered, in WebAuthn's JSON. The key itself says whose it is.</param>
public sealed record SignByPasskeyRequest([property: Required, StringLength(10_000)] string Credential);

public sealed record SignatureGiven(SignatureId Id, PersonId Signer, SignatureGrade Grade, DateTime SignedAt);

/// <summary>
/// Gives a signature: the signed-in person, or a second one at their screen, who signs this act only. No session is opened for the second
/// person and the first one's stays as it is. The event's actor is whoever signed.
/// </summary>
internal sealed class Sign(
    StrongroomDb db, Write write, Limiter limiter, CurrentActor current, Roles roles, PasswordHashes hashes, PasskeyCeremony passkeys)
{
    public async Task<Outcome<SignatureGiven>> ByCode(SignatureId id, SignByCodeRequest request, CancellationToken cancel)
    {
        var name = UserNames.Normalise(request.UserName);
        var seen = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(
            user => request.UserName == null ? user.Person == current.Now.Person : user.NormalizedUserName == name, cancel);
        if ((await limiter.Begin(seen?.UserName ?? name, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;
        var right = hashes.Matches(seen?.PasswordHash, request.Password);

        var proved = false;
        // The request's fingerprint is kept: neither password nor code may be in it.
        var outcome = await write.Do<SignatureGiven>("sign-in.sign", new { id, name }, async act =>
        {
            if (await Find(act, id, cancel) is not { } signature) return new NoSuch("signature");
            var user = seen is null ? null : await db.Set<User>().SingleAsync(user => user.Id == seen.Id, cancel);
            if (!right || user is not { Disabled: false } || user.PasswordHash != seen!.PasswordHash || !Totp.Accept(act.Seals, user, request.Code, act.Now))
                return new ProofWrong().About(id);
            proved = true;
            if (request.UserName is not null && user.Person == act.Actor.Person) return new SamePerson().About(id);
            return await Give(act, signature, user, SignatureGrade.Attested, cancel);
        }, cancel);
        // Not by the absence of a refusal: one about the question itself says nothing of the password.
        if (proved) await limiter.Succeeded(attempt, cancel);
        return outcome;
    }

    public Task<Outcome<SignatureGiven>> ByPasskey(SignatureId id, SignByPasskeyRequest request, CancellationToken cancel) =>
        write.Do<SignatureGiven>("sign-in.sign", new { id }, async act =>
        {
            if (await Find(act, id, cancel) is not { } signature) return new NoSuch("signature");
            // The row's own challenge; whoever the key belongs to is the signer, and may then turn out not to be allowed.
            if (await passkeys.Prove(request.Credential, PasskeyCeremony.StateOf(signature.Challenge, user: null), cancel) is not { } proof)
                return new PasskeyWrong().About(id);
            if (signature.Opening && await YoungPasskeys.IsYoung(db, proof.Passkey, act.Now, cancel)) return new PasskeyTooYoung().About(id).About(proof.User.Person);
            signature.ClientData = proof.ClientData;
            signature.AuthenticatorData = proof.AuthenticatorData;
            signature.Assertion = proof.Signature;
            signature.PublicKey = proof.Passkey.PublicKey;
            signature.KeySince = proof.Passkey.CreatedAt.UtcDateTime;
            return await Give(act, signature, proof.User, SignatureGrade.Signed, cancel);
        }, cancel);

    /// <summary>A question is open at its asker's screen and in the session of who may answer it; for anybody else it does not exist.</summary>
    private async Task<Signature?> Find(Act act, SignatureId id, CancellationToken cancel)
    {
        var row = await db.Set<Signature>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return row is not null && row.Concerns(act.Actor, act.Now) && row.IsOpenTo(act.Actor) ? row : null;
    }

    private async Task<Outcome<SignatureGiven>> Give(Act act, Signature signature, User user, SignatureGrade grade, CancellationToken cancel)
    {
        var inOwnSession = user.Person == act.Actor.Person;
        // In somebody else's session only the asker's screen collects a second person's signature.
        if (!inOwnSession && signature.AskedBy != act.Actor.Person) return new NoSuch("signature");
        var signer = inOwnSession ? act.Actor : await roles.ActorOf(user, session: null, enrolling: false, act.Actor.Address, act.Now, cancel);
        if (signature.WhyNot(signer, grade, act.Now) is { } refusal) return refusal;
        signature.Signer = user.Person;
        signature.Grade = grade;
        signature.SignedAt = act.Now;
        db.Append(act.By(signer), new Event(SignInAudit.SignatureGiven).About(signature.Id).About(user.Person).About(signature.Branch)
            .With("act", signature.Act).With("grade", grade).With("payload", Convert.ToHexStringLower(signature.PayloadHash))
            .With("at", inOwnSession ? "own-session" : "colleagues-screen"));
        return new SignatureGiven(signature.Id, user.Person, grade, act.Now);
    }
}
