using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Entering;

internal sealed class SignOut(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(CancellationToken cancel) => write.Do<Done>("sign-in.sign-out", "", async act =>
    {
        var session = await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == act.Actor.Session && row.EndedAt == null, cancel);
        if (session is null) return Done.It;
        session.EndedAt = act.Now;
        db.Append(act, new Event(SignInAudit.SignedOut).About(act.Actor.Person).About(session.Id));
        return Done.It;
    }, cancel);
}
