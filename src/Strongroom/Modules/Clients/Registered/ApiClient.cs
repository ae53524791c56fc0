using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenIddict.EntityFrameworkCore.Models;
using Strongroom.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Strongroom.Modules.Clients.Registered;

/// <summary>
/// Another system of the bank's that may call the API. OpenIddict reads the row and never writes it: every change is a slice of ours with its event.
/// Its secrets lie in a table of their own, because two are good while one takes the other's place.
/// </summary>
internal sealed class ApiClient : OpenIddictEntityFrameworkCoreApplication<Guid, UnusedAuthorization, UnusedToken>, IVersioned
{
    public ClientId Key => new(Id);

    /// <summary>Every branch, also those that open tomorrow; otherwise those of <see cref="ClientBranch"/>.</summary>
    public bool WholeBank { get; set; }

    /// <summary>Addresses and networks that it may come from, separated by spaces; null for any.</summary>
    public string? Networks { get; set; }

    public required DateTime RegisteredAt { get; init; }

    /// <summary>Null for the software itself.</summary>
    public required PersonId? RegisteredBy { get; init; }

    public DateTime? RevokedAt { get; set; }

    /// <summary>Stands in each token. Counted up, it ends every token given before.</summary>
    public int Epoch { get; set; }

    public DateTime? LastTokenAt { get; set; }

    public string? LastAddress { get; set; }

    public long Version { get; set; }

    /// <summary>In the order of <see cref="Web.Scopes.All"/>. Kept as OpenIddict's permissions, so that it and we read the same column.</summary>
    public IReadOnlyList<string> GetScopes() =>
        [.. JsonSerializer.Deserialize<string[]>(Permissions ?? "[]")!.Where(one => one.StartsWith(OpenIddict.Abstractions.OpenIddictConstants.Permissions.Prefixes.Scope, StringComparison.Ordinal))
            .Select(one => one[OpenIddict.Abstractions.OpenIddictConstants.Permissions.Prefixes.Scope.Length..])];

    public void SetScopes(IReadOnlyCollection<string> scopes) => Permissions = JsonSerializer.Serialize<string[]>(
    [
        OpenIddict.Abstractions.OpenIddictConstants.Permissions.Endpoints.Token,
        OpenIddict.Abstractions.OpenIddictConstants.Permissions.GrantTypes.ClientCredentials,
        .. Web.Scopes.All.Where(scopes.Contains).Select(scope => OpenIddict.Abstractions.OpenIddictConstants.Permissions.Prefixes.Scope + scope),
    ]);

    public static ApiClient New(ClientId id, string name, Act act) => new()
    {
        Id = id.Value,
        ClientId = id.ToString(),
        ClientType = ClientTypes.Confidential,
        DisplayName = name,
        RegisteredAt = act.Now,
        RegisteredBy = act.Actor.Person,
    };
}

/// <summary>OpenIddict's model asks for these types; no token and no authorization is stored, so neither is a table.</summary>
internal sealed class UnusedAuthorization : OpenIddictEntityFrameworkCoreAuthorization<Guid, ApiClient, UnusedToken>;

internal sealed class UnusedToken : OpenIddictEntityFrameworkCoreToken<Guid, ApiClient, UnusedAuthorization>;

internal sealed class UnusedScope : OpenIddictEntityFrameworkCoreScope<Guid>;

internal sealed class ClientBranch
{
    public required Guid Client { get; init; }

    public required BranchId Branch { get; init; }
}

/// <summary>A secret that was shown once. Good until it ends; the newest has no end.</summary>
internal sealed class ClientSecret
{
    public required ClientSecretId Id { get; init; }

    public required Guid Client { get; init; }

    /// <summary>SHA-256 of 32 random bytes as they were shown: such a secret is not guessed, so it needs no slow hash.</summary>
    public required byte[] Hash { get; init; }

    public required DateTime MadeAt { get; init; }

    public DateTime? EndsAt { get; set; }
}

/// <summary>A self-signed certificate that the client may show instead of a secret (RFC 8705, 2.2).</summary>
internal sealed class ClientCertificate
{
    public required ClientCertificateId Id { get; init; }

    public required Guid Client { get; init; }

    /// <summary>SHA-256 of the certificate, in lower-case hexadecimal.</summary>
    public required string Thumbprint { get; init; }

    public required DateTime From { get; init; }

    public required DateTime Until { get; init; }

    public required DateTime AddedAt { get; init; }

    public DateTime? RemovedAt { get; set; }
}

internal sealed class ClientTables : IEntityTypeConfiguration<ApiClient>, IEntityTypeConfiguration<ClientBranch>, IEntityTypeConfiguration<ClientSecret>,
    IEntityTypeConfiguration<ClientCertificate>
{
    public const int NameLength = 100, NetworksLength = 500;

    public void Configure(EntityTypeBuilder<ApiClient> builder)
    {
        builder.ToTable("client");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.ClientId).HasMaxLength(36).IsRequired();
        builder.HasIndex(row => row.ClientId).IsUnique();
        builder.Property(row => row.ClientType).HasMaxLength(20).IsRequired();
        builder.Property(row => row.DisplayName).HasMaxLength(NameLength).IsRequired();
        builder.Property(row => row.Permissions).HasMaxLength(1000).IsRequired();
        builder.Property(row => row.Networks).HasMaxLength(NetworksLength);
        builder.Property(row => row.LastAddress).HasMaxLength(45);
        builder.Ignore(row => row.Key).Ignore(row => row.Authorizations).Ignore(row => row.Tokens).Ignore(row => row.ClientSecret).Ignore(row => row.ConcurrencyToken)
            .Ignore(row => row.ApplicationType).Ignore(row => row.ConsentType).Ignore(row => row.DisplayNames).Ignore(row => row.JsonWebKeySet)
            .Ignore(row => row.PostLogoutRedirectUris).Ignore(row => row.Properties).Ignore(row => row.RedirectUris).Ignore(row => row.Requirements).Ignore(row => row.Settings);
    }

    public void Configure(EntityTypeBuilder<ClientBranch> builder)
    {
        builder.ToTable("client_branch");
        builder.HasKey(row => new { row.Client, row.Branch });
        builder.HasOne<ApiClient>().WithMany().HasForeignKey(row => row.Client);
    }

    public void Configure(EntityTypeBuilder<ClientSecret> builder)
    {
        builder.ToTable("client_secret");
        builder.HasIndex(row => row.Client);
        builder.HasOne<ApiClient>().WithMany().HasForeignKey(row => row.Client);
    }

    public void Configure(EntityTypeBuilder<ClientCertificate> builder)
    {
        builder.ToTable("client_certificate");
        builder.Property(row => row.Thumbprint).HasMaxLength(64);
        builder.HasIndex(row => new { row.Client, row.Thumbprint }).IsUnique().HasFilter("removed_at IS NULL");
        builder.HasOne<ApiClient>().WithMany().HasForeignKey(row => row.Client);
    }
}
