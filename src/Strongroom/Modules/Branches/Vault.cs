using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;

namespace Strongroom.Modules.Branches;

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

internal sealed class VaultTables : IEntityTypeConfiguration<Vault>, IEntityTypeConfiguration<Cabinet>, IEntityTypeConfiguration<Inspection>
{
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

    public void Configure(EntityTypeBuilder<Inspection> builder)
    {
        builder.ToTable("inspection");
        builder.Property(row => row.Firm).HasMaxLength(100);
        builder.HasIndex(row => new { row.Vault, row.Kind, row.DoneOn });
        builder.HasOne<Vault>().WithMany().HasForeignKey(row => row.Vault);
    }
}
