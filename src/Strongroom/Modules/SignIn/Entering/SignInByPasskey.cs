using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Entering;

/// <param name="Credential">What the browser answered, in WebAuthn's JSON.</param>
public sealed record PasskeyAnswer([property: Required] Guid? Challenge, [property: Required, StringLength(10_000)] string Credential);

/// <summary>One touch instead of name, password and code: a passkey with user verification is two factors in itself.</summary>
internal sealed class SignInByPasskey(
    StrongroomDb db, Write write, Limiter limiter, CurrentActor current, PasskeyCeremony passkeys, IHttpContextAccessor http)
{
    public Task<Outcome<PasskeyQuestion>> Ask(CancellationToken cancel) => write.Do<PasskeyQuestion>(
        "sign-in.ask-passkey", "", async act => await passkeys.Ask(act, ChallengeKind.PasskeySignIn, user: null, cancel), cancel);

    public async Task<Outcome<SessionBegun>> Handle(PasskeyAnswer answer, CancellationToken cancel)
    {
        // No account is named, so its pause cannot hold up its own passkey: a stranger's guesses must not lock anybody out.
        if ((await limiter.Begin(account: null, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;

        var outcome = await write.Do<SessionBegun>("sign-in.passkey", new { answer.Challenge }, async act =>
        {
            if (await Challenge.Open(db, act, answer.Challenge ?? default, ChallengeKind.PasskeySignIn, cancel) is not { } challenge) return new StepOver();
            if (await passkeys.Prove(answer.Credential, challenge.State, cancel) is not { } proof) return new PasskeyWrong();
            challenge.UsedAt = act.Now;
            return await BeginSession.Of(db, act, proof.User, Means.Passkey, enrolling: false, http.HttpContext, cancel);
        }, cancel);

        if (outcome.Refusal is null) await limiter.Succeeded(attempt, cancel);
        else await limiter.Failed(attempt, person: null, cancel);
        return outcome;
    }
}
