using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;

namespace Strongroom.Modules.Branches;

/// <summary>The bank's own name for a size. Letters are not comparable between banks.</summary>
internal sealed class LockerType : IVersioned
{
    public required LockerTypeId Id { get; init; }

    public required string Code { get; set; }

    public required SizeClass SizeClass { get; set; }

    /// <summary>Millimetres.</summary>
    public required int Height { get; set; }

    public required int Width { get; set; }

    public required int Depth { get; set; }

    public long Version { get; set; }
}

internal sealed class Locker : IVersioned
{
    public required LockerId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required CabinetId Cabinet { get; init; }

    public required LockerTypeId Type { get; init; }

    /// <summary>Printed number, unique in its branch now.</summary>
    public required string Number { get; set; }

    /// <summary>Since when it has this number; null for the number it came with.</summary>
    public DateTime? NumberSince { get; set; }

    public required LockKind Lock { get; init; }

    public required LockerCondition Condition { get; set; }

    /// <summary>Why it is in its condition and since when; null while it has never changed.</summary>
    public ConditionReason? ConditionReason { get; set; }

    public DateTime? ConditionSince { get; set; }

    /// <summary>
    /// The register it came from did not say that it is vacant, or said what speaks against it. While no agreement was ever made for it, nobody knows
    /// whether something lies in it: it is not let.
    /// </summary>
    public bool OccupantUnknown { get; set; }

    /// <summary>What the register it came from remarked; its hire gets a hold for it.</summary>
    public RegisterRemark? Remark { get; init; }

    /// <summary>Position in the cabinet, from the top left, counted from 1.</summary>
    public required int Row { get; set; }

    public required int Column { get; set; }

    public long Version { get; set; }
}

/// <summary>A number that was printed on the locker before, or that two lockers of one branch had after a merger: it is still found by it.</summary>
internal sealed class FormerNumber
{
    public required LockerId Locker { get; init; }

    public required string Number { get; init; }

    /// <summary>Null when it had the number before it came into these books.</summary>
    public DateTime? From { get; init; }

    public required DateTime Until { get; init; }
}

internal sealed class LockerTables : IEntityTypeConfiguration<LockerType>, IEntityTypeConfiguration<Locker>, IEntityTypeConfiguration<FormerNumber>
{
    public void Configure(EntityTypeBuilder<LockerType> builder)
    {
        builder.ToTable("locker_type");
        builder.Property(row => row.Code).HasMaxLength(10);
        builder.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Locker> builder)
    {
        builder.ToTable("locker");
        builder.Property(row => row.Number).HasMaxLength(20);
        builder.HasIndex(row => new { row.Branch, row.Number }).IsUnique();
        // To find a number in all branches at once.
        builder.HasIndex(row => new { row.Number, row.Branch });
        builder.HasIndex(row => new { row.Cabinet, row.Row, row.Column }).IsUnique();
        builder.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
        builder.HasOne<Cabinet>().WithMany().HasForeignKey(row => row.Cabinet);
        builder.HasOne<LockerType>().WithMany().HasForeignKey(row => row.Type);
    }

    public void Configure(EntityTypeBuilder<FormerNumber> builder)
    {
        builder.ToTable("former_number");
        // With its end: a locker may have the same number twice, with another one between.
        builder.HasKey(row => new { row.Locker, row.Number, row.Until });
        builder.Property(row => row.Number).HasMaxLength(20);
        builder.HasIndex(row => new { row.Number, row.Locker });
        builder.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
    }
}
