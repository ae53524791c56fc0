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

    /// <summary>
    /// Null when the proof is younger than ten minutes. Who enrols the first second factor has none to prove anew with, and the Lab has no session.
    /// </summary>
    public Refusal? WhyNotFresh(DateTime now) =>
        Session is null or { Enrolling: true } || now - Session.ProvedAt < SignInLimits.Fresh ? null : new NotFresh();
}

internal static class Freshness
{
    /// <summary>Whether a page may offer the change at once, or sends the person to confirm first.</summary>
    public static async Task<bool> IsFresh(this StrongroomDb db, Actor actor, DateTime now, CancellationToken cancel)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == actor.Session, cancel);
        return session is null or { Enrolling: true } || now - session.ProvedAt < SignInLimits.Fresh;
    }
}
