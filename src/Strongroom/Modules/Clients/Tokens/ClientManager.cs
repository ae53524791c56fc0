using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using Strongroom.Data;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Clients.Tokens;

/// <summary>
/// What OpenIddict asks of a client's proof, answered from our tables: two secrets are good while one takes the other's place, and a certificate is
/// the one that an administrator accepted. Failures count against the address they come from.
/// </summary>
internal sealed class ClientManager(
    IOpenIddictApplicationCache<ApiClient> cache, ILogger<OpenIddictApplicationManager<ApiClient>> logger, IOptionsMonitor<OpenIddictCoreOptions> options, IOpenIddictApplicationStore<ApiClient> store,
    StrongroomDb db, AddressAttempts attempts, IHttpContextAccessor http, TimeProvider clock)
    : OpenIddictApplicationManager<ApiClient>(cache, logger, options, store)
{
    public override async ValueTask<bool> ValidateClientSecretAsync(ApiClient application, string secret, CancellationToken cancellationToken = default) =>
        await attempts.Try(Address, async () =>
        {
            if (application.RevokedAt is not null) return false;
            var now = clock.UtcNow();
            var secrets = await db.Set<ClientSecret>().AsNoTracking().Where(row => row.Client == application.Id && (row.EndsAt == null || row.EndsAt > now)).ToListAsync(cancellationToken);
            return secrets.Exists(row => row.Matches(secret, now));
        }, cancellationToken);

    /// <summary>Of a certificate that nobody but its owner signed, the chain says nothing: it is this very one, or it is not.</summary>
    public override async ValueTask<bool> ValidateSelfSignedTlsClientCertificateAsync(
        ApiClient application, X509Certificate2 certificate, X509ChainPolicy policy, CancellationToken cancellationToken = default) =>
        await attempts.Try(Address, async () =>
        {
            if (application.RevokedAt is not null) return false;
            var (now, shown) = (clock.UtcNow(), AcceptCertificate.Thumbprint(certificate));
            return await db.Set<ClientCertificate>().AnyAsync(
                row => row.Client == application.Id && row.Thumbprint == shown && row.RemovedAt == null && row.From <= now && row.Until > now, cancellationToken);
        }, cancellationToken);

    public override ValueTask<X509ChainPolicy?> GetSelfSignedTlsClientAuthenticationPolicyAsync(ApiClient application, X509ChainPolicy policy, CancellationToken cancellationToken = default) =>
        new(policy);

    private string? Address => http.HttpContext?.Connection.RemoteIpAddress?.ToString();
}
