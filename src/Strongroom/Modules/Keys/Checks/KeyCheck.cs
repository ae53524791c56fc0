using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;

namespace Strongroom.Modules.Keys.Checks;

/// <summary>
/// R20k: a surprise verification of a branch's guard keys by an officer who was drawn by lot and is no custodian. One waits a branch at a time.
/// </summary>
internal sealed class KeyCheck : IVersioned
{
    public const string NotePlace = "key_check.note";

    public required KeyCheckId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required DateTime DrawnAt { get; init; }

    public required PersonId DrawnBy { get; init; }

    /// <summary>Who was drawn, and among how many.</summary>
    public required PersonId Officer { get; init; }

    public required int Among { get; init; }

    /// <summary>To be done by then; a surprise that is known for long is none.</summary>
    public required DateTime DueAt { get; init; }

    public DateTime? DoneAt { get; set; }

    /// <summary>The custodian who showed the keys.</summary>
    public SignatureId? ShownBy { get; set; }

    public int? Seen { get; set; }

    /// <summary>Numbers of guard keys that were not shown; empty when all were.</summary>
    public string? Missing { get; set; }

    /// <summary>The officer's words, sealed for the bank.</summary>
    public byte[]? Note { get; set; }

    public long Version { get; set; }
}

internal sealed class KeyCheckTable : IEntityTypeConfiguration<KeyCheck>
{
    public void Configure(EntityTypeBuilder<KeyCheck> builder)
    {
        builder.ToTable("key_check");
        builder.HasIndex(row => row.Branch).IsUnique().HasFilter("done_at IS NULL");
        builder.HasIndex(row => new { row.Branch, row.DrawnAt });
        builder.Property(row => row.Missing).HasMaxLength(500);
    }
}
