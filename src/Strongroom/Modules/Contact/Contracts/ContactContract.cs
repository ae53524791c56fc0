using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Contact.Contracts;

/// <summary>Met also when it was met late: compare <see cref="ObligationFacts.MetAt"/> with <see cref="ObligationFacts.DueAt"/>.</summary>
public enum ObligationState { Due, Met, PastDue }

public enum ObligationKind { LockerOpened, DoorFoundOpen, HoldPlaced, HoldLifted }

public static class ObligationWords
{
    /// <summary>What happened to the locker, after its number and before the time.</summary>
    public static string Of(ObligationKind kind) => kind switch
    {
        ObligationKind.LockerOpened => "opened",
        ObligationKind.DoorFoundOpen => "found open",
        ObligationKind.HoldPlaced => "blocked",
        ObligationKind.HoldLifted => "a block lifted",
    };
}

/// <summary>That the hirers must be told of an operation of their locker, and whether they were (R13).</summary>
public sealed record ObligationFacts
{
    public ObligationId Id { get; init; }

    public BranchId Branch { get; init; }

    public AgreementId Agreement { get; init; }

    public ObligationKind Kind { get; init; }

    /// <summary>The visit, or the occurrence that is none.</summary>
    public Guid Reference { get; init; }

    public VisitId? Visit { get; init; }

    public DateTime RaisedAt { get; init; }

    public DateTime DueAt { get; init; }

    public ObligationState State { get; init; }

    public DateTime? MetAt { get; init; }

    public PersonId? Owner { get; init; }

    public int Addressees { get; init; }

    public int Told { get; init; }
}

public static class ContactContract
{
    /// <summary>Of a visit: where by <see cref="ObligationFacts.Visit"/>.</summary>
    public static IQueryable<ObligationFacts> ObligationFacts(this StrongroomDb db) => db.Set<Obligation>().AsNoTracking().Select(row => new ObligationFacts
    {
        Id = row.Id,
        Branch = row.Branch,
        Agreement = row.Agreement,
        Kind = row.Kind,
        Reference = row.Reference,
        Visit = row.Visit,
        RaisedAt = row.RaisedAt,
        DueAt = row.DueAt,
        State = row.State,
        MetAt = row.MetAt,
        Owner = row.Owner,
        Addressees = db.Set<ObligationAddressee>().Count(addressee => addressee.Obligation == row.Id),
        Told = db.Set<ObligationAddressee>().Count(addressee => addressee.Obligation == row.Id && addressee.ToldAt != null),
    });
}
