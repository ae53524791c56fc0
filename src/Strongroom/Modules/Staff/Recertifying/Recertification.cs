using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Recertifying;

/// <summary>Somebody looked at a posting and said whether it is still needed. Append-only: an auditor reads who looked at what, year by year.</summary>
internal sealed class Recertification
{
    public required RecertificationId Id { get; init; }

    public required PostingId Posting { get; init; }

    public required Recertified Decision { get; init; }

    public required PersonId By { get; init; }

    public required DateTime At { get; init; }

    /// <summary>By when it was to be done.</summary>
    public required DateOnly WasDue { get; init; }

    /// <summary>Of one that was confirmed: by when it is to be done again.</summary>
    public required DateOnly? NextDue { get; init; }

    /// <summary>When the officer had last done anything that stands in the log, as the one who decided saw it; null when never.</summary>
    public required DateTime? LastActed { get; init; }
}

internal sealed class RecertificationTable : IEntityTypeConfiguration<Recertification>
{
    public void Configure(EntityTypeBuilder<Recertification> builder)
    {
        builder.ToTable("recertification");
        builder.HasIndex(row => new { row.Posting, row.At });
        builder.HasOne<Posting>().WithMany().HasForeignKey(row => row.Posting);
    }
}
