using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Clients.Registered;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Strongroom.Modules.Clients.Tokens;

/// <summary>What a token of ours says.</summary>
internal sealed record TokenGranted(string Subject, int Epoch, IReadOnlyList<string> Scopes) : IShownOnce;

/// <summary>
/// A client whose proof OpenIddict has checked asks for a token. Each one given is an event: it is to a client what coming in is to a person, and a
/// client that keeps its token until it is over makes six an hour.
/// </summary>
internal sealed class IssueToken(StrongroomDb db, Write write, CurrentActor current)
{
    public const string Epoch = "strongroom_epoch";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public async Task<Outcome<TokenGranted>> Handle(string clientId, IReadOnlyCollection<string> asked, IPAddress? address, CancellationToken cancel)
    {
        // It has proved who it is: what is given and what is refused are its own acts from here on.
        current.Become(Callers.ActorOf(await db.Set<ApiClient>().AsNoTracking().SingleAsync(row => row.ClientId == clientId, cancel), [], [], address));
        return await write.Do<TokenGranted>("clients.issue-token", new { clientId, asked }, async act =>
        {
            var client = await db.Set<ApiClient>().SingleAsync(row => row.ClientId == clientId, cancel);
            if (client.RevokedAt is not null || !Networks.Allow(client.Networks, address)) return new TokenNotGood().About(client.Key);
            var scopes = asked.Count == 0 ? client.GetScopes() : [.. client.GetScopes().Where(asked.Contains)];
            client.LastTokenAt = act.Now;
            client.LastAddress = address?.ToString();
            db.Append(act, new Event(ClientsAudit.TokenIssued).With("scopes", string.Join(' ', scopes)));
            return new TokenGranted(client.ClientId!, client.Epoch, scopes);
        }, cancel);
    }

    public static async Task<IResult> Answer(IssueToken slice, HttpContext http, CancellationToken cancel)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("The token endpoint was reached past OpenIddict.");
        var given = await slice.Handle(request.ClientId!, [.. request.GetScopes()], http.Connection.RemoteIpAddress, cancel);
        if (given.Refused(out var refusal, out var granted))
        {
            return Results.Forbid(new(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = refusal.Status == 401 ? Errors.InvalidClient : Errors.ServerError,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = refusal.Title,
            }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, granted.Subject).SetClaim(Epoch, granted.Epoch.ToString(CultureInfo.InvariantCulture)).SetScopes(granted.Scopes);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
