using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers.Consents;

/// <summary>That a person agreed to something of their own free will, and until when. Given and withdrawn, never edited; it goes over to the record that stays when two are merged.</summary>
internal sealed class Consent
{
    public required ConsentId Id { get; init; }

    public required PersonId Person { get; set; }

    public required ConsentPurpose Purpose { get; init; }

    public required ConsentWay GivenBy { get; init; }

    public required DateTime GivenAt { get; init; }

    public ConsentWay? WithdrawnBy { get; set; }

    public DateTime? WithdrawnAt { get; set; }
}

internal sealed class ConsentTable : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consent");
        builder.HasIndex(row => new { row.Person, row.Purpose }).IsUnique().HasFilter("withdrawn_at IS NULL");
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
    }
}
