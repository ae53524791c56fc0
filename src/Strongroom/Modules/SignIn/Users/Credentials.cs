using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Provider;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>What beside the password a user has to sign in with.</summary>
internal static class Credentials
{
    public static Task<bool> HasPasskey(StrongroomDb db, Guid user, CancellationToken cancel) =>
        db.Set<IdentityUserPasskey<Guid>>().AnyAsync(passkey => passkey.UserId == user, cancel);

    public static async Task<bool> HasSecondFactor(StrongroomDb db, User user, CancellationToken cancel) =>
        user.TotpSecret is not null || await HasPasskey(db, user.Id, cancel);

    public static async Task RemoveAll(StrongroomDb db, User user, CancellationToken cancel)
    {
        user.PasswordHash = null;
        user.TotpSecret = null;
        var passkeys = await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == user.Id).ToListAsync(cancel);
        await YoungPasskeys.Forget(db, passkeys, cancel);
        db.RemoveRange(passkeys);
        await RemoveRecoveryCodes(db, user, cancel);
        db.RemoveRange(await db.Set<ProviderLink>().Where(link => link.User == user.Id).ToListAsync(cancel));
    }

    public static async Task RemoveRecoveryCodes(StrongroomDb db, User user, CancellationToken cancel) =>
        db.RemoveRange(await db.Set<RecoveryCode>().Where(code => code.User == user.Id).ToListAsync(cancel));
}

/// <summary>
/// One of ten codes on paper for the day the telephone is lost; each counts once. 120 random bits, so a keyed hash suffices: there is
/// nothing to guess even for who has the table and the key.
/// </summary>
internal sealed class RecoveryCode : IVersioned
{
    public const int Characters = 24, Group = 4;

    public required Guid Id { get; init; }

    public required Guid User { get; init; }

    public required Data.Sealing.Blind Code { get; init; }

    public DateTime? UsedAt { get; set; }

    public long Version { get; set; }

    public static Data.Sealing.Blind Hash(Data.Sealing.Seals seals, Guid user, string typed) => seals.Blind($"recovery-code|{user}", Readable.Strip(typed));
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_code");
        builder.HasIndex(row => new { row.User, row.Code }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.User);
    }
}
