using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Audit;

/// <summary>One thing that happened: canonical bytes and the leaf hash that the log's tree will hold. Never changed, never deleted.</summary>
internal sealed class AuditEvent
{
    public required EventId Id { get; init; }

    public required DateTime At { get; init; }

    public required string Kind { get; init; }

    /// <summary>The person who acted; null for the software itself.</summary>
    public required PersonId? Actor { get; init; }

    /// <summary>Canonical encoding, <see cref="AuditLog.Events.EventEncoding"/>.</summary>
    public required byte[] Body { get; init; }

    /// <summary>SHA-256(0x00 ‖ body): an RFC 6962 leaf.</summary>
    public required byte[] LeafHash { get; init; }
}

/// <summary>What an event is about, for timelines. The same subjects stand in the event's body.</summary>
internal sealed class AuditSubject
{
    public required EventId Event { get; init; }

    public required string Kind { get; init; }

    public required Guid Id { get; init; }
}

/// <summary>
/// The value behind a commitment in an event's body, sealed under its person's key. The body holds SHA-256(salt ‖ value) only:
/// when the person's key is destroyed this no longer opens, and the tree stays true.
/// </summary>
internal sealed class AuditDisclosure
{
    public required EventId Event { get; init; }

    public required string Name { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>salt (16) ‖ UTF-8 value.</summary>
    public required Sealed<byte[]> Opening { get; init; }
}

/// <summary>Events that have no leaf yet: written with the event, removed by the sequencer.</summary>
internal sealed class AuditPending
{
    public required EventId Event { get; init; }
}

internal sealed class AuditTables : IEntityTypeConfiguration<AuditEvent>, IEntityTypeConfiguration<AuditSubject>,
    IEntityTypeConfiguration<AuditDisclosure>, IEntityTypeConfiguration<AuditPending>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit_event");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Kind).HasMaxLength(80);
        builder.HasIndex(row => new { row.Actor, row.At });
        builder.HasIndex(row => new { row.Kind, row.At });
    }

    public void Configure(EntityTypeBuilder<AuditSubject> builder)
    {
        builder.ToTable("audit_subject");
        builder.HasKey(row => new { row.Kind, row.Id, row.Event });
        builder.Property(row => row.Kind).HasMaxLength(40);
        builder.HasOne<AuditEvent>().WithMany().HasForeignKey(row => row.Event);
    }

    public void Configure(EntityTypeBuilder<AuditDisclosure> builder)
    {
        builder.ToTable("audit_disclosure");
        builder.HasKey(row => new { row.Event, row.Name });
        builder.Property(row => row.Name).HasMaxLength(40);
        builder.HasOne<AuditEvent>().WithMany().HasForeignKey(row => row.Event);
    }

    public void Configure(EntityTypeBuilder<AuditPending> builder)
    {
        builder.ToTable("audit_pending");
        builder.HasKey(row => row.Event);
        builder.HasOne<AuditEvent>().WithMany().HasForeignKey(row => row.Event);
    }
}
