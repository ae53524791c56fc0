using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.Contact.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// That somebody must be told something by a time (R13): one an agreement and operation. Met when each addressee's message is accepted;
/// past its deadline it is an exception with an owner, and is still retried.
/// </summary>
internal sealed class Obligation : IVersioned
{
    public required ObligationId Id { get; init; }

    public required BranchId Branch { get; init; }

    public required AgreementId Agreement { get; init; }

    public required VisitId Visit { get; init; }

    public required DateTime RaisedAt { get; init; }

    public required DateTime DueAt { get; init; }

    public required ObligationState State { get; set; }

    public DateTime? MetAt { get; set; }

    /// <summary>The officer who answers for an obligation past due.</summary>
    public PersonId? Owner { get; set; }

    public long Version { get; set; }
}

internal sealed class ObligationAddressee
{
    public required ObligationId Obligation { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>Has an e-mail channel. Whoever has none is not waited for, unless nobody has one.</summary>
    public required bool Reachable { get; init; }

    /// <summary>When a message to this person was accepted; null while none was, or where no channel exists.</summary>
    public DateTime? ToldAt { get; set; }
}

internal sealed class ContactTables : IEntityTypeConfiguration<Obligation>, IEntityTypeConfiguration<ObligationAddressee>
{
    public void Configure(EntityTypeBuilder<Obligation> builder)
    {
        builder.ToTable("obligation");
        builder.HasIndex(row => new { row.Agreement, row.Visit }).IsUnique();
        builder.HasIndex(row => row.DueAt).HasFilter("state = 'Due'");
    }

    public void Configure(EntityTypeBuilder<ObligationAddressee> builder)
    {
        builder.ToTable("obligation_addressee");
        builder.HasKey(row => new { row.Obligation, row.Person });
        builder.HasOne<Obligation>().WithMany().HasForeignKey(row => row.Obligation);
    }
}
