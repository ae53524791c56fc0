using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Strongroom.Data;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Clients.Tokens;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Tests.Authorization;

/// <summary>
/// The header X-Test-Person or X-Test-Client says who asks; what they may do is read at each request as it is behind a session or a token. Below /api alone a
/// client is anybody.
/// </summary>
internal sealed class ByPerson(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, StrongroomDb db, Roles roles, Callers callers, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Test-Person", ClientHeader = "X-Test-Client";
    private const string SchemeName = "by-person";

    public static void Use(WebApplicationBuilder builder) => builder.Services.AddAuthentication(SchemeName).AddScheme<AuthenticationSchemeOptions, ByPerson>(SchemeName, null);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Guid.TryParse(Request.Headers[ClientHeader], out var key) && Request.Path.StartsWithSegments("/api"))
        {
            var client = await db.Set<ApiClient>().AsNoTracking().SingleAsync(row => row.Id == key);
            return await callers.ActorOf(client.Key, client.Epoch, client.GetScopes(), null, Context.RequestAborted) is { } program ? Of(program, key) : AuthenticateResult.NoResult();
        }
        if (!Guid.TryParse(Request.Headers[Header], out var id)) return AuthenticateResult.NoResult();
        var person = new PersonId(id);
        var user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Person == person);
        var actor = await roles.ActorOf(user, new SessionId(user.Id), enrolling: false, "192.0.2.7", clock.UtcNow(), Context.RequestAborted);
        return Of(actor, id);
    }

    private AuthenticateResult Of(Actor actor, Guid id)
    {
        Context.Features.Set(actor);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"{id}"), new Claim(ClaimTypes.Name, actor.Name)], SchemeName)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
