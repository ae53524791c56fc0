using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Strongroom.Web;

/// <summary>
/// What routing itself rejects (no such address, wrong method, wrong content type) has nothing to guard and answers with its own status;
/// the policy for what names no policy would turn it into "sign in" or "not allowed". Every address that exists is a
/// <see cref="RouteEndpoint"/> and is guarded as ever; an architecture test holds us to that. To a client everything is closed that does not
/// name a scope, whatever policy would let it pass. Who is turned away there stands in the log.
/// </summary>
internal sealed class NothingToGuard(TurnedAway turnedAway) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler guard = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (context.GetEndpoint() is not RouteEndpoint route)
        {
            await next(context);
            return;
        }
        var result = authorizeResult.Succeeded && !OpenToClients.Opens(context) ? PolicyAuthorizationResult.Forbid() : authorizeResult;
        // By the address's pattern: what it is asked for stands in no log.
        if (result.Forbidden && context.Features.Get<Actor>() is { Known: true } actor)
            await turnedAway.Note(actor, $"{context.Request.Method} /{route.RoutePattern.RawText?.TrimStart('/')}");
        await guard.HandleAsync(next, context, policy, result);
    }
}
