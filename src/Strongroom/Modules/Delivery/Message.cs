using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery;

/// <summary>One message to one address. Written with the business rows, sent by the relay after the commit, at least once.</summary>
internal sealed class Message : IVersioned
{
    public required MessageId Id { get; init; }

    public required MessageMedium Medium { get; init; }

    /// <summary>Changes only when the record is merged into another of the same person.</summary>
    public required PersonId To { get; set; }

    /// <summary>Sealed under the addressee's key, as subject and body are.</summary>
    public required Sealed<string> Address { get; set; }

    /// <summary>Tells equal addresses apart from others, so that a message queued twice is one.</summary>
    public required Blind AddressBlind { get; init; }

    /// <summary>"a…@example.in", "+91…3210"; of a letter the place it goes to.</summary>
    public required string Masked { get; init; }

    public required Sealed<string> Subject { get; set; }

    /// <summary>Of a letter that waits to be printed, more may be added to it.</summary>
    public required Sealed<string> Body { get; set; }

    /// <summary>The text is for the addressee alone: no page shows it.</summary>
    public required bool Confidential { get; init; }

    /// <summary>What the message is for ("visit-alert") and the row it serves: one message a purpose, reference and address.</summary>
    public required string Purpose { get; init; }

    public required string ReferenceKind { get; init; }

    public required Guid Reference { get; init; }

    public required BranchId? Branch { get; init; }

    public required DateTime MadeAt { get; init; }

    public required MessageState State { get; set; }

    /// <summary>When a relay takes it next. Taking it moves this on (a lease), so that what a dead relay had taken comes due again.</summary>
    public required DateTime NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTime? AcceptedAt { get; set; }

    /// <summary>What the mail server said at the last attempt: its receipt or its refusal.</summary>
    public string? Receipt { get; set; }

    /// <summary>When it was known whether it arrived: the telephone's receipt, or the letter that came back.</summary>
    public DateTime? SettledAt { get; set; }

    public long Version { get; set; }
}

/// <summary>One try to hand the message over.</summary>
internal sealed class DeliveryAttempt
{
    public required MessageId Message { get; init; }

    public required int Number { get; init; }

    public required DateTime At { get; init; }

    public required bool Accepted { get; init; }

    public required string Answer { get; init; }
}

internal sealed class DeliveryTables : IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<DeliveryAttempt>
{
    public const int AnswerLength = 500;

    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("message");
        builder.Property(row => row.Masked).HasMaxLength(100);
        builder.Property(row => row.Purpose).HasMaxLength(40);
        builder.Property(row => row.ReferenceKind).HasMaxLength(40);
        builder.Property(row => row.Receipt).HasMaxLength(AnswerLength);
        builder.HasIndex(row => new { row.Purpose, row.Reference, row.AddressBlind }).IsUnique();
        builder.HasIndex(row => row.NextAttemptAt).HasFilter("state = 'Waiting'");
        builder.HasIndex(row => row.Reference);
        builder.HasIndex(row => new { row.Branch, row.NextAttemptAt }).HasFilter("state = 'ToPost'");
        builder.HasIndex(row => new { row.Branch, row.MadeAt });
    }

    public void Configure(EntityTypeBuilder<DeliveryAttempt> builder)
    {
        builder.ToTable("delivery_attempt");
        builder.HasKey(row => new { row.Message, row.Number });
        builder.Property(row => row.Answer).HasMaxLength(AnswerLength);
        builder.HasOne<Message>().WithMany().HasForeignKey(row => row.Message);
    }
}
