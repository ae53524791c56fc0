using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

public sealed record ChangePasswordRequest(
    [property: Required, StringLength(SignInLimits.PasswordMost)] string Current, [property: Required, StringLength(1000)] string Password);

internal sealed record CurrentPasswordWrong() : Refusal(
    "sign-in.current-password-wrong", 401, "The current password is not right.", "Type it again. If you do not remember it, ask at your branch.");

/// <summary>Every other session of the person ends with it: who stole the old password is out.</summary>
internal sealed class ChangePassword(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, PasswordHashes hashes, OwnWords ownWords)
{
    public async Task<Outcome<Done>> Handle(ChangePasswordRequest request, CancellationToken cancel)
    {
        if ((await limiter.Begin(current.Now.Name, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;
        var seen = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Person == current.Now.Person, cancel);
        var right = hashes.Matches(seen.PasswordHash, request.Current);
        var newHash = hashes.Hash(request.Password);

        var outcome = await write.Do<Done>("sign-in.change-password", "", async act =>
        {
            var me = await Me.Of(db, act, cancel);
            if (!right || me.User.PasswordHash != seen.PasswordHash) return new CurrentPasswordWrong() { Field = "Current" };
            if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
            if (Passwords.WhyNot(request.Password, me.User.UserName!, await Credentials.HasSecondFactor(db, me.User, cancel), ownWords.All) is { } weak) return weak;
            me.User.PasswordHash = newHash;
            await EndingSessions.OfUser(db, act, me.User, except: act.Actor.Session, cancel);
            var changed = db.Append(act, new Event(SignInAudit.PasswordChanged).About(me.User.Person));
            await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.Password, changed, act.Now), cancel);
            return Done.It;
        }, cancel);
        if (right) await limiter.Succeeded(attempt, cancel);
        return outcome;
    }
}
