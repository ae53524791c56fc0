using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Locking;

public sealed record UnlockByCodeRequest(
    [property: Required, StringLength(SignInLimits.PasswordMost)] string Password, [property: Required, StringLength(20)] string Code);

internal sealed record NotLocked() : Refusal("sign-in.not-locked", 409, "This screen is not locked any more.", "Sign in, or go on where you are signed in.");

internal sealed record LockedByAnother() : Refusal("sign-in.locked-by-another", 403, "That passkey is another officer's; this screen is not yours to unlock.", "Choose “Switch officer” and sign in.");

/// <summary>
/// The officer who locked the screen is back, and proves it as at sign-in: both factors, with attempts limited. Nobody else unlocks it. The request
/// comes from nobody, so what fails is written to the log here, in the name of whose screen it is.
/// </summary>
internal sealed class Unlock(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, PasswordHashes hashes, PasskeyCeremony passkeys, IHttpContextAccessor http)
{
    private LockedSession? Screen => http.HttpContext?.Features.Get<LockedSession>();

    public async Task<Outcome<SessionRenewed>> ByCode(UnlockByCodeRequest request, CancellationToken cancel)
    {
        if (Screen is not { } screen) return new NotLocked();
        if ((await limiter.Begin(screen.UserName, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;
        var seen = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == screen.User, cancel);
        var right = hashes.Matches(seen.PasswordHash, request.Password);

        return await Settle(screen, attempt, "code", await write.Do<SessionRenewed>("sign-in.unlock", "", async act =>
        {
            var user = await db.Set<User>().SingleAsync(user => user.Id == screen.User, cancel);
            if (!right || user.Disabled || user.PasswordHash != seen.PasswordHash || !Totp.Accept(act.Seals, user, request.Code, act.Now)) return new ProofWrong();
            return await Open(act, screen, user, cancel);
        }, cancel), cancel);
    }

    /// <summary>The question is the one of signing in: which person answers is known only by the answer.</summary>
    public async Task<Outcome<SessionRenewed>> ByPasskey(PasskeyAnswer answer, CancellationToken cancel)
    {
        if (Screen is not { } screen) return new NotLocked();
        if ((await limiter.Begin(account: null, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;

        return await Settle(screen, attempt, "passkey", await write.Do<SessionRenewed>("sign-in.unlock", new { answer.Challenge }, async act =>
        {
            if (await Challenge.Open(db, act, answer.Challenge ?? default, ChallengeKind.PasskeySignIn, cancel) is not { } challenge) return new StepOver();
            if (await passkeys.Prove(answer.Credential, challenge.State, cancel) is not { } proof) return new PasskeyWrong();
            if (proof.User.Id != screen.User) return new LockedByAnother();
            challenge.UsedAt = act.Now;
            return await Open(act, screen, proof.User, cancel);
        }, cancel), cancel);
    }

    private async Task<Outcome<SessionRenewed>> Open(Act act, LockedSession screen, User user, CancellationToken cancel)
    {
        var session = await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == screen.Id && row.EndedAt == null, cancel);
        if (session is null || !session.Alive(act.Now)) return new NotLocked();
        session.LockedAt = null;
        session.SeenAt = act.Now;
        session.ProvedAt = act.Now;
        db.Append(act.By(user), new Event(SignInAudit.Unlocked).About(user.Person).About(session.Id));
        return new SessionRenewed(session.Renew());
    }

    private async Task<Outcome<SessionRenewed>> Settle(LockedSession screen, Attempt attempt, string by, Outcome<SessionRenewed> outcome, CancellationToken cancel)
    {
        if (outcome.Refusal is null) await limiter.Succeeded(attempt, cancel);
        else
        {
            await write.Do<Done>("sign-in.unlock-failed", "", act =>
            {
                db.Append(act, new Event(SignInAudit.UnlockFailed).About(screen.Person).About(screen.Id).With("by", by).With("code", outcome.Refusal.Code));
                return Task.FromResult<Outcome<Done>>(Done.It);
            }, cancel);
        }
        return outcome;
    }
}
