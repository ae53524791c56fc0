using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Locking;
using Strongroom.Modules.SignIn.Profile;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Provider;

/// <param name="Since">The earliest instant at which the person may have signed in at the provider.</param>
internal sealed record ProviderQuestion(Guid Challenge, DateTime Since, TimeSpan MaxAge);

/// <summary>Sends a browser to the bank's provider: to come in, or to link the account there to who is signed in here. Always by a form: nobody is sent by a link of somebody else's.</summary>
internal sealed class AskProvider(StrongroomDb db, Write write, BankProvider bank, ProviderDoor door, IHttpContextAccessor context)
{
    /// <returns>The address at the provider.</returns>
    public async Task<Outcome<string>> ToSignIn(string? returnUrl, CancellationToken cancel)
    {
        if (bank.Settings is not { } settings) return new NoSuch("provider");
        var http = context.HttpContext!;
        // Over a locked screen nobody comes in on a sign-in at the provider from this morning: the lock would be worth nothing.
        var maxAge = http.Features.Get<LockedSession>() is null ? settings.MaxAge : TimeSpan.Zero;
        var asked = await write.Do<ProviderQuestion>("sign-in.ask-provider", "", async act =>
        {
            await Challenge.Sweep(db, act.Now, cancel);
            return Ask(act, ChallengeKind.ProviderSignIn, null, maxAge);
        }, cancel);
        return asked.Refused(out var refusal, out var question) ? refusal : await door.Lead(http, question.Challenge, LocalUrl.Or(returnUrl, ""), question.MaxAge);
    }

    public async Task<Outcome<string>> ToLink(CancellationToken cancel)
    {
        if (bank.Settings is null) return new NoSuch("provider");
        var asked = await write.Do<ProviderQuestion>("sign-in.ask-provider-link", "", async act =>
        {
            var me = await Me.Of(db, act, cancel);
            if (!act.Actor.IsOfficer()) return new ProviderForOfficers();
            if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
            if (await db.Set<ProviderLink>().AnyAsync(link => link.User == me.User.Id, cancel)) return new ProviderLinkedAlready();
            return Ask(act, ChallengeKind.ProviderLink, me.User.Id, TimeSpan.Zero);
        }, cancel);
        return asked.Refused(out var refusal, out var question) ? refusal : await door.Lead(context.HttpContext!, question.Challenge, "/profile", question.MaxAge);
    }

    private ProviderQuestion Ask(Act act, ChallengeKind kind, Guid? user, TimeSpan maxAge)
    {
        var since = act.Now - maxAge;
        var row = new Challenge { Id = act.NewGuid(), Kind = kind, User = user, State = since.ToString("O", CultureInfo.InvariantCulture), ExpiresAt = act.Now + SignInLimits.ProviderLife };
        db.Add(row);
        return new(row.Id, since, maxAge);
    }
}
