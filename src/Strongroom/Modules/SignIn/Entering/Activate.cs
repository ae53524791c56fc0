using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Entering;

/// <param name="CounterHalf">Handed over at the counter.</param>
/// <param name="SentHalf">Sent to the registered address.</param>
public sealed record ActivateRequest(
    [property: Required, StringLength(UserNames.Length)] string UserName,
    [property: Required, StringLength(20)] string CounterHalf,
    [property: Required, StringLength(20)] string SentHalf,
    [property: Required, StringLength(1000)] string Password);

internal sealed record ActivationWrong() : Refusal(
    "sign-in.activation-wrong", 401, "The user name or one of the two halves is not right, or the code is no longer good.",
    "Compare what you typed with the slip and the message. After five tries or 72 hours, ask at your branch for a new code.");

/// <summary>
/// A person takes their sign-in into possession: both halves and a password of their own. What follows is the enrolment of a second factor,
/// in a session that reaches nothing else.
/// </summary>
internal sealed class Activate(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, TimeProvider clock, PasswordHashes hashes, OwnWords ownWords, IHttpContextAccessor http)
{
    public async Task<Outcome<SessionBegun>> Handle(ActivateRequest request, CancellationToken cancel)
    {
        if (Passwords.WhyNot(request.Password, request.UserName, withSecondFactor: false, ownWords.All) is { } weak) return weak;
        if ((await limiter.Begin(request.UserName, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;

        var (user, activation) = await Find(request.UserName, cancel);
        var open = user is { Disabled: false } && activation?.Open(clock.UtcNow()) == true;
        // The slow part is the new password's hash, and it comes before anybody knows whether the code is right.
        var passwordHash = hashes.Hash(request.Password);

        var outcome = await write.Do<SessionBegun>("sign-in.activate", new { request.UserName }, async act =>
        {
            (user, activation) = await Find(request.UserName, cancel);
            if (user is not { Disabled: false } || activation?.Open(act.Now) != true
                || !activation.Matches(Activation.Hash(act.Seals, user.Id, request.CounterHalf, request.SentHalf))) return new ActivationWrong();
            user.PasswordHash = passwordHash;
            activation.EndedAt = act.Now;
            var activated = db.Append(act.By(user), new Event(SignInAudit.Activated).About(user.Person).About(user.Key));
            await act.Raise(db, new SignInActivated(user.Person, activated, act.Now), cancel);
            return await BeginSession.Of(db, act, user, Means.Password, enrolling: true, http.HttpContext, cancel);
        }, cancel);

        if (outcome.Refusal is null)
        {
            await limiter.Succeeded(attempt, cancel);
            return outcome;
        }
        await limiter.Failed(attempt, user?.Person, cancel);
        if (open) await CountAgainst(user!, cancel);
        return outcome;
    }

    private async Task<(User?, Activation?)> Find(string userName, CancellationToken cancel)
    {
        var name = UserNames.Normalise(userName);
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.NormalizedUserName == name, cancel);
        var activation = user is null ? null : await db.Set<Activation>().SingleOrDefaultAsync(row => row.User == user.Id && row.EndedAt == null, cancel);
        return (user, activation);
    }

    // The refusal rolled its own act back, so the code's five tries are counted in one that stands.
    private Task<Outcome<Done>> CountAgainst(User user, CancellationToken cancel) => write.Do<Done>("sign-in.count-activation", user.Id, async act =>
    {
        if (await db.Set<Activation>().SingleOrDefaultAsync(row => row.User == user.Id && row.EndedAt == null, cancel) is not { } activation) return Done.It;
        activation.Attempts++;
        db.Append(act, new Event(SignInAudit.ActivationFailed).About(user.Person).With("attempt", activation.Attempts));
        return Done.It;
    }, cancel);
}
