using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>
/// A code in two halves by which a person takes their sign-in into possession: one half is handed over at the counter, the other sent to
/// the registered address. The halves are hashed as one, so that nobody learns which of the two was wrong.
/// </summary>
internal sealed class Activation : IVersioned
{
    public required Guid Id { get; init; }

    public required Guid User { get; init; }

    /// <summary>Keyed hash of both halves as one. 80 random bits, five tries and a key outside the database: nothing to gain by a slow hash.</summary>
    public required Blind Code { get; init; }

    /// <summary>Who has the counter's half, and so cannot be the second officer who confirms the passkey; null for the software's set-up.</summary>
    public required PersonId? MadeBy { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Used, or replaced by a newer one.</summary>
    public DateTime? EndedAt { get; set; }

    public long Version { get; set; }

    public bool Open(DateTime now) => EndedAt is null && now < ExpiresAt && Attempts < SignInLimits.ActivationAttempts;

    /// <summary>Hyphens, blanks and case are for reading only.</summary>
    public static Blind Hash(Seals seals, Guid user, string counterHalf, string sentHalf) =>
        seals.Blind($"activation|{user}", Readable.Strip(counterHalf) + Readable.Strip(sentHalf));

    public bool Matches(Blind typed) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code.Value), Encoding.ASCII.GetBytes(typed.Value));
}

internal sealed class ActivationTable : IEntityTypeConfiguration<Activation>
{
    public void Configure(EntityTypeBuilder<Activation> builder)
    {
        builder.ToTable("activation");
        builder.HasIndex(row => row.User).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.User);
    }
}
