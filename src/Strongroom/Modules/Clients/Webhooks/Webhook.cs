using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Clients.Registered;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>An address of a client's, told of what happens: by kinds of events, as far as the client's scopes and branches go.</summary>
internal sealed class Webhook : IVersioned
{
    public required WebhookId Id { get; init; }

    public required Guid Client { get; init; }

    public required string Url { get; init; }

    /// <summary>Of <see cref="WebhookKinds"/>, separated by spaces.</summary>
    public required string Kinds { get; init; }

    /// <summary>32 bytes, sealed with the bank's key: we sign with it, so a hash would not do.</summary>
    public required byte[] Secret { get; set; }

    public byte[]? OldSecret { get; set; }

    /// <summary>Until then each message carries a signature by the old secret, too.</summary>
    public DateTime? OldUntil { get; set; }

    /// <summary>Who is told when it stops: the administrator who registered it, or the client that did. Null for the software.</summary>
    public required PersonId? Owner { get; init; }

    public required DateTime RegisteredAt { get; init; }

    /// <summary>Nobody answered for three days: what happens is held back until somebody resumes it.</summary>
    public DateTime? StoppedAt { get; set; }

    public DateTime? RemovedAt { get; set; }

    public long Version { get; set; }
}

/// <summary>Waiting for its next attempt; Accepted by the other side; GivenUp after the last attempt; Held because the webhook is stopped.</summary>
public enum DeliveryState { Waiting, Accepted, GivenUp, Held }

/// <summary>One event on its way to one webhook. Its id is the message's, the same at every attempt and replay, so that the other side knows it again.</summary>
internal sealed class WebhookDelivery : IVersioned
{
    public required WebhookDeliveryId Id { get; init; }

    public required WebhookId Webhook { get; init; }

    public required EventId Event { get; init; }

    public required string Kind { get; init; }

    public required DateTime HappenedAt { get; init; }

    public required DeliveryState State { get; set; }

    /// <summary>When its attempts began: when it was made, or replayed.</summary>
    public required DateTime Since { get; set; }

    public required DateTime NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>What came of the last attempt: a status or why there was none. Never what the other side wrote.</summary>
    public string? Answer { get; set; }

    public DateTime? AcceptedAt { get; set; }

    public long Version { get; set; }
}

/// <summary>The first place of the log that a webhook has not been looked at for.</summary>
internal sealed class WebhookCursor : IVersioned
{
    public required WebhookId Webhook { get; init; }

    public required long Next { get; set; }

    public long Version { get; set; }
}

internal sealed class WebhookTables : IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookDelivery>, IEntityTypeConfiguration<WebhookCursor>
{
    public const int UrlLength = 500;

    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhook");
        builder.Property(row => row.Url).HasMaxLength(UrlLength);
        builder.Property(row => row.Kinds).HasMaxLength(1000);
        builder.HasIndex(row => new { row.Client, row.Url }).IsUnique().HasFilter("removed_at IS NULL");
        builder.HasOne<ApiClient>().WithMany().HasForeignKey(row => row.Client);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_delivery");
        builder.Property(row => row.Kind).HasMaxLength(80);
        builder.Property(row => row.Answer).HasMaxLength(100);
        builder.HasIndex(row => new { row.Webhook, row.Event }).IsUnique();
        builder.HasIndex(row => new { row.Webhook, row.HappenedAt });
        builder.HasIndex(row => row.NextAttemptAt).HasFilter("state = 'Waiting'");
        builder.HasOne<Webhook>().WithMany().HasForeignKey(row => row.Webhook);
    }

    public void Configure(EntityTypeBuilder<WebhookCursor> builder)
    {
        builder.ToTable("webhook_cursor");
        builder.HasKey(row => row.Webhook);
        builder.HasOne<Webhook>().WithOne().HasForeignKey<WebhookCursor>(row => row.Webhook);
    }
}
