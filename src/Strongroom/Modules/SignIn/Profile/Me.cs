using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

/// <summary>The signed-in person's own rows, tracked for a change of how they sign in.</summary>
internal sealed record Me(User User, Session? Session)
{
    public static async Task<Me> Of(StrongroomDb db, Act act, CancellationToken cancel) => new(
        await db.Set<User>().SingleAsync(user => user.Person == act.Actor.Person, cancel),
        await db.Set<Session>().SingleOrDefaultAsync(session => session.Id == act.Actor.Session, cancel));

    /// <summary>Null when the proof is younger than ten minutes. The Lab has no session.</summary>
    public Refusal? WhyNotFresh(DateTime now) => Session is null || Session.Fresh(now) ? null : new NotFresh();
}
