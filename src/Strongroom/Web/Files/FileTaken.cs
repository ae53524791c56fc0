using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Web.Files;

/// <summary>
/// Somebody took a file with names. Append-only, and numbered within the person: two files at once want the same number, and only one gets it, so that nobody
/// goes round the limit by asking for many at the same instant. The log's own event says which list it was.
/// </summary>
internal sealed class FileTaken
{
    public required PersonId Person { get; init; }

    /// <summary>1, 2, 3 … of the person.</summary>
    public required int Number { get; init; }

    public required int Rows { get; init; }

    /// <summary>Null for a file that nobody else was asked about: only these count towards what one takes alone.</summary>
    public required ApprovalId? Approval { get; init; }

    public required DateTime At { get; init; }
}

internal sealed class FileTables : IEntityTypeConfiguration<FileTaken>
{
    public void Configure(EntityTypeBuilder<FileTaken> builder)
    {
        builder.ToTable("file_taken");
        builder.HasKey(row => new { row.Person, row.Number });
        builder.HasIndex(row => new { row.Person, row.At });
    }
}
