using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Data;

/// <summary>
/// That a request was carried out, and what it answered. It commits with the business rows, so it is also how a caller who lost
/// the answer learns of it. Kept 30 days.
/// </summary>
public sealed class IdempotencyRow
{
    public const int KeyLength = 100;

    /// <summary>The user or client the key belongs to: two callers' keys never meet.</summary>
    public required Guid Owner { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the act and the canonical request.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>The answer in JSON; null where it held a secret that is shown once.</summary>
    public required string? Answer { get; init; }

    public required DateTime At { get; init; }

    internal static byte[] FingerprintOf(string act, object request) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(act + "\n" + JsonSerializer.Serialize(request, request.GetType())));
}

internal sealed class IdempotencyTable : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency");
        builder.HasKey(row => new { row.Owner, row.Key });
        builder.Property(row => row.Key).HasMaxLength(IdempotencyRow.KeyLength);
        builder.HasIndex(row => row.At);
    }
}

/// <summary>Marks an answer that holds a secret shown once: it is not kept, so a replay says only that it was done.</summary>
public interface IShownOnce;
