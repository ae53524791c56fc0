using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Profile;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Provider;

/// <summary>The account at the provider opens nothing here any more, and what it had opened is over, but for the session that asks.</summary>
internal sealed class UnlinkProvider(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(CancellationToken cancel) => write.Do<Done>("sign-in.unlink-provider", "", async act =>
    {
        var me = await Me.Of(db, act, cancel);
        if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        if (await db.Set<ProviderLink>().SingleOrDefaultAsync(link => link.User == me.User.Id, cancel) is not { } link) return new NoSuch("linked account");
        db.Remove(link);
        await EndingSessions.ByProvider(db, act, me.User, except: act.Actor.Session, cancel);
        var unlinked = db.Append(act, new Event(SignInAudit.ProviderUnlinked).About(me.User.Person));
        await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.ProviderUnlinked, unlinked, act.Now), cancel);
        return Done.It;
    }, cancel);
}
