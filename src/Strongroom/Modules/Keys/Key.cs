using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Keys;

/// <summary>A physical key: the guard key of a vault, or the hirer key of a locker.</summary>
internal sealed class Key : IVersioned
{
    public required KeyId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required KeyKind Kind { get; init; }

    /// <summary>The number stamped on the key, unique in its branch and kind.</summary>
    public required string Number { get; init; }

    /// <summary>Of a guard key: the vault whose lockers it serves.</summary>
    public VaultId? Vault { get; init; }

    /// <summary>Of a hirer key: its locker.</summary>
    public LockerId? Locker { get; init; }

    /// <summary>The bank's and branch's code is on the key (R17); null when nobody has looked.</summary>
    public bool? Embossed { get; set; }

    /// <summary>From this instant on it opens nothing; null while it does.</summary>
    public DateTime? EndedAt { get; set; }

    public KeyEnd? End { get; set; }

    public long Version { get; set; }
}

/// <summary>
/// Where a guard key was from one hand-over to the next. The row without an end is where it is now; one a key, by a partial unique index.
/// </summary>
internal sealed class Custody
{
    public required CustodyId Id { get; init; }

    public required KeyId Key { get; init; }

    /// <summary>The officer who holds it; null while it lies in the safe.</summary>
    public required PersonId? Holder { get; init; }

    public required DateTime From { get; init; }

    public DateTime? Until { get; set; }

    /// <summary>Who gave and who took, signed (R20k). Null only for the first entry, when the key is entered into the register.</summary>
    public required SignatureId? GivenBy { get; init; }

    public required SignatureId? TakenBy { get; init; }
}

/// <summary>
/// One stay of a key's duplicate in a sealed envelope at another branch (R20k). The row without an end lies there now; a duplicate that comes
/// back is sealed again, and that is a new row.
/// </summary>
internal sealed class Envelope : IVersioned
{
    public required EnvelopeId Id { get; init; }

    public required KeyId Key { get; init; }

    /// <summary>Where it lies: never the branch whose key it is.</summary>
    public required BranchId Branch { get; init; }

    /// <summary>Printed on the envelope; one of this number lies at the branch at a time.</summary>
    public required string Number { get; init; }

    public required DateTime From { get; init; }

    /// <summary>Who brought it and who took it in.</summary>
    public required SignatureId GivenBy { get; init; }

    public required SignatureId TakenBy { get; init; }

    public DateTime? Until { get; set; }

    public EnvelopeReason? Reason { get; set; }

    /// <summary>Who gave it out and who has the duplicate since.</summary>
    public SignatureId? OutGivenBy { get; set; }

    public SignatureId? OutTakenBy { get; set; }

    public long Version { get; set; }
}

internal sealed class KeysTables : IEntityTypeConfiguration<Key>, IEntityTypeConfiguration<Custody>, IEntityTypeConfiguration<Envelope>
{
    public void Configure(EntityTypeBuilder<Key> builder)
    {
        builder.ToTable("key");
        builder.Property(row => row.Number).HasMaxLength(30);
        builder.HasIndex(row => new { row.Branch, row.Kind, row.Number }).IsUnique();
        // To find a number in all branches at once.
        builder.HasIndex(row => new { row.Number, row.Branch });
        builder.HasIndex(row => row.Locker);
    }

    public void Configure(EntityTypeBuilder<Custody> builder)
    {
        builder.ToTable("custody");
        builder.HasIndex(row => row.Key).IsUnique().HasFilter("until IS NULL");
        builder.HasOne<Key>().WithMany().HasForeignKey(row => row.Key);
    }

    public void Configure(EntityTypeBuilder<Envelope> builder)
    {
        builder.ToTable("envelope");
        builder.Property(row => row.Number).HasMaxLength(30);
        builder.HasIndex(row => row.Key).IsUnique().HasFilter("until IS NULL");
        builder.HasIndex(row => new { row.Branch, row.Number }).IsUnique().HasFilter("until IS NULL");
        builder.HasOne<Key>().WithMany().HasForeignKey(row => row.Key);
    }
}
