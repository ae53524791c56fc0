using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Profile;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Provider;

/// <summary>What the provider's word opened: a session, the step to our own second factor, or, where somebody linked an account, nothing but the link.</summary>
internal sealed record ProviderLet(string? StepCookie, SessionBegun? Session) : IShownOnce;

/// <param name="Linking">The person was signed in and meant to link the account.</param>
internal sealed record ProviderCame(bool Linking, Outcome<ProviderLet> Outcome);

/// <summary>Acts on what came back. The question is spent first and in an act of its own: an answer counts once, whatever becomes of it.</summary>
internal sealed class ReceiveProvider(StrongroomDb db, Write write, Limiter limiter, CurrentActor current, Roles roles, BankProvider bank, IHttpContextAccessor http)
{
    private readonly ProviderSettings settings = bank.Settings!;

    public async Task<ProviderCame> Handle(ProviderAnswer answer, CancellationToken cancel)
    {
        if ((await limiter.Begin(account: null, current.Now.Address, cancel)).Refused(out var tooMany, out var attempt)) return new(false, tooMany);
        var (linking, outcome) = await Act(answer, cancel);
        switch (outcome.Refusal)
        {
            case null:
                await limiter.Succeeded(attempt, cancel);
                break;
            // Neither says that somebody tried what they may not.
            case ProviderUnreachable or ProviderCancelled:
                await limiter.Halfway(attempt, cancel);
                break;
            default:
                await limiter.Failed(attempt, person: null, cancel);
                break;
        }
        return new(linking, outcome);
    }

    private async Task<(bool Linking, Outcome<ProviderLet> Outcome)> Act(ProviderAnswer answer, CancellationToken cancel)
    {
        if ((await Spend(answer.Challenge, cancel)).Refused(out var over, out var question)) return (false, over);
        var linking = question.User is not null;
        var outcome = answer.Fault is { } fault ? fault
            : linking ? await Link(question, answer.Word!, cancel)
            : await Enter(question, answer.Word!, cancel);
        if (outcome.Refusal is { } refusal and not ProviderCancelled) await Tell(refusal, cancel);
        return (linking, outcome);
    }

    /// <param name="User">Who asked to link an account; null where somebody wants to come in.</param>
    private sealed record Question(Guid Id, Guid? User, DateTime Since);

    private Task<Outcome<Question>> Spend(Guid? id, CancellationToken cancel) => write.Do<Question>("sign-in.provider-answer", new { id }, async act =>
    {
        var row = await Challenge.Open(db, act, id ?? default, ChallengeKind.ProviderSignIn, cancel) ?? await Challenge.Open(db, act, id ?? default, ChallengeKind.ProviderLink, cancel);
        if (row is null) return new ProviderStepOver();
        row.UsedAt = act.Now;
        return new Question(row.Id, row.User, DateTime.Parse(row.State!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
    }, cancel);

    private Task<Outcome<ProviderLet>> Enter(Question question, ProviderWord word, CancellationToken cancel) => write.Do<ProviderLet>("sign-in.provider", new { question.Id }, async act =>
    {
        if (!ProviderDecision.IsRecent(word, question.Since, act.Now, settings.ClockSkew)) return new ProviderNotRecent();
        var account = ProviderLink.AccountOf(act.Seals, word.Issuer, word.Subject);
        var user = await (
            from link in db.Set<ProviderLink>()
            join one in db.Set<User>() on link.User equals one.Id
            where link.Account == account
            select one).SingleOrDefaultAsync(cancel);
        if (user is null) return new ProviderNotLinked();
        // Whatever the provider says: who works here is decided here.
        if (user.Disabled || !(await roles.ActorOf(user, session: null, enrolling: false, act.Actor.Address, act.Now, cancel)).IsOfficer())
            return new ProviderOfficerClosed().About(user.Person);
        if (ProviderDecision.Suffices(word, settings.Amr, settings.Acr))
            return new ProviderLet(null, await BeginSession.Of(db, act, user, Means.Provider, enrolling: false, http.HttpContext, cancel));
        if (user.TotpSecret is null) return new ProviderAppNeeded().About(user.Person);
        db.Add(Challenge.SecondStep(act, user.Id, Challenge.AfterProvider, out var cookie));
        return new ProviderLet(cookie, null);
    }, cancel);

    private Task<Outcome<ProviderLet>> Link(Question question, ProviderWord word, CancellationToken cancel) => write.Do<ProviderLet>("sign-in.link-provider", new { question.Id }, async act =>
    {
        // Another person may have signed in at this browser meanwhile, or nobody be signed in any more.
        if (act.Actor.User != question.User || act.Actor.Session is null || !act.Actor.IsOfficer()) return new ProviderStepOver();
        if (!ProviderDecision.IsRecent(word, question.Since, act.Now, settings.ClockSkew)) return new ProviderNotRecent();
        var me = await Me.Of(db, act, cancel);
        var account = ProviderLink.AccountOf(act.Seals, word.Issuer, word.Subject);
        if (await db.Set<ProviderLink>().SingleOrDefaultAsync(link => link.Account == account, cancel) is { } taken)
            return taken.User == me.User.Id ? new ProviderLinkedAlready() : new ProviderLinkedToAnother();
        db.Add(new ProviderLink { Id = act.NewGuid(), User = me.User.Id, Account = account, LinkedAt = act.Now });
        var linked = db.Append(act, new Event(SignInAudit.ProviderLinked).About(me.User.Person));
        await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.ProviderLinked, linked, act.Now), cancel);
        return new ProviderLet(null, null);
    }, cancel);

    // An answer to a question of ours that was turned down: the log has it, also where nobody is signed in.
    private Task<Outcome<Done>> Tell(Refusal refusal, CancellationToken cancel) => write.Do<Done>("sign-in.tell-provider-refused", refusal.Code, act =>
    {
        db.Append(act, new Event(SignInAudit.ProviderRefused).About(refusal.Subjects).About(act.Actor.Person).With("code", refusal.Code));
        return Task.FromResult<Outcome<Done>>(Done.It);
    }, cancel);
}
