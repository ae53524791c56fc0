using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Agreements.Nominations;

/// <summary>
/// What all hirers said about who shall have the contents: nominees in their order, or that they want none (R6, R7). One is in force; another takes its
/// place and the former stays to be read.
/// </summary>
internal sealed class Nomination
{
    public required NominationId Id { get; init; }

    public required AgreementId Agreement { get; init; }

    /// <summary>The day on which all hirers signed it (R62).</summary>
    public required DateOnly SignedOn { get; init; }

    /// <summary>The hirers declined to nominate; it blocks nothing (R7).</summary>
    public required bool Declined { get; init; }

    public required DateTime EnteredAt { get; init; }

    public required PersonId? EnteredBy { get; init; }

    /// <summary>R63: by the end of this day the hirers get the acknowledgement.</summary>
    public required DateOnly AcknowledgeBy { get; init; }

    public DateTime? AcknowledgedAt { get; set; }

    public PersonId? AcknowledgedBy { get; set; }

    public DateTime? ReplacedAt { get; set; }
}

/// <summary>In succession: the first who is alive gets the contents (R52). All words are sealed under the first hirer's key.</summary>
internal sealed class Nominee
{
    public const string NameColumn = "nominee.name", RelationColumn = "nominee.relation", BornOnColumn = "nominee.born_on", AdultColumn = "nominee.adult";

    public required NominationId Nomination { get; init; }

    /// <summary>1 comes first.</summary>
    public required int Position { get; init; }

    public required Sealed<string> Name { get; set; }

    public required Sealed<string> Relation { get; set; }

    public Sealed<DateOnly>? BornOn { get; set; }

    /// <summary>R61: who receives the contents for a minor.</summary>
    public Sealed<string>? Adult { get; set; }
}

internal sealed class NominationTables : IEntityTypeConfiguration<Nomination>, IEntityTypeConfiguration<Nominee>
{
    public void Configure(EntityTypeBuilder<Nomination> builder)
    {
        builder.ToTable("nomination");
        builder.HasIndex(row => row.Agreement).IsUnique().HasFilter("replaced_at IS NULL");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
    }

    public void Configure(EntityTypeBuilder<Nominee> builder)
    {
        builder.ToTable("nominee");
        builder.HasKey(row => new { row.Nomination, row.Position });
        builder.HasOne<Nomination>().WithMany().HasForeignKey(row => row.Nomination);
    }
}
