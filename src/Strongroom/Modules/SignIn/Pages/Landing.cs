using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.SignIn.Pages;

/// <summary>Where a person's work is, by the roles they have at this moment. Staff who also hire a locker are at work.</summary>
internal static class Landing
{
    public static string Of(Actor actor)
    {
        if (actor.Enrolling) return "/activate/second-factor";
        var roles = actor.Grants.Select(grant => grant.Role).ToHashSet();
        if (roles.Contains(LandingRoles.Admin)) return "/office";
        // All that a security officer may see is what branches there are.
        if (roles.Contains(LandingRoles.Security)) return "/office";
        if (actor.Grants.Any(grant => grant.IsOfTheBank())) return "/desk";
        return roles.Contains(LandingRoles.AccountHolder) ? "/account" : "/profile";
    }
}
