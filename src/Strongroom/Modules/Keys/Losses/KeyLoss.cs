using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Keys.Losses;

/// <summary>
/// A hirer reported a key lost, and the lock is replaced (R21k). A key that was out of the hirer's hands may have been copied, so it does not come back: the
/// report ends with a new lock.
/// </summary>
internal sealed class KeyLoss : IVersioned
{
    private const string HowPlace = "key_loss.how";

    public required KeyLossId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required LockerId Locker { get; init; }

    public required KeyId Key { get; init; }

    /// <summary>As the hirer tells it, in the branch's days.</summary>
    public required DateOnly LostOn { get; init; }

    public required PersonId Reporter { get; init; }

    /// <summary>The hirer's words, sealed with the bank's key.</summary>
    public required byte[] How { get; init; }

    /// <summary>Number of the paper on which the hirer undertook to answer for what the lost key opens until the lock is new.</summary>
    public required string Undertaking { get; init; }

    /// <summary>What policy asked for on that day. Not collected here.</summary>
    public required Money Charge { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public required DateTime ReportedAt { get; init; }

    /// <summary>The officer who took the report.</summary>
    public required PersonId TakenBy { get; init; }

    /// <summary>The request that was made last.</summary>
    public ApprovalId? Approval { get; set; }

    public DateTime? ReplacedAt { get; set; }

    /// <summary>Stamped on the new lock.</summary>
    public string? LockNumber { get; set; }

    /// <summary>In whose presence the locker was opened.</summary>
    public PersonId? Present { get; set; }

    public SignatureId? SecondOfficer { get; set; }

    public long Version { get; set; }

    public static byte[] SealHow(Seals seals, KeyLossId id, string how) => seals.SealForBank($"{HowPlace}|{id}", Encoding.UTF8.GetBytes(how));

    public string HowBy(Seals seals) => Encoding.UTF8.GetString(seals.OpenForBank($"{HowPlace}|{Id}", How));

    public LockToReplace ToReplace => new(Id, Locker, Key, LostOn, Reporter, Undertaking, Charge.Minor, Currency);
}

internal sealed class KeyLossTable : IEntityTypeConfiguration<KeyLoss>
{
    public const int UndertakingLength = 40, LockNumberLength = 30;

    public void Configure(EntityTypeBuilder<KeyLoss> builder)
    {
        builder.ToTable("key_loss");
        builder.Property(row => row.Undertaking).HasMaxLength(UndertakingLength);
        builder.Property(row => row.Currency).HasMaxLength(3);
        builder.Property(row => row.LockNumber).HasMaxLength(LockNumberLength);
        builder.HasIndex(row => row.Locker).IsUnique().HasFilter("replaced_at IS NULL");
        builder.HasIndex(row => row.Key);
        builder.HasOne<Key>().WithMany().HasForeignKey(row => row.Key);
    }
}
