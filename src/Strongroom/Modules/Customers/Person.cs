using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers;

/// <summary>
/// A natural person or an organisation known to the bank: hirer, signatory, agent, officer. Attributes are sealed; the name lives apart, in the clear, to be
/// found by.
/// </summary>
internal sealed class Person : IVersioned
{
    public required PersonId Id { get; init; }

    public PersonKind Kind { get; init; } = PersonKind.Natural;

    /// <summary>The bank's customer number, where the person has one; unique.</summary>
    public string? Cif { get; set; }

    public Sealed<DateOnly>? BornOn { get; set; }

    public Sealed<string>? Address { get; set; }

    /// <summary>ISO 639 language that the person is written to in.</summary>
    public required string Language { get; set; }

    /// <summary>Due diligence is done until this date; null when never done (R0).</summary>
    public DateOnly? DueDiligenceReviewOn { get; set; }

    /// <summary>Id of the photograph in Data/Blobs; null when missing (R0b).</summary>
    public string? Photograph { get; set; }

    public DateOnly? PhotographTakenOn { get; set; }

    /// <summary>Id of the specimen signature in Data/Blobs: what the signature on a slip is compared with (R11).</summary>
    public string? Specimen { get; set; }

    public DateOnly? SpecimenTakenOn { get; set; }

    /// <summary>What the counter asks for before the person is served, where they have set it.</summary>
    public Sealed<string>? CodeWord { get; set; }

    /// <summary>The record that this one was found to be the same person as; null while it stands. It names a record that stands, never one merged in turn.</summary>
    public PersonId? MergedInto { get; set; }

    public DateTime? MergedAt { get; set; }

    public long Version { get; set; }
}

/// <summary>The one table with names, and without anything else about a person, so that search by a part of a name works.</summary>
internal sealed class PersonName
{
    public required PersonId Person { get; init; }

    public required string FullName { get; set; }

    /// <summary>As an old register wrote it, with title and in its case; null where the name was entered as it is.</summary>
    public string? AsWritten { get; init; }

    /// <summary>Lower case, for search.</summary>
    public required string Folded { get; set; }

    public static string Fold(string name) => Spaced(name).Normalize().ToLowerInvariant();

    public static string Spaced(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What a person's name is found by, <see cref="NameKeys"/>. Made of the name alone and made anew with it.</summary>
internal sealed class PersonWord
{
    public required string Word { get; init; }

    public required PersonId Person { get; init; }

    public static IEnumerable<PersonWord> Of(PersonId person, string name) => NameKeys.Of(name).Select(key => new PersonWord { Word = key, Person = person });
}

/// <summary>An address a person is reached at.</summary>
internal sealed class Channel
{
    public required ChannelId Id { get; init; }

    public required PersonId Person { get; init; }

    public required ChannelKind Kind { get; init; }

    public required Sealed<string> Address { get; init; }

    public required Blind Blind { get; init; }

    /// <summary>"a…@example.in": enough for an officer to recognise, too little to write to.</summary>
    public required string Masked { get; init; }

    public required ChannelState State { get; set; }

    public required DateTime AddedAt { get; init; }

    /// <summary>When a code that went there came back; null when nobody proved that the person reads it.</summary>
    public DateTime? VerifiedAt { get; set; }

    public DateTime? RemovedAt { get; set; }

    /// <summary>The address that this one, asked for on the person's own page, takes the place of; kept when it has.</summary>
    public ChannelId? Replaces { get; init; }

    /// <summary>When the code that went to the old address came back.</summary>
    public DateTime? ReplaceAgreedAt { get; set; }
}

internal sealed class CustomersTables : IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<PersonName>, IEntityTypeConfiguration<PersonWord>,
    IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("person");
        builder.Property(row => row.Cif).HasMaxLength(20);
        builder.Property(row => row.Language).HasMaxLength(2);
        builder.Property(row => row.Photograph).HasMaxLength(64);
        builder.Property(row => row.Specimen).HasMaxLength(64);
        builder.HasIndex(row => row.Cif).IsUnique().HasFilter("cif IS NOT NULL");
        builder.HasIndex(row => row.MergedInto).HasFilter("merged_into IS NOT NULL");
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.MergedInto);
    }

    public void Configure(EntityTypeBuilder<PersonName> builder)
    {
        builder.ToTable("person_name");
        builder.HasKey(row => row.Person);
        builder.Property(row => row.FullName).HasMaxLength(200);
        builder.Property(row => row.Folded).HasMaxLength(200);
        builder.Property(row => row.AsWritten).HasMaxLength(200);
        // The order of the list of people, page by page.
        builder.HasIndex(row => new { row.Folded, row.Person });
        builder.HasOne<Person>().WithOne().HasForeignKey<PersonName>(row => row.Person);
    }

    public void Configure(EntityTypeBuilder<PersonWord> builder)
    {
        builder.ToTable("person_word");
        builder.HasKey(row => new { row.Word, row.Person });
        // Ranges are of bytes: in a language's own order "rao" and "Råo" stand side by side, and no range is a beginning.
        builder.Property(row => row.Word).HasMaxLength(NameKeys.Longest).InOrderOfBytes();
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
    }

    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channel");
        builder.Property(row => row.Masked).HasMaxLength(100);
        builder.HasIndex(row => new { row.Person, row.Kind, row.Blind }).IsUnique().HasFilter("removed_at IS NULL");
        builder.HasIndex(row => row.Blind);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
    }
}
