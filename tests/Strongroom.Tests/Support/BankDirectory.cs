using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Strongroom.Tests.Support;

/// <summary>
/// A bank's own OpenID Connect provider on a port of its own: OpenIddict's server with discovery document, keys, pushed requests, codes that count once, and a
/// page to sign in. A test may forge the tokens that it gives, and turn it off.
/// </summary>
public sealed class BankDirectory : IAsyncDisposable
{
    public const string Name = "Bank Directory", Password = "directory password", ClientId = "strongroom", Authorize = "/connect/authorize", TokenPath = "/connect/token";

    private const string Secret = "the secret that the directory gave to Strongroom";

    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-directory-").FullName;
    private readonly ConcurrentDictionary<string, string> accounts = [];
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "directory-1" };
    private WebApplication? host;

    public BankDirectory()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        File.WriteAllText(SecretFile, Secret + "\n");
    }

    public int Port { get; }

    /// <summary>As its discovery document names the issuer.</summary>
    public Uri Issuer => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));

    /// <summary>What a server that trusts it is set to.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings =>
    [
        new("SignIn:Provider:Authority", Issuer.ToString()), new("SignIn:Provider:ClientId", ClientId), new("SignIn:Provider:ClientSecretFile", SecretFile),
        new("SignIn:Provider:Name", Name), new("SignIn:Provider:Amr", "mfa"),
    ];

    public string SecretFile => Path.Combine(folder, "secret");

    /// <summary>Hangs up on whoever asks.</summary>
    public bool Down { get; set; }

    /// <summary>Makes another id token of the claims of the one that it would have given.</summary>
    public Func<JsonObject, string>? Forge { get; set; }

    /// <summary>When its people proved who they are; now, unless a test says otherwise. Null: it does not say.</summary>
    public Func<DateTimeOffset, DateTimeOffset?> ProvedAt { get; set; } = now => now;

    /// <summary>Somebody who can sign in there.</summary>
    public void Knows(string userName) => accounts[userName] = $"sub-{userName}";

    public void Start(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Issuer.ToString());
        builder.Services.AddSingleton(clock);
        builder.Services.AddDbContext<DirectoryDb>(options => options.UseSqlite($"Data Source={Path.Combine(folder, "directory.db")}").UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DirectoryDb>())
            .AddServer(server =>
            {
                server.SetIssuer(Issuer).SetAuthorizationEndpointUris(Authorize[1..]).SetTokenEndpointUris(TokenPath[1..]).SetPushedAuthorizationEndpointUris("connect/par");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.AddSigningKey(key).AddEphemeralEncryptionKey();
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        builder.Services.AddAuthentication();
        host = builder.Build();
        host.Use(HangUp);
        host.Use(ForgeTokens);
        host.UseRouting();
        host.UseAuthentication();
        host.MapGet(Authorize, (HttpContext http) => Results.Content(Page(http.Request.Query), "text/html; charset=utf-8"));
        // With their types said: a lambda over the request alone would be taken for one that answers by itself, and what it returns be dropped.
        host.MapPost(Authorize, Task<IResult> (HttpContext http) => SignIn(http, clock));
        host.MapPost(TokenPath, async Task<IResult> (HttpContext http) =>
            Results.SignIn((await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme));
        host.Start();
    }

    /// <param name="site">The address of the server that sends people here.</param>
    public async Task Register(Uri site)
    {
        await using var scope = host!.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DirectoryDb>().Database.EnsureCreatedAsync();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            RedirectUris = { new Uri(site, "/sign-in/provider") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.PushedAuthorization,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
            },
        });
    }

    /// <summary>A token over these claims, signed by the directory, or by somebody else who says to be it.</summary>
    public string Sign(JsonObject claims, SecurityKey? by = null, string type = "JWT") => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }
        .CreateToken(claims.ToJsonString(), new SigningCredentials(by ?? key, SecurityAlgorithms.RsaSha256), new Dictionary<string, object> { ["typ"] = type });

    public static string Unsigned(JsonObject claims) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IResult> SignIn(HttpContext http, TimeProvider clock)
    {
        var form = await http.Request.ReadFormAsync();
        if (form.ContainsKey("cancel"))
            return Results.Forbid(new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        if (form["password"] != Password || !accounts.TryGetValue(form["user"].ToString(), out var subject)) return Results.Content(Page(form), "text/html; charset=utf-8");

        var identity = new ClaimsIdentity("directory", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        var methods = form["code"].ToString().Length > 0 ? ImmutableArray.Create("pwd", "otp", "mfa") : ["pwd"];
        identity.SetClaims(Claims.AuthenticationMethodReference, methods);
        if (ProvedAt(clock.GetUtcNow()) is { } at) identity.SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        identity.SetScopes(http.GetOpenIddictServerRequest()!.GetScopes());
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    // What came with the address goes along with the form: a form posted to OpenIddict is read alone.
    // Plain, but fit for a telephone: journeys look at it as they look at our own pages.
    private static string Page(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> request) => $$"""
        <!DOCTYPE html><html lang="en"><head><title>{{Name}}</title><meta name="viewport" content="width=device-width, initial-scale=1" /><link rel="icon" href="data:," />
        <style>label { display: block } input, button { min-height: 2.5rem; margin: .5rem 0 }</style></head><body><main><h1>{{Name}}</h1><form method="post" action="{{Authorize}}">
        {{string.Concat(request.Where(pair => pair.Key is "client_id" or "request_uri").Select(pair => $"<input type=\"hidden\" name=\"{pair.Key}\" value=\"{WebUtility.HtmlEncode(pair.Value)}\" />"))}}
        <label>User name <input name="user" /></label> <label>Password <input name="password" type="password" /></label> <label>Code <input name="code" /></label>
        <button>Sign in</button> <button name="cancel" value="yes">Cancel</button></form></main></body></html>
        """;

    private async Task HangUp(HttpContext http, RequestDelegate next)
    {
        if (Down) http.Abort();
        else await next(http);
    }

    private async Task ForgeTokens(HttpContext http, RequestDelegate next)
    {
        if (Forge is not { } forge || http.Request.Path != TokenPath)
        {
            await next(http);
            return;
        }
        var wire = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        await next(http);
        http.Response.Body = wire;
        var answer = JsonNode.Parse(held.ToArray())!.AsObject();
        if (answer["id_token"] is { } token)
            answer["id_token"] = forge(JsonNode.Parse(Base64UrlEncoder.Decode(token.GetValue<string>().Split('.')[1]))!.AsObject());
        var bytes = System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString());
        http.Response.ContentLength = bytes.Length;
        await wire.WriteAsync(bytes);
    }

    private sealed class DirectoryDb(DbContextOptions<DirectoryDb> options) : DbContext(options);
}
