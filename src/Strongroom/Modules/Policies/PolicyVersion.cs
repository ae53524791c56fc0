using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Modules.Policies;

/// <summary>One version of one policy, of the bank (no branch) or of a branch, in force from a date on until a newer one. Never edited.</summary>
internal sealed class PolicyVersion
{
    public required PolicyVersionId Id { get; init; }

    /// <summary>The policy record's name, "AccessPolicy".</summary>
    public required string Kind { get; init; }

    public required BranchId? Branch { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>1, 2, 3 … within kind and branch: what a decision stores.</summary>
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
        builder.HasIndex(row => new { row.Kind, row.Branch, row.Number }).IsUnique();
        builder.HasIndex(row => new { row.Kind, row.EffectiveFrom });
    }
}
