using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

public sealed record ConfirmByCodeRequest(
    [property: Required, StringLength(SignInLimits.PasswordMost)] string Password, [property: Required, StringLength(20)] string Code);

/// <summary>The signed-in person proves anew to be it, and may change how they sign in for ten minutes.</summary>
internal sealed class Confirm(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, PasswordHashes hashes, PasskeyCeremony passkeys)
{
    public async Task<Outcome<SessionRenewed>> ByCode(ConfirmByCodeRequest request, CancellationToken cancel)
    {
        if ((await limiter.Begin(current.Now.Name, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;
        var seen = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Person == current.Now.Person, cancel);
        var right = hashes.Matches(seen.PasswordHash, request.Password);

        var outcome = await write.Do<SessionRenewed>("sign-in.confirm", "", async act =>
        {
            var me = await Me.Of(db, act, cancel);
            if (!right || me.User.PasswordHash != seen.PasswordHash || !Totp.Accept(act.Seals, me.User, request.Code, act.Now)) return new ProofWrong();
            return Proved(act, me);
        }, cancel);
        if (outcome.Refusal is null) await limiter.Succeeded(attempt, cancel);
        return outcome;
    }

    public Task<Outcome<PasskeyQuestion>> Ask(CancellationToken cancel) => write.Do<PasskeyQuestion>(
        "sign-in.ask-confirm", "", async act => await passkeys.Ask(act, ChallengeKind.PasskeyConfirm, act.Actor.User, cancel), cancel);

    public Task<Outcome<SessionRenewed>> ByPasskey(PasskeyAnswer answer, CancellationToken cancel) => write.Do<SessionRenewed>("sign-in.confirm", new { answer.Challenge }, async act =>
    {
        if (await Challenge.Open(db, act, answer.Challenge ?? default, ChallengeKind.PasskeyConfirm, cancel) is not { } challenge || challenge.User != act.Actor.User)
            return new StepOver();
        if (await passkeys.Prove(answer.Credential, challenge.State, cancel) is null) return new PasskeyWrong();
        challenge.UsedAt = act.Now;
        return Proved(act, await Me.Of(db, act, cancel));
    }, cancel);

    private Outcome<SessionRenewed> Proved(Act act, Me me)
    {
        if (me.Session is { } session) session.ProvedAt = act.Now;
        db.Append(act, new Event(SignInAudit.Confirmed).About(me.User.Person).About(act.Actor.Session));
        return new SessionRenewed(me.Session?.Renew());
    }
}
