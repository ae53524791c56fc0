using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Provider;

/// <summary>
/// That an account at the bank's provider is this officer's. Told by issuer and subject, which are never given to another; an e-mail address or a user
/// name may be. Kept as a keyed hash: it is only ever compared.
/// </summary>
internal sealed class ProviderLink : IVersioned
{
    public required Guid Id { get; init; }

    public required Guid User { get; init; }

    public required Blind Account { get; init; }

    public required DateTime LinkedAt { get; init; }

    public long Version { get; set; }

    // The length of the issuer keeps two pairs apart whose joined texts are one.
    public static Blind AccountOf(Seals seals, string issuer, string subject) => seals.Blind("provider-account", $"{issuer.Length}|{issuer}|{subject}");
}

internal sealed class ProviderLinkTable : IEntityTypeConfiguration<ProviderLink>
{
    public void Configure(EntityTypeBuilder<ProviderLink> builder)
    {
        builder.ToTable("provider_link");
        builder.HasIndex(row => row.Account).IsUnique();
        builder.HasIndex(row => row.User).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.User);
    }
}
