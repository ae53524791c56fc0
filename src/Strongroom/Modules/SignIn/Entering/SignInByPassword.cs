using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Entering;

public sealed record SignInByPasswordRequest(
    [property: Required, StringLength(UserNames.Length)] string UserName, [property: Required, StringLength(SignInLimits.PasswordMost)] string Password);

/// <summary>What the password opened: the step to the code (a cookie), or, for who has no second factor yet, a session that only enrols one.</summary>
internal sealed record PasswordAccepted(string? StepCookie, SessionBegun? Session) : IShownOnce;

/// <summary>The first half of signing in. Whoever has no account costs the same work and gets the same answer as who mistyped.</summary>
internal sealed class SignInByPassword(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, PasswordHashes hashes, IHttpContextAccessor http, IEnumerable<IClosedSignIn> closed)
{
    public async Task<Outcome<PasswordAccepted>> Handle(SignInByPasswordRequest request, CancellationToken cancel)
    {
        if ((await limiter.Begin(request.UserName, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;

        var name = UserNames.Normalise(request.UserName);
        var seen = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedUserName == name, cancel);
        if (!hashes.Matches(seen?.PasswordHash, request.Password))
        {
            await limiter.Failed(attempt, seen?.Person, cancel);
            return new SignInWrong();
        }

        var outcome = await write.Do<PasswordAccepted>("sign-in.password", new { request.UserName }, async act =>
        {
            var user = await db.Set<User>().SingleOrDefaultAsync(user => user.Id == seen!.Id && !user.Disabled && user.PasswordHash == seen.PasswordHash, cancel);
            if (user is null) return await WhyClosed(seen!, cancel);
            if (!await Credentials.HasSecondFactor(db, user, cancel))
                return new PasswordAccepted(null, await BeginSession.Of(db, act, user, Means.Password, enrolling: true, http.HttpContext, cancel));
            await Challenge.Sweep(db, act.Now, cancel);
            db.Add(Challenge.SecondStep(act, user.Id, state: null, out var cookie));
            return new PasswordAccepted(cookie, null);
        }, cancel);

        if (outcome.Refusal is null) await limiter.Halfway(attempt, cancel);
        else await limiter.Failed(attempt, seen!.Person, cancel);
        return outcome;
    }

    private async Task<Refusal> WhyClosed(User user, CancellationToken cancel)
    {
        foreach (var source in closed)
            if (user.Disabled && await source.Why(user.Person, cancel) is { } why) return why;
        return new SignInWrong();
    }
}
