using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>What a person signs in with. A person has at most one; officers and account holders are alike here.</summary>
public sealed class User : IdentityUser<Guid>, IVersioned
{
    public required PersonId Person { get; set; }

    /// <summary>A disabled user's next request is refused, whatever session it comes from.</summary>
    public bool Disabled { get; set; }

    /// <summary>TOTP secret, sealed with the bank's key; null until enrolled.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>Last 30-second step a code was accepted for: each code counts once.</summary>
    public long TotpLastStep { get; set; }

    public long Version { get; set; }

    public UserId Key => new(Id);
}

/// <summary>
/// Identity's user and its passkeys, and nothing else of Identity's schema: roles, claims, e-mail, telephone, stamps and its lockout (which
/// ignores the clock we pass) are ours elsewhere, and columns that nobody fills would only invite somebody to.
/// </summary>
internal sealed class UserTables : IEntityTypeConfiguration<User>, IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("app_user");
        builder.Property(user => user.UserName).HasMaxLength(60);
        builder.Property(user => user.NormalizedUserName).HasMaxLength(60);
        builder.HasIndex(user => user.NormalizedUserName).IsUnique();
        builder.HasIndex(user => user.Person).IsUnique();
        builder.Ignore(user => user.Key);
        builder.Ignore(user => user.ConcurrencyStamp).Ignore(user => user.SecurityStamp)
            .Ignore(user => user.Email).Ignore(user => user.NormalizedEmail).Ignore(user => user.EmailConfirmed)
            .Ignore(user => user.PhoneNumber).Ignore(user => user.PhoneNumberConfirmed)
            .Ignore(user => user.LockoutEnd).Ignore(user => user.LockoutEnabled).Ignore(user => user.AccessFailedCount)
            .Ignore(user => user.TwoFactorEnabled);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("user_passkey");
        builder.HasKey(passkey => passkey.CredentialId);
        builder.Property(passkey => passkey.CredentialId).HasMaxLength(1024);
        builder.OwnsOne(passkey => passkey.Data).ToJson();
        builder.HasIndex(passkey => passkey.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(passkey => passkey.UserId);
    }
}
