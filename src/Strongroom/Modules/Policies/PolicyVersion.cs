using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Modules.Policies;

/// <summary>One version of one policy, of the bank in a jurisdiction (no branch) or of a branch, in force from a date on until a newer one. Never edited.</summary>
internal sealed class PolicyVersion
{
    public required PolicyVersionId Id { get; init; }

    /// <summary>The policy record's name, "AccessPolicy".</summary>
    public required string Kind { get; init; }

    public required string Jurisdiction { get; init; }

    public required BranchId? Branch { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>1, 2, 3 … within kind and branch (for the bank: within kind and jurisdiction): what a decision stores.</summary>
    public required int Number { get; init; }

    /// <summary>The record's values in JSON; a value left out is the pack's default.</summary>
    public required string Values { get; init; }

    public required PersonId? MadeBy { get; init; }

    public required DateTime MadeAt { get; init; }
}

internal sealed class PoliciesTables : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("policy_version");
        builder.Property(row => row.Kind).HasMaxLength(60);
        builder.Property(row => row.Jurisdiction).HasMaxLength(10);
        // Two indexes, because a null branch is equal to no other null.
        builder.HasIndex(row => new { row.Kind, row.Branch, row.Number }).IsUnique().HasFilter("branch IS NOT NULL");
        builder.HasIndex(row => new { row.Kind, row.Jurisdiction, row.Number }).IsUnique().HasFilter("branch IS NULL");
    }
}
