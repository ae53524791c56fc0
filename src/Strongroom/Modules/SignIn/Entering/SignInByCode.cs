using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Entering;

/// <param name="Code">Six digits of the app, or a recovery code.</param>
public sealed record SignInByCodeRequest([property: Required, StringLength(60)] string Code);

/// <summary>The second half: a code of the app, or one of the ten on paper. The step's cookie says whose password, or word of the provider, was right a moment ago.</summary>
internal sealed class SignInByCode(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, TimeProvider clock, IHttpContextAccessor http)
{
    public async Task<Outcome<SessionBegun>> Handle(string? stepCookie, SignInByCodeRequest request, CancellationToken cancel)
    {
        var ticket = Ticket.Parse(stepCookie);
        var (id, now) = (ticket?.Id, clock.UtcNow());
        var seen = await (
            from step in db.Set<Challenge>().AsNoTracking()
            join user in db.Set<User>().AsNoTracking() on step.User equals user.Id
            where step.Id == id && step.UsedAt == null && step.ExpiresAt > now
            select user).SingleOrDefaultAsync(cancel);
        if (seen is null) return new StepOver();
        if ((await limiter.Begin(seen.UserName, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return tooMany;

        var outcome = await write.Do<SessionBegun>("sign-in.code", new { id }, async act =>
        {
            var step = await Challenge.OpenStep(db, act, ticket, cancel);
            if (step is null) return new StepOver();
            var user = await db.Set<User>().SingleAsync(user => user.Id == step.User, cancel);
            if (user.Disabled) return new CodeWrong();
            var byApp = Totp.LooksLikeCode(request.Code);
            if (!(byApp ? Totp.Accept(act.Seals, user, request.Code, act.Now) : await RecoveryCodeAccepted(act, user, request.Code, cancel))) return new CodeWrong();
            step.UsedAt = act.Now;
            var means = step.State == Challenge.AfterProvider ? Means.ProviderAndCode : byApp ? Means.PasswordAndCode : Means.PasswordAndRecoveryCode;
            return await BeginSession.Of(db, act, user, means, enrolling: false, http.HttpContext, cancel);
        }, cancel);

        if (outcome.Refusal is null) await limiter.Succeeded(attempt, cancel);
        else await limiter.Failed(attempt, seen.Person, cancel);
        return outcome;
    }

    private async Task<bool> RecoveryCodeAccepted(Act act, User user, string typed, CancellationToken cancel)
    {
        var hash = RecoveryCode.Hash(act.Seals, user.Id, typed);
        var code = await db.Set<RecoveryCode>().SingleOrDefaultAsync(code => code.User == user.Id && code.Code == hash && code.UsedAt == null, cancel);
        if (code is null) return false;
        code.UsedAt = act.Now;
        var left = await db.Set<RecoveryCode>().CountAsync(code => code.User == user.Id && code.UsedAt == null, cancel) - 1;
        db.Append(act.By(user), new Event(SignInAudit.RecoveryCodeUsed).About(user.Person).With("left", left));
        return true;
    }
}
