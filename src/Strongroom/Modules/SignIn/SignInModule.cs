using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Locking;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Profile;
using Strongroom.Modules.SignIn.Provider;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Web;

namespace Strongroom.Modules.SignIn;

/// <summary>Users of every kind, what they sign in with, their sessions, and the signature.</summary>
internal static class SignInModule
{
    /// <summary>The policy of who holds a session at all, even one that may only enrol a second factor.</summary>
    public const string Enrol = "sign-in.enrol";

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(SessionScheme.Name).AddScheme<AuthenticationSchemeOptions, SessionScheme>(SessionScheme.Name, null);
        services.AddAuthorizationBuilder().AddPolicy(Enrol, policy => policy.RequireAuthenticatedUser());
        services.AddPasskeys();
        services.AddScoped<Roles>().AddScoped<OpenSessions>().AddSingleton<SelfLocking>().AddSingleton<LockRule>().AddSingleton<SessionWatch>();
        services.AddSingleton<SeenSessions>().AddSingleton<OwnWords>().AddSingleton(_ => new PasswordHashes());
        services.AddSingleton<Limiter>().AddSingleton<AddressAttempts>();
        services.AddJob<ReportFailures>(ReportFailures.EachMinute);
        services.AddJob<ForgetOldSignIns>(ForgetOldSignIns.EachNight);
        services.AddSingleton<SessionCookies>();
        services.AddScoped<SignInByPassword>().AddScoped<SignInByCode>().AddScoped<SignInByPasskey>().AddScoped<SignOut>().AddScoped<Activate>();
        services.AddScoped<ReadProfile>().AddScoped<Confirm>().AddScoped<ChangePassword>().AddScoped<EnrolTotp>().AddScoped<AddPasskey>().AddScoped<RemovePasskey>().AddScoped<RenamePasskey>()
            .AddScoped<NewRecoveryCodes>().AddScoped<EndSessions>();
        services.AddScoped<LockScreen>().AddScoped<Unlock>();
        services.AddScoped<Sign>().AddScoped<ViewSignature>();
        services.AddProvider();
        services.AddOnlyOne("app_user", ["normalized_user_name"], () => new UserNameTaken() { Field = "UserName" });
        services.AddOnlyOne("app_user", ["person"], () => new HasUserAlready());
        services.AddOnlyOne("activation", ["user"], () => new ChangedMeanwhile());
        services.AddOnlyOne("user_passkey", ["credential_id"], () => new PasskeyNotAdded());
        return services;
    }

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Sign-in").RequireAuthorization(RightPolicies.SignedIn);
        api.MapGet("/session", Whoami).WithName("WhoAmI");
        api.MapGet("/signatures", Waiting).WithName("WaitingSignatures");
        api.MapPost("/signatures/{id}/code", SignByCode).WithName("SignByCode");
        api.MapPost("/signatures/{id}/passkey", SignByPasskey).WithName("SignByPasskey");

        var questions = routes.MapGroup("/passkey-questions").WithTags("Sign-in");
        questions.MapPost("/sign-in", AskToSignIn).AllowAnonymous().WithName("AskPasskeyToSignIn");
        questions.MapPost("/confirm", AskToConfirm).RequireAuthorization(RightPolicies.SignedIn).WithName("AskPasskeyToConfirm");
        questions.MapPost("/enrol", AskToEnrol).RequireAuthorization(Enrol).WithName("AskPasskeyToEnrol");
        return routes;
    }

    /// <summary>The header's form on every page.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder app) =>
        app.MapPost("/sign-out", async (SignOut signOut, IAntiforgery antiforgery, SessionCookies cookies, HttpContext http, CancellationToken cancel) =>
        {
            // A page that was left open over night has a token of a session that is over: there is nobody to sign out.
            if (await antiforgery.IsRequestValidAsync(http))
            {
                await signOut.Handle(cancel);
                cookies.Session.Remove(http);
                // No page is kept (no-store); this is for what a script left in the browser's stores, today nothing.
                http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
            }
            else
            {
                WardLog.WithoutToken(http);
            }
            return TypedResults.LocalRedirect("/sign-in");
        }).RequireAuthorization(Enrol).WithName("SignOut").ExcludeFromDescription();

    private static void AddProvider(this IServiceCollection services)
    {
        services.AddSingleton<BankProvider>().AddScoped<ProviderDoor>().AddScoped<AskProvider>().AddScoped<ReceiveProvider>().AddScoped<UnlinkProvider>();
        services.AddOutgoing(ProviderOptions.HttpClient, TimeSpan.FromSeconds(10));
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderOptions>().AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddOnlyOne("provider_link", ["account"], () => new ProviderLinkedToAnother());
        services.AddOnlyOne("provider_link", ["user"], () => new ProviderLinkedAlready());
    }

    private static Ok<SessionFacts> Whoami(CurrentActor current, IAntiforgery antiforgery, HttpContext http)
    {
        var actor = current.Now;
        return TypedResults.Ok(new SessionFacts(
            actor.Person!.Value, new UserId(actor.User!.Value), actor.Name,
            [.. actor.Grants.Select(grant => new RoleFacts(grant.Role, grant.Branch, [.. grant.Rights.Order(StringComparer.Ordinal)]))],
            antiforgery.GetAndStoreTokens(http).RequestToken!));
    }

    private static async Task<Ok<IReadOnlyList<WaitingSignature>>> Waiting(
        CurrentActor current, StrongroomDb db, Data.Sealing.Seals seals, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(await Signatures.Waiting(db, seals, current.Now, clock.UtcNow(), cancel));

    private static async Task<Results<Ok<PasskeyQuestion>, ProblemHttpResult>> AskToSignIn(SignInByPasskey slice, HttpContext http, CancellationToken cancel) =>
        (await slice.Ask(cancel)).Answer(http);

    private static async Task<Results<Ok<PasskeyQuestion>, ProblemHttpResult>> AskToConfirm(Confirm slice, HttpContext http, CancellationToken cancel) =>
        (await slice.Ask(cancel)).Answer(http);

    private static async Task<Results<Ok<PasskeyQuestion>, ProblemHttpResult>> AskToEnrol(AddPasskey slice, HttpContext http, CancellationToken cancel) =>
        (await slice.Ask(cancel)).Answer(http);

    private static async Task<Results<Ok<SignatureGiven>, ProblemHttpResult>> SignByCode(
        SignatureId id, SignByCodeRequest request, Sign sign, HttpContext http, CancellationToken cancel) =>
        (await sign.ByCode(id, request, cancel)).Answer(http);

    private static async Task<Results<Ok<SignatureGiven>, ProblemHttpResult>> SignByPasskey(
        SignatureId id, SignByPasskeyRequest request, Sign sign, HttpContext http, CancellationToken cancel) =>
        (await sign.ByPasskey(id, request, cancel)).Answer(http);
}

/// <param name="CsrfToken">To be sent back as X-CSRF-TOKEN with every write of this session.</param>
public sealed record SessionFacts(PersonId Person, UserId User, string Name, IReadOnlyList<RoleFacts> Roles, string CsrfToken);

/// <param name="Branch">Null means the whole bank.</param>
public sealed record RoleFacts(string Role, BranchId? Branch, IReadOnlyList<string> Rights);
