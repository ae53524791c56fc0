using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Provider;

internal static class ProviderRoutes
{
    /// <summary>To be registered at the provider as the redirect address.</summary>
    public const string Back = "/sign-in/provider";

    public static void MapProvider(this WebApplication app)
    {
        // Half of a provider keeps the server from starting, not an officer from coming in.
        app.Services.GetRequiredService<BankProvider>();
        app.MapGet(Back, Receive).AllowAnonymous().WithName("BackFromProvider").ExcludeFromDescription();
    }

    private static async Task<IResult> Receive(BankProvider bank, ProviderDoor door, IServiceProvider services, SessionCookies cookies, HttpContext http, CancellationToken cancel)
    {
        if (bank.Settings is null) return TypedResults.NotFound();
        var answer = await door.Receive(http);
        var came = await services.GetRequiredService<ReceiveProvider>().Handle(answer, cancel);
        if (came.Outcome.Refused(out var refusal, out var let)) return TypedResults.LocalRedirect(LocalUrl.With(came.Linking ? "/profile" : "/sign-in", "refused", refusal.Code));
        if (came.Linking) return TypedResults.LocalRedirect("/profile?done=linked");
        var wanted = LocalUrl.Or(answer.ReturnUrl, "");
        if (let.StepCookie is { } step)
        {
            cookies.Step.Write(http, step);
            return TypedResults.LocalRedirect(LocalUrl.With("/sign-in/code", "returnUrl", wanted));
        }
        cookies.Session.Write(http, let.Session!.Cookie);
        // By way of the first page, which knows the roles of the one who is now signed in.
        return TypedResults.LocalRedirect(LocalUrl.With("/sign-in", "returnUrl", wanted));
    }
}
