namespace Strongroom.Shared;

/// <summary>Who acts in this scope: the signed-in person of the request, or whom a job or the Lab names.</summary>
public sealed class CurrentActor(IHttpContextAccessor http)
{
    private Actor? named;

    /// <summary>The session middleware puts the actor on the request after it has read session, user and roles.</summary>
    public Actor Now => named
        ?? http.HttpContext?.Features.Get<Actor>()
        ?? Actor.Nobody(http.HttpContext?.Connection.RemoteIpAddress?.ToString());

    /// <summary>For jobs, verbs and the Lab, which have no request.</summary>
    public void Become(Actor actor) => named = actor;
}
