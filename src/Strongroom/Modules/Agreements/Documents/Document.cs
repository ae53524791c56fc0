using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Modules.Agreements.Documents;

public enum DocumentKind { SignedAgreement, LetterOfAuthority, NominationForm, CourtOrder, DeathCertificate, Other }

/// <summary>A scanned paper of an agreement. The scan itself lies in Data/Blobs, sealed under the first hirer's key. Added, never changed or removed; sealed anew when its hirer's record is merged.</summary>
internal sealed class Document
{
    public required DocumentId Id { get; init; }

    public required AgreementId Agreement { get; init; }

    public required DocumentKind Kind { get; init; }

    public required string Blob { get; set; }

    public required string MediaType { get; init; }

    /// <summary>Bytes in the clear.</summary>
    public required long Length { get; init; }

    public required DateTime AddedAt { get; init; }

    public required PersonId? AddedBy { get; init; }
}

internal sealed class DocumentTable : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable("agreement_document");
        builder.Property(row => row.Blob).HasMaxLength(64);
        builder.Property(row => row.MediaType).HasMaxLength(100);
        builder.HasIndex(row => row.Agreement);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
    }
}
