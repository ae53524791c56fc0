using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Agreements.Contracts;

/// <summary>Who must be present. A release that serves joint hirers adds their modes.</summary>
public enum Mandate { Single }

public enum PartyRole { Hirer }

public enum HoldKind { Court, Attachment, Death, Arrears, Freeze, Suspicion }

public sealed record AgreementFacts
{
    public AgreementId Id { get; init; }

    public string Number { get; init; } = "";

    public BranchId Branch { get; init; }

    public LockerId Locker { get; init; }

    public Mandate Mandate { get; init; }

    public DateOnly StartsOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    public DateOnly? SignedOn { get; init; }

    public DateOnly? CopyDeliveredOn { get; init; }

    public DateOnly? RentPaidUntil { get; init; }

    public long Version { get; init; }
}

public sealed record PartyFacts
{
    public AgreementId Agreement { get; init; }

    public PersonId Person { get; init; }

    public PartyRole Role { get; init; }

    public int Position { get; init; }
}

/// <summary>A hold that is in force unless its end has passed.</summary>
public sealed record HoldFacts
{
    public HoldId Id { get; init; }

    public AgreementId Agreement { get; init; }

    public HoldKind Kind { get; init; }

    public DateTime Since { get; init; }

    public DateTime? Until { get; init; }
}

public static class AgreementsContract
{
    public static IQueryable<AgreementFacts> AgreementFacts(this StrongroomDb db) => db.Set<Agreement>().AsNoTracking().Select(row => new AgreementFacts
    {
        Id = row.Id,
        Number = row.Number,
        Branch = row.Branch,
        Locker = row.Locker,
        Mandate = row.Mandate,
        StartsOn = row.StartsOn,
        EndedOn = row.EndedOn,
        SignedOn = row.SignedOn,
        CopyDeliveredOn = row.CopyDeliveredOn,
        RentPaidUntil = row.RentPaidUntil,
        Version = row.Version,
    });

    public static IQueryable<PartyFacts> PartyFacts(this StrongroomDb db) => db.Set<AgreementParty>().AsNoTracking()
        .Select(row => new PartyFacts { Agreement = row.Agreement, Person = row.Person, Role = row.Role, Position = row.Position });

    /// <summary>Holds not lifted and not past their end at <paramref name="now"/>.</summary>
    public static IQueryable<HoldFacts> HoldsInForce(this StrongroomDb db, DateTime now) => db.Set<Hold>().AsNoTracking()
        .Where(row => row.LiftedAt == null && (row.Until == null || row.Until > now))
        .Select(row => new HoldFacts { Id = row.Id, Agreement = row.Agreement, Kind = row.Kind, Since = row.Since, Until = row.Until });

    /// <summary>The caller's decision rests on the agreement and its holds as they are: a hold placed meanwhile is a lost race.</summary>
    public static async Task LeanOnAgreement(this StrongroomDb db, AgreementId agreement, CancellationToken cancel) =>
        db.LeanOn(await db.Set<Agreement>().SingleAsync(row => row.Id == agreement, cancel));
}
