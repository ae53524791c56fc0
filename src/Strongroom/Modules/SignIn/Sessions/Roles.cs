using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>Makes the actor from the user and the role facts of this moment.</summary>
internal sealed class Roles(IEnumerable<IRoleSource> sources)
{
    public async Task<Actor> ActorOf(User user, SessionId? session, bool enrolling, string? address, DateTime now, CancellationToken cancel)
    {
        var grants = new List<RoleGrant>();
        // One after the other: the sources share the request's database context.
        if (!enrolling)
        {
            foreach (var source in sources) grants.AddRange(await source.GrantsOf(user.Person, now, cancel));
        }
        return new Actor
        {
            Person = user.Person,
            User = user.Id,
            Session = session,
            Name = user.UserName!,
            Grants = grants,
            Enrolling = enrolling,
            Address = address,
        };
    }
}

/// <summary>Roles that somebody has as an officer of the bank, apart from what they are as a hirer.</summary>
internal static class Officers
{
    public static bool IsOfficer(this Actor actor) => actor.Grants.Any(grant => grant.IsOfTheBank());

    /// <summary>What asks for the person, and not for a right, goes by <see cref="Actor.AtHome"/>.</summary>
    public static Actor AsOfficer(this Actor actor) => actor with { OfficerOnly = true, Grants = [.. actor.Grants.Where(grant => grant.Role != LandingRoles.AccountHolder)] };
}
