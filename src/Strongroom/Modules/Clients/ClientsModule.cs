using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Clients.Tokens;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Web;

namespace Strongroom.Modules.Clients;

/// <summary>Other systems of the bank's that call the API: who they are, what each may do, and their tokens.</summary>
internal static class ClientsModule
{
    public const string TokenPath = "/connect/token";

    // The scheme of a request is the token's where it shows one, else the session's.
    private const string Caller = "caller", Session = "session";

    public static IServiceCollection AddClients(this IServiceCollection services)
    {
        services.AddScoped<RegisterClient>().AddScoped<ChangeClient>().AddScoped<RotateSecret>().AddScoped<RevokeClient>().AddScoped<AcceptCertificate>().AddScoped<RemoveCertificate>()
            .AddScoped<ReadClients>().AddScoped<IssueToken>().AddScoped<Callers>()
            .AddOnlyOne("client", ["client_id"], () => new ChangedMeanwhile())
            .AddOnlyOne("client_certificate", ["client", "thumbprint"], () => new CertificateAlreadyThere { Field = nameof(AcceptCertificateRequest.Pem) })
            .AddSingleton(new NavigationEntry(Face.Office, "API clients", "/office/clients", ClientsRights.Read, 60));
        services.AddTokens();
        services.AddWebhooks();
        services.AddAuthentication(Caller)
            .AddScheme<AuthenticationSchemeOptions, ClientScheme>(ClientScheme.Name, null)
            .AddPolicyScheme(Caller, null, options => options.ForwardDefaultSelector = http => ClientScheme.Shown(http) ? ClientScheme.Name : Session);
        return services;
    }

    public static void MapTokens(this WebApplication app) =>
        app.MapPost(TokenPath, IssueToken.Answer).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Limits.Tokens).WithRequestTimeout(nameof(Limits)).WithMetadata(new RequestSizeLimitAttribute(Limits.TokenBytes)).WithName("IssueToken").ExcludeFromDescription();

    public static IEndpointRouteBuilder MapClients(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/clients").WithTags("API clients").RequireAuthorization(ClientsRights.Read);
        read.MapGet("/", async (ReadClients clients, CancellationToken cancel) => TypedResults.Ok(await clients.All(cancel))).WithName("ListClients");
        read.MapGet("/{id}", async (ClientId id, ReadClients clients, HttpContext http, CancellationToken cancel) =>
        {
            var found = await clients.One(id, cancel);
            return found.AnswerFound(http, "client", found?.Version);
        }).WithName("ReadClient");

        var write = routes.MapGroup("/clients").WithTags("API clients").RequireAuthorization(ClientsRights.Write);
        write.MapPost("/", async (ClientTerms request, RegisterClient slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).AnswerCreated(http, made => $"/api/v1/clients/{made.Id}")).WithName("RegisterClient");
        write.MapPut("/{id}", async (ClientId id, ClientTerms request, ChangeClient slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("ChangeClient");
        write.MapPost("/{id}/secrets", async (ClientId id, RotateSecretRequest request, RotateSecret slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("RotateClientSecret");
        write.MapPost("/{id}/revoke", async (ClientId id, RevokeClient slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("RevokeClient");
        write.MapPost("/{id}/certificates", async (ClientId id, AcceptCertificateRequest request, AcceptCertificate slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("AcceptClientCertificate");
        write.MapDelete("/{id}/certificates/{certificate}", async (ClientId id, ClientCertificateId certificate, RemoveCertificate slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, certificate, cancel)).Answer(http)).WithName("RemoveClientCertificate");
        routes.MapWebhooks();
        return routes;
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookDoor>().AddSingleton<SendWebhooks>().AddScoped<SpreadEvents>().AddHostedService<WebhookWorker>();
        services.AddHttpClient(WebhookDoor.HttpClient, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(root => root.GetRequiredService<WebhookDoor>().Handler());
        services.AddScoped<RegisterWebhook>().AddScoped<RotateWebhookSecret>().AddScoped<RemoveWebhook>().AddScoped<ResumeWebhook>().AddScoped<ReplayDeliveries>().AddScoped<ReadWebhooks>()
            .AddOnlyOne("webhook", ["client", "url"], () => new WebhookAlreadyThere { Field = nameof(RegisterWebhookRequest.Url) })
            .AddOnlyOne("webhook_delivery", ["webhook", "event"], () => new ChangedMeanwhile());
        services.AddJob<ForgetOldDeliveries>(ForgetOldDeliveries.EachNight);
    }

    private static void AddTokens(this IServiceCollection services)
    {
        services.AddOpenIddict()
            .AddCore(core => core
                .DisableEntityCaching()   // a client revoked on another node is revoked here
                .ReplaceApplicationManager<ApiClient, ClientManager>()
                .UseEntityFrameworkCore().UseDbContext<StrongroomDb>().ReplaceDefaultEntities<ApiClient, UnusedAuthorization, UnusedScope, UnusedToken, Guid>())
            .AddServer(server => server
                .SetTokenEndpointUris(TokenPath.TrimStart('/'))
                .AllowClientCredentialsFlow()
                .RegisterScopes([.. Scopes.All])
                .SetAccessTokenLifetime(IssueToken.Lifetime)
                .DisableTokenStorage().DisableAuthorizationStorage()
                .EnableSelfSignedTlsClientAuthentication()
                .UseAspNetCore().EnableTokenEndpointPassthrough())
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore().DisableAccessTokenExtractionFromBodyForm().DisableAccessTokenExtractionFromQueryString();
            });
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, TokenKeys>();
        // On http://localhost people try a bank; elsewhere Production sees to it that TLS ends here or at a declared proxy.
        services.AddOptions<OpenIddictServerAspNetCoreOptions>().Configure<IHostEnvironment>((options, environment) => options.DisableTransportSecurityRequirement = environment.IsDevelopment());
    }
}
