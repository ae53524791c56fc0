using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data.Sealing;

namespace Strongroom.Data.Blobs;

/// <summary>A photograph or document of one person. Never changed: other bytes are another blob.</summary>
public sealed class Blob
{
    /// <summary>
    /// Keyed hash of the owner and the content, in base64url: the same picture of the same person is stored once, and equal pictures
    /// of two persons do not match.
    /// </summary>
    public required string Id { get; init; }

    public required PersonId Owner { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Bytes in the clear.</summary>
    public required long Length { get; init; }

    public required DateTime StoredAt { get; init; }

    /// <summary>Sealed under the owner's key; null where the bytes lie in the folder, under the id's name.</summary>
    public required Sealed<byte[]>? Content { get; init; }
}

internal sealed class BlobTable : IEntityTypeConfiguration<Blob>
{
    public void Configure(EntityTypeBuilder<Blob> builder)
    {
        builder.ToTable("blob");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(Blind.Length);
        builder.Property(row => row.MediaType).HasMaxLength(100);
        builder.HasIndex(row => row.Owner);
    }
}
