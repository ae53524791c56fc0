using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Locking;

/// <summary>Locks the session, and with it every tab and every open stream of this browser, until the same person proves to be there again.</summary>
internal sealed class LockScreen(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(CancellationToken cancel) => write.Do<Done>("sign-in.lock", "", async act =>
    {
        var session = await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == act.Actor.Session && row.EndedAt == null, cancel);
        if (session is null or { LockedAt: not null }) return Done.It;
        session.LockedAt = act.Now;
        db.Append(act, new Event(SignInAudit.Locked).About(act.Actor.Person).About(session.Id));
        return Done.It;
    }, cancel);
}
