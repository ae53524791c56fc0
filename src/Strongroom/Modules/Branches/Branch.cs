using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;

namespace Strongroom.Modules.Branches;

/// <summary>An office of the bank.</summary>
internal sealed class Branch : IVersioned
{
    public required BranchId Id { get; init; }

    /// <summary>The bank's own number of the branch; unique.</summary>
    public required string Code { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA time zone, "Asia/Kolkata".</summary>
    public required string Zone { get; set; }

    /// <summary>Jurisdiction pack, "IN".</summary>
    public required string Jurisdiction { get; set; }

    public required LocationClass LocationClass { get; set; }

    /// <summary>Vault hours of the week as JSON of <see cref="WeekHours"/>; empty until a person has confirmed them.</summary>
    public required string Hours { get; set; }

    /// <summary>Zone and law are an import's guess: no hours can be set, and so no day opened, before a person has confirmed them.</summary>
    public bool Proposed { get; set; }

    public long Version { get; set; }
}

internal sealed class Holiday
{
    public required BranchId Branch { get; init; }

    public required DateOnly Date { get; init; }

    public required string Name { get; init; }
}

/// <summary>A day on which the vault is served otherwise than the week says: shorter, longer, or not at all. It stands before a holiday, too.</summary>
internal sealed class HoursException
{
    public required BranchId Branch { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Null, like <see cref="Closes"/>, on a day that is closed.</summary>
    public required TimeOnly? Opens { get; init; }

    public required TimeOnly? Closes { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The guarded room. Admission and check-out count the parties inside; the database refuses a count below zero or above the limit.</summary>
internal sealed class Vault : IVersioned
{
    public required VaultId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required string Name { get; set; }

    /// <summary>How many parties may be inside at a time.</summary>
    public required int PartyLimit { get; set; }

    public int PartiesInside { get; set; }

    public long Version { get; set; }
}

internal sealed class Cabinet : IVersioned
{
    public required CabinetId Id { get; init; }

    public required VaultId Vault { get; init; }

    public required string Name { get; set; }

    public string? Make { get; set; }

    public string? Model { get; set; }

    public long Version { get; set; }
}

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

/// <summary>Somebody looked at what guards the vault (R19e). Written once; the next one makes it old.</summary>
internal sealed class Inspection
{
    public required InspectionId Id { get; init; }

    public required VaultId Vault { get; init; }

    public required InspectionKind Kind { get; init; }

    public required DateOnly DoneOn { get; init; }

    public required InspectionResult Result { get; init; }

    /// <summary>The firm whose technician did it; null when the bank's own people looked.</summary>
    public required string? Firm { get; init; }

    public required DateTime RecordedAt { get; init; }

    public required PersonId? RecordedBy { get; init; }
}

internal sealed class BranchesTables : IEntityTypeConfiguration<Branch>, IEntityTypeConfiguration<Holiday>,
    IEntityTypeConfiguration<HoursException>, IEntityTypeConfiguration<Inspection>, IEntityTypeConfiguration<Vault>,
    IEntityTypeConfiguration<Cabinet>, IEntityTypeConfiguration<LockerType>, IEntityTypeConfiguration<Locker>,
    IEntityTypeConfiguration<FormerNumber>
{
    public void Configure(EntityTypeBuilder<Branch> builder)
    {
        builder.ToTable("branch");
        builder.Property(row => row.Code).HasMaxLength(20);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Zone).HasMaxLength(60);
        builder.Property(row => row.Jurisdiction).HasMaxLength(10);
        builder.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Holiday> builder)
    {
        builder.ToTable("holiday");
        builder.HasKey(row => new { row.Branch, row.Date });
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
    }

    public void Configure(EntityTypeBuilder<HoursException> builder)
    {
        builder.ToTable("hours_exception");
        builder.HasKey(row => new { row.Branch, row.Date });
        builder.Property(row => row.Reason).HasMaxLength(100);
        builder.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
    }

    public void Configure(EntityTypeBuilder<Inspection> builder)
    {
        builder.ToTable("inspection");
        builder.Property(row => row.Firm).HasMaxLength(100);
        builder.HasIndex(row => new { row.Vault, row.Kind, row.DoneOn });
        builder.HasOne<Vault>().WithMany().HasForeignKey(row => row.Vault);
    }

    public void Configure(EntityTypeBuilder<Vault> builder)
    {
        builder.ToTable("vault", table => table.HasCheckConstraint("ck_vault_parties", "parties_inside >= 0 AND parties_inside <= party_limit"));
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.HasIndex(row => new { row.Branch, row.Name }).IsUnique();
        builder.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
    }

    public void Configure(EntityTypeBuilder<Cabinet> builder)
    {
        builder.ToTable("cabinet");
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.HasIndex(row => new { row.Vault, row.Name }).IsUnique();
        builder.HasOne<Vault>().WithMany().HasForeignKey(row => row.Vault);
    }

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
