using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Verifying;

/// <summary>A code that went to an address, and what became of it. One is open a channel; a new one ends the old.</summary>
internal sealed class ChannelCheck : IVersioned
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public const int Digits = 6, MostTries = 5;

    public required ChannelCheckId Id { get; init; }

    public required ChannelId Channel { get; init; }

    /// <summary>Of the check's id and the code: the code itself is in the message alone.</summary>
    public required Blind Code { get; init; }

    public required DateTime SentAt { get; init; }

    public int Tries { get; set; }

    public DateTime? EndedAt { get; set; }

    public long Version { get; set; }

    public bool OpenAt(DateTime now) => EndedAt is null && now < SentAt + Life && Tries < MostTries;

    public static Blind Hash(Seals seals, ChannelCheckId id, string code) => seals.Blind("channel-check", $"{id}|{code}");
}

internal sealed class ChannelCheckTable : IEntityTypeConfiguration<ChannelCheck>
{
    public void Configure(EntityTypeBuilder<ChannelCheck> builder)
    {
        builder.ToTable("channel_check");
        builder.HasIndex(row => row.Channel).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasOne<Channel>().WithMany().HasForeignKey(row => row.Channel);
    }
}
