using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Profile;

/// <summary>Ends one of the person's own sessions, or all but this one. Asks for a young proof: who sits down at an open screen must not shut its owner out elsewhere.</summary>
internal sealed class EndSessions(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> One(SessionId id, CancellationToken cancel) => write.Do<Done>("sign-in.end-session", id, async act =>
    {
        if ((await Me.Of(db, act, cancel)).WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        var session = await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == id && row.User == act.Actor.User && row.EndedAt == null, cancel);
        if (session is null) return new NoSuch("session");
        session.EndedAt = act.Now;
        db.Append(act, new Event(SignInAudit.SessionsEnded).About(act.Actor.Person).About(id).With("count", 1));
        return Done.It;
    }, cancel);

    public Task<Outcome<Done>> Others(CancellationToken cancel) => write.Do<Done>("sign-in.end-other-sessions", "", async act =>
    {
        var me = await Me.Of(db, act, cancel);
        if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        await EndingSessions.OfUser(db, act, me.User, except: act.Actor.Session, cancel);
        return Done.It;
    }, cancel);
}
