using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;

namespace Strongroom.Modules.Access.VaultRegister;

/// <summary>Why somebody who is no customer goes into the vault.</summary>
public enum EntryPurpose { ServiceOfVisits, PhysicalCheck, Inspection, Technician, Cleaning, Audit, Other }

/// <summary>
/// R19: all who enter the vault stand in a register, staff too. Customers stand there by their visits. Nothing is changed but the time of leaving.
/// </summary>
internal sealed class VaultEntry : IVersioned
{
    public const string CompanyPlace = "vault_entry.company";

    public required VaultEntryId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required VaultId Vault { get; init; }

    /// <summary>The officer who goes in, and answers for whoever comes along.</summary>
    public required PersonId Officer { get; init; }

    public required EntryPurpose Purpose { get; init; }

    /// <summary>Names and firm of those who came along (a technician, an auditor), sealed for the bank.</summary>
    public byte[]? Company { get; init; }

    public required DateTime EnteredAt { get; init; }

    public DateTime? LeftAt { get; set; }

    public long Version { get; set; }
}

internal sealed class VaultEntryTable : IEntityTypeConfiguration<VaultEntry>
{
    public void Configure(EntityTypeBuilder<VaultEntry> builder)
    {
        builder.ToTable("vault_entry");
        builder.HasIndex(row => new { row.Branch, row.EnteredAt });
        // Nobody is in two vaults at once.
        builder.HasIndex(row => row.Officer).IsUnique().HasFilter("left_at IS NULL");
    }
}
