using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Strongroom.Web;

/// <summary>
/// Every endpoint and page names the right it needs, and the name is the policy: "access.serve". The door asks for the right anywhere;
/// the slice asks again for the branch and the row. What names no policy is closed to everyone.
/// </summary>
internal sealed class RightPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    /// <summary>For what any signed-in person may do: their own profile, signing what they are asked to sign.</summary>
    public const string SignedIn = "signed-in";

    public override bool AllowsCachingPolicies => true;

    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        await base.GetPolicyAsync(policyName) ?? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new RightRequirement(policyName)).Build();
}

internal sealed record RightRequirement(string Right) : IAuthorizationRequirement;

internal sealed class RightHandler(CurrentActor current) : AuthorizationHandler<RightRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
    {
        var actor = current.Now;
        // What any signed-in person may do is for persons; what a client may do its scopes say, and OpenToClients which endpoints they open.
        if (requirement.Right == RightPolicies.SignedIn ? actor.SignedIn : actor.Known && actor.May(requirement.Right)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
