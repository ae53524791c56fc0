using Microsoft.AspNetCore.Antiforgery;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Web;

namespace Strongroom.Modules.SignIn.Locking;

internal static class LockRoutes
{
    public const string Page = "/locked";

    /// <summary>The header's button on every page of staff, and what an officer who is typing says once a minute where screens lock by themselves.</summary>
    public static void MapLocking(this IEndpointRouteBuilder app)
    {
        app.MapPost(Navigation.Lock, async (LockScreen slice, IAntiforgery antiforgery, HttpContext http, CancellationToken cancel) =>
        {
            // A page that was left open over night has a token of a session that is over: there is nothing to lock.
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                WardLog.WithoutToken(http);
                return TypedResults.LocalRedirect(Navigation.SignIn);
            }
            await slice.Handle(cancel);
            var back = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(cancel))["returnUrl"].ToString() : "";
            return TypedResults.LocalRedirect(LocalUrl.With(Page, "returnUrl", LocalUrl.Or(back, "")));
        }).RequireAuthorization(RightPolicies.SignedIn).WithName("LockScreen").ExcludeFromDescription();
        app.MapGet(Navigation.StillHere, () => TypedResults.NoContent()).RequireAuthorization(RightPolicies.SignedIn).ExcludeFromDescription();
    }
}
