using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Locking;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>Session, user and roles, read anew each time: what was ended, disabled or taken away a moment ago is over.</summary>
internal sealed class OpenSessions(StrongroomDb db, Roles roles, LockRule locking, TimeProvider clock)
{
    /// <summary>Null when it is over, whoever holds its cookie.</summary>
    public async Task<OpenSession?> Find(SessionId id, CancellationToken cancel)
    {
        var found = await (
            from session in db.Set<Session>().AsNoTracking()
            join user in db.Set<User>().AsNoTracking() on session.User equals user.Id
            where session.Id == id
            select new OpenSession(session, user)).SingleOrDefaultAsync(cancel);
        return found is null || !found.Session.Alive(clock.UtcNow()) || found.User.Disabled ? null : found;
    }

    /// <summary>Null when the screen is locked: then nobody is there.</summary>
    public async Task<Actor?> ActorOf(OpenSession open, string? address, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var actor = await roles.ActorOf(open.User, open.Session.Id, open.Session.Enrolling, address, now, cancel);
        // An officer's own locker is the person's, and the bank's directory could let others in to it.
        if (open.Session.ByProvider()) actor = actor.AsOfficer();
        return locking.IsLocked(open.Session, actor, now) ? null : actor;
    }

    public async Task<Actor?> ActorOf(SessionId id, string? address, CancellationToken cancel) =>
        await Find(id, cancel) is { } open ? await ActorOf(open, address, cancel) : null;
}

internal sealed record OpenSession(Session Session, User User);
