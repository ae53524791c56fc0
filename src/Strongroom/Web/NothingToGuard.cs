using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Strongroom.Web;

/// <summary>
/// What routing itself rejects (no such address, wrong method, wrong content type) has nothing to guard and answers with its own status;
/// the policy for what names no policy would turn it into "sign in" or "not allowed". Every address that exists is a
/// <see cref="RouteEndpoint"/> and is guarded as ever; an architecture test holds us to that. To a client everything is closed that does not
/// name a scope, whatever policy would let it pass.
/// </summary>
internal sealed class NothingToGuard : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler guard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        context.GetEndpoint() is RouteEndpoint
            ? guard.HandleAsync(next, context, policy, authorizeResult.Succeeded && !OpenToClients.Opens(context) ? PolicyAuthorizationResult.Forbid() : authorizeResult)
            : next(context);
}
