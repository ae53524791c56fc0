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

    public required DateTime Until { get; init; }
}

internal sealed class BranchesTables : IEntityTypeConfiguration<Branch>, IEntityTypeConfiguration<Holiday>, IEntityTypeConfiguration<Vault>,
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
        builder.HasKey(row => new { row.Locker, row.Number });
        builder.Property(row => row.Number).HasMaxLength(20);
        builder.HasIndex(row => new { row.Number, row.Locker });
        builder.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
    }
}
