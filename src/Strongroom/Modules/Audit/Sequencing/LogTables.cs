using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>Where an event stands in the tree: dense from 0, given once.</summary>
internal sealed class AuditLeaf
{
    public required long Index { get; init; }

    public required EventId Event { get; init; }
}

/// <summary>A full tile of 256 hashes, or (level -1) a full bundle of 256 entries. It never changes again.</summary>
internal sealed class AuditTile
{
    public required int Level { get; init; }

    public required long Index { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>
/// The tree's right edge: of each level the tile that is not full yet, as wide as it is now. Narrower ones are its beginning. It can be made anew from
/// the events; full tiles can too, but those others have seen.
/// </summary>
internal sealed class AuditEdge
{
    public required int Level { get; init; }

    public required long Index { get; set; }

    /// <summary>1 to 255.</summary>
    public required int Width { get; set; }

    public required byte[] Bytes { get; set; }
}

/// <summary>A tree head that was signed and published.</summary>
internal sealed class AuditCheckpoint
{
    public required long Size { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Under which leadership it was made.</summary>
    public required long Epoch { get; init; }

    /// <summary>The signed note, without the witnesses' lines.</summary>
    public required byte[] Note { get; init; }
}

/// <summary>A witness's line under a checkpoint.</summary>
internal sealed class AuditCosignature
{
    public required long Size { get; init; }

    /// <summary>The witness's name, as in its key.</summary>
    public required string Witness { get; init; }

    public required string Line { get; init; }
}

/// <summary>A key by which the log is signed from a size on.</summary>
internal sealed class AuditLogKey
{
    /// <summary>The verifier key.</summary>
    public required string Key { get; init; }

    public required long FromSize { get; init; }
}

/// <summary>
/// Who may write the tree: one row. Whoever takes over an ended lease raises the epoch, and each transaction of a sequencer changes this row under the epoch
/// it knows: one that slept past its lease writes nothing any more.
/// </summary>
internal sealed class AuditSequencer
{
    public const int OnlyRow = 1;

    public int Id { get; init; } = OnlyRow;

    public required string Holder { get; set; }

    public required long Epoch { get; set; }

    public required DateTime Until { get; set; }

    /// <summary>When the holder last found that every event has its leaf, or gave some theirs.</summary>
    public required DateTime SeenAt { get; set; }

    /// <summary>Why nothing is appended; null when all is well.</summary>
    public string? Stopped { get; set; }

    /// <summary>The node that found it. It alone may find that all is well again: another's data directory may know less.</summary>
    public string? StoppedBy { get; set; }

    /// <summary>Since when people know that the log is late; null when it is not, or nobody was told yet.</summary>
    public DateTime? LateSince { get; set; }
}

internal sealed class LogTables : IEntityTypeConfiguration<AuditLeaf>, IEntityTypeConfiguration<AuditTile>, IEntityTypeConfiguration<AuditEdge>,
    IEntityTypeConfiguration<AuditCheckpoint>, IEntityTypeConfiguration<AuditCosignature>, IEntityTypeConfiguration<AuditLogKey>, IEntityTypeConfiguration<AuditSequencer>
{
    public const int StoppedLength = 1000;

    public void Configure(EntityTypeBuilder<AuditLeaf> builder)
    {
        builder.ToTable("audit_leaf");
        builder.HasKey(row => row.Index);
        builder.Property(row => row.Index).ValueGeneratedNever();
        builder.HasOne<AuditEvent>().WithOne().HasForeignKey<AuditLeaf>(row => row.Event);
    }

    public void Configure(EntityTypeBuilder<AuditTile> builder)
    {
        builder.ToTable("audit_tile");
        builder.HasKey(row => new { row.Level, row.Index });
    }

    public void Configure(EntityTypeBuilder<AuditEdge> builder)
    {
        builder.ToTable("audit_edge");
        builder.HasKey(row => row.Level);
        builder.Property(row => row.Level).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AuditCheckpoint> builder)
    {
        builder.ToTable("audit_checkpoint");
        builder.HasKey(row => row.Size);
        builder.Property(row => row.Size).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AuditCosignature> builder)
    {
        builder.ToTable("audit_cosignature");
        builder.HasKey(row => new { row.Size, row.Witness });
        builder.Property(row => row.Witness).HasMaxLength(200);
        builder.HasOne<AuditCheckpoint>().WithMany().HasForeignKey(row => row.Size);
    }

    public void Configure(EntityTypeBuilder<AuditLogKey> builder)
    {
        builder.ToTable("audit_log_key");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Key).HasMaxLength(300);
    }

    public void Configure(EntityTypeBuilder<AuditSequencer> builder)
    {
        builder.ToTable("audit_sequencer", table => table.HasCheckConstraint("ck_audit_sequencer_one_row", "id = 1"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Holder).HasMaxLength(200);
        builder.Property(row => row.Epoch).IsConcurrencyToken();
        builder.Property(row => row.LateSince).IsConcurrencyToken();
        builder.Property(row => row.Stopped).HasMaxLength(StoppedLength);
        builder.Property(row => row.StoppedBy).HasMaxLength(200);
    }
}
