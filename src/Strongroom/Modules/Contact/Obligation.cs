using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Contact.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// That somebody must be told something by a time (R13, R15): one an agreement and happening. Met when each addressee's message is accepted;
/// past its deadline it is an exception with an owner, and is still retried.
/// </summary>
internal sealed class Obligation : IVersioned
{
    public required ObligationId Id { get; init; }

    public required ObligationKind Kind { get; init; }

    public required BranchId Branch { get; init; }

    public required AgreementId Agreement { get; init; }

    public required LockerId Locker { get; init; }

    /// <summary>What it is about: a visit, an occurrence such as a door found open, or a hold, of which there are two things to tell. One obligation an agreement and happening.</summary>
    public required string ReferenceKind { get; init; }

    public required Guid Reference { get; init; }

    /// <summary>The same, where it is a visit.</summary>
    public required VisitId? Visit { get; init; }

    /// <summary>Who opened; null where nobody did.</summary>
    public required PersonId? Operator { get; init; }

    public required DateTime HappenedAt { get; init; }

    public required DateTime RaisedAt { get; init; }

    public required DateTime DueAt { get; init; }

    public required ObligationState State { get; set; }

    public DateTime? MetAt { get; set; }

    /// <summary>The officer who answers for an obligation past due.</summary>
    public PersonId? Owner { get; set; }

    /// <summary>The letter that tells, where nothing else reaches any hirer; several of one day share it.</summary>
    public MessageId? Letter { get; set; }

    /// <summary>The branch's day that the letter is for: an agreement has one letter a day at most.</summary>
    public DateOnly? LetterOn { get; set; }

    public long Version { get; set; }
}

internal sealed class ObligationAddressee
{
    public required ObligationId Obligation { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>The hirer's place in the agreement, from 1; the complaint link names it.</summary>
    public required int Position { get; init; }

    /// <summary>Has a channel, is told by way of another, or by letter. Whoever is not is not waited for, unless nobody is.</summary>
    public required bool Reachable { get; set; }

    /// <summary>The agreement's registered contact, for a hirer without a channel of their own.</summary>
    public required PersonId? Via { get; set; }

    /// <summary>When a message to this person was accepted; null while none was, or where no channel exists.</summary>
    public DateTime? ToldAt { get; set; }
}

internal sealed class ContactTables : IEntityTypeConfiguration<Obligation>, IEntityTypeConfiguration<ObligationAddressee>
{
    public void Configure(EntityTypeBuilder<Obligation> builder)
    {
        builder.ToTable("obligation");
        builder.Property(row => row.ReferenceKind).HasMaxLength(40);
        builder.HasIndex(row => new { row.Agreement, row.Reference, row.Kind }).IsUnique();
        builder.HasIndex(row => row.DueAt).HasFilter("state = 'Due'");
        builder.HasIndex(row => row.Visit);
        builder.HasIndex(row => row.Letter);
    }

    public void Configure(EntityTypeBuilder<ObligationAddressee> builder)
    {
        builder.ToTable("obligation_addressee");
        builder.HasKey(row => new { row.Obligation, row.Person });
        builder.HasOne<Obligation>().WithMany().HasForeignKey(row => row.Obligation);
    }
}
