using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.SignIn.Passkeys;

/// <summary>A second officer saw the person and an identity document, and that this passkey is theirs. Goes with the passkey.</summary>
internal sealed class PasskeyConfirmation
{
    public required byte[] CredentialId { get; init; }

    public required PersonId By { get; init; }

    public required PasskeyCheck Check { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>
/// Who takes over somebody's sign-in enrols a passkey first of all. For a day it opens no locker, so that the person, told of the activation,
/// can still stop it. Every new passkey counts as young and not the first alone: a thief with the password would just add a second one.
/// </summary>
internal static class YoungPasskeys
{
    public static async Task<bool> IsYoung(StrongroomDb db, UserPasskeyInfo passkey, DateTime now, CancellationToken cancel) =>
        IsYoung(passkey.CreatedAt, now)
        && !await db.Set<PasskeyConfirmation>().AnyAsync(confirmed => confirmed.CredentialId == passkey.CredentialId, cancel);

    /// <summary>Half open: after 24 hours to the millisecond it counts.</summary>
    public static bool IsYoung(DateTimeOffset created, DateTime now) => now - created.UtcDateTime < SignInLimits.PasskeyYouth;

    /// <summary>Before a passkey is removed: what was confirmed was this one.</summary>
    public static async Task Forget(StrongroomDb db, IEnumerable<IdentityUserPasskey<Guid>> passkeys, CancellationToken cancel)
    {
        var credentials = passkeys.Select(passkey => passkey.CredentialId).ToList();
        db.RemoveRange(await db.Set<PasskeyConfirmation>().Where(row => credentials.Contains(row.CredentialId)).ToListAsync(cancel));
    }
}

internal sealed class PasskeyConfirmationTable : IEntityTypeConfiguration<PasskeyConfirmation>
{
    public void Configure(EntityTypeBuilder<PasskeyConfirmation> builder)
    {
        builder.ToTable("passkey_confirmation");
        builder.HasKey(row => row.CredentialId);
        builder.Property(row => row.CredentialId).HasMaxLength(1024);
        builder.HasOne<IdentityUserPasskey<Guid>>().WithOne().HasForeignKey<PasskeyConfirmation>(row => row.CredentialId);
    }
}
