using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Data.Jobs;

/// <summary>One run of one job: the claim of the node that does it, its history and its outcome. Kept 90 days.</summary>
public sealed class JobRun
{
    public required string Job { get; init; }

    public required DateTime Due { get; init; }

    public required string Node { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>Null while it runs, and for ever when its node died; the next run finds what it left.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The exception's type and message; null when all went well.</summary>
    public string? Error { get; set; }
}

internal sealed class JobRunTable : IEntityTypeConfiguration<JobRun>
{
    public const int ErrorLength = 1000;

    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_run");
        builder.HasKey(row => new { row.Job, row.Due });
        builder.Property(row => row.Job).HasMaxLength(80);
        builder.Property(row => row.Node).HasMaxLength(100);
        builder.Property(row => row.Error).HasMaxLength(ErrorLength);
        builder.HasIndex(row => row.Due);
    }
}
