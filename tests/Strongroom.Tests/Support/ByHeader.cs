using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Strongroom.Tests.Support;

/// <summary>For tests about what comes after signing in: the header X-Test-Rights names what the caller may do, everywhere in the bank.</summary>
internal sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Test-Rights", SchemeName = "by-header";

    public static readonly Guid User = new("0197a000-0000-7000-8000-0000000000aa");

    public static void Use(WebApplicationBuilder builder) => builder.Services
        .AddAuthentication(SchemeName).AddScheme<AuthenticationSchemeOptions, ByHeader>(SchemeName, null);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var rights)) return Task.FromResult(AuthenticateResult.NoResult());
        Context.Features.Set(new Actor
        {
            Person = new PersonId(User),
            User = User,
            Session = new SessionId(User),
            Name = "Test",
            Grants = [new("test", null, rights.ToString().Split(',').ToHashSet())],
        });
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, User.ToString())], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
