using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Exchange.Merging;

/// <summary>
/// That two records are one person: asked by one officer with a reason, signed by another, carried out. It names what both of them saw, so that a record
/// that changed meanwhile is looked at again.
/// </summary>
internal sealed class Merge
{
    public const string ReasonColumn = "person_merge.reason";

    public required MergeId Id { get; init; }

    public required PersonId Stays { get; init; }

    public required PersonId Goes { get; init; }

    public required long VersionOfStays { get; init; }

    public required long VersionOfGoes { get; init; }

    /// <summary>Whose officers decide it.</summary>
    public required BranchId Branch { get; init; }

    /// <summary>Sealed under the key of the record that stays.</summary>
    public required Sealed<string> Reason { get; init; }

    public required DateTime AskedAt { get; init; }

    public required PersonId AskedBy { get; init; }

    public required SignatureId Signature { get; init; }

    public DateTime? DoneAt { get; set; }

    /// <summary>The second officer.</summary>
    public PersonId? SignedBy { get; set; }
}

internal sealed class MergeTable : IEntityTypeConfiguration<Merge>
{
    public void Configure(EntityTypeBuilder<Merge> builder)
    {
        builder.ToTable("person_merge");
        builder.HasIndex(row => row.Goes).IsUnique().HasFilter("done_at IS NOT NULL");
    }
}
