using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Locking;

/// <summary>
/// When a screen is locked: because somebody locked it, or because an officer has been away for as long as this installation says
/// (<see cref="SelfLocking"/>). Account holders have their own devices, which lock by themselves.
/// </summary>
internal sealed class LockRule(SelfLocking byItself)
{
    public bool IsLocked(Session session, Actor actor, DateTime now) =>
        session.LockedAt is not null || (now - session.SeenAt >= byItself.After && actor.IsOfficer());
}

/// <summary>On a request whose session is locked. To every page and endpoint such a request comes from nobody.</summary>
internal sealed record LockedSession(SessionId Id, Guid User, PersonId Person, string UserName, DateTime Since);
