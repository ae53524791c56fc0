using Strongroom.Data;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// For an answer that stays open: what the log says about the session, its person or its user is reason to ask whether it is still good.
/// A scope for each question: a stream that is open for minutes must not keep a connection.
/// </summary>
internal sealed class SessionWatch(IServiceScopeFactory scopes)
{
    /// <summary>The subjects whose events may end it: signed out, locked, disabled, posted elsewhere.</summary>
    public static IReadOnlyList<Subject> Of(Actor actor) =>
        [Subject.Of(actor.Session!.Value), Subject.Of(actor.Person!.Value), Subject.Of(new UserId(actor.User!.Value))];

    /// <summary>Who the session is at this moment; null when it is over or locked.</summary>
    public async Task<Actor?> Again(Actor actor, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpenSessions>().ActorOf(actor.Session!.Value, actor.Address, cancel);
    }
}
