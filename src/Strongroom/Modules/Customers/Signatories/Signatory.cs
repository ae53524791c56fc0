using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Signatories;

/// <summary>
/// A person who may act for an organisation by its resolution. Entered and ended, never edited: another resolution is another row. Only when two
/// records are merged does it go over to the one that stays.
/// </summary>
internal sealed class Signatory
{
    public const string ResolutionColumn = "signatory.resolution";

    public required SignatoryId Id { get; init; }

    public required PersonId Organisation { get; set; }

    public required PersonId Person { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>The last day; null until ended.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>How many signatories must be there together, this one among them; 1 acts alone.</summary>
    public required int Together { get; init; }

    /// <summary>What the resolution says, in its own words; sealed under the organisation's key.</summary>
    public required Sealed<string> Resolution { get; set; }

    public required DateTime AddedAt { get; init; }

    public required PersonId? AddedBy { get; init; }

    public DateTime? EndedAt { get; set; }

    public PersonId? EndedBy { get; set; }
}

internal sealed class SignatoryTable : IEntityTypeConfiguration<Signatory>
{
    public void Configure(EntityTypeBuilder<Signatory> builder)
    {
        builder.ToTable("signatory");
        builder.HasIndex(row => new { row.Organisation, row.Person }).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(row => row.Person);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.Organisation);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.AddedBy);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.EndedBy);
    }
}
