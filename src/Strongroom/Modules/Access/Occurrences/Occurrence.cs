using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Modules.Access.Occurrences;

/// <summary>Something that went wrong at the vault: who noticed it, and whether the manager has seen to it. What was written stays.</summary>
internal sealed class Occurrence : IVersioned
{
    public const string NotePlace = "occurrence.note", AnswerPlace = "occurrence.answer";

    public required OccurrenceId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required OccurrenceKind Kind { get; init; }

    public LockerId? Locker { get; init; }

    /// <summary>The hire of the locker at that time.</summary>
    public AgreementId? Agreement { get; init; }

    public VisitId? Visit { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Null when the software noticed it.</summary>
    public PersonId? By { get; init; }

    /// <summary>The officer's words, sealed for the bank.</summary>
    public byte[]? Note { get; init; }

    public DateTime? SeenAt { get; set; }

    public PersonId? SeenBy { get; set; }

    /// <summary>What the manager did about it, sealed for the bank.</summary>
    public byte[]? Answer { get; set; }

    public long Version { get; set; }
}

internal sealed class OccurrenceTable : IEntityTypeConfiguration<Occurrence>
{
    public void Configure(EntityTypeBuilder<Occurrence> builder)
    {
        builder.ToTable("occurrence");
        builder.HasIndex(row => new { row.Branch, row.At });
        builder.HasIndex(row => row.Locker);
        // The job that notices a long visit notices it once.
        builder.HasIndex(row => row.Visit).IsUnique().HasFilter("kind = 'LongInside'");
        builder.HasOne<Visit>().WithMany().HasForeignKey(row => row.Visit);
    }
}
