using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Strongroom.Web;

/// <summary>
/// What routing itself rejects (no such address, wrong method, wrong content type) has nothing to guard and answers with its own status;
/// the policy for what names no policy would turn it into "sign in" or "not allowed". Every address that exists is a
/// <see cref="RouteEndpoint"/> and is guarded as ever; an architecture test holds us to that. Who is turned away there stands in the log.
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
        // By the address's pattern: what it is asked for stands in no log.
        if (authorizeResult.Forbidden && context.Features.Get<Actor>() is { SignedIn: true } actor)
            await turnedAway.Note(actor, $"{context.Request.Method} /{route.RoutePattern.RawText?.TrimStart('/')}", context.RequestAborted);
        await guard.HandleAsync(next, context, policy, authorizeResult);
    }
}
