using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Strongroom.Web;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Strongroom.Modules.Clients.Tokens;

/// <summary>Who a request with a bearer token comes from: OpenIddict says whether the token is ours and not over, the client's row whether it still counts.</summary>
internal sealed class ClientScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Callers callers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "client";

    private const string Bearer = "Bearer ";

    /// <summary>A token where a program shows one, and under /api alone: no page is a program's.</summary>
    public static bool Shown(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") && http.Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = await Context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        if (!token.Succeeded || !ClientId.TryParse(token.Principal.GetClaim(Claims.Subject), null, out var id)
            || !int.TryParse(token.Principal.GetClaim(IssueToken.Epoch), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)) return AuthenticateResult.Fail("The token is not good.");
        if (await callers.ActorOf(id, epoch, [.. token.Principal.GetScopes()], Context.Connection.RemoteIpAddress, Context.RequestAborted) is not { } actor)
            return AuthenticateResult.Fail("The client is not let in.");

        Context.Features.Set(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString()), new Claim(ClaimTypes.Name, actor.Name)], Name);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"invalid_token\"";
        return new TokenNotGood().ToProblem(Context).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
