using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Agreements.Contracts;

/// <summary>
/// Mode of operation: who must be present (R10). The former is the first-named hirer, the latter the last-named; "survivor" says what counts when one
/// has died.
/// </summary>
public enum Mandate { Single, Jointly, EitherOrSurvivor, FormerOrSurvivor, LatterOrSurvivor, AnyoneOrSurvivor }

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

    /// <summary>For a year, as the agreement or the old register says; null when nobody wrote it down.</summary>
    public Money? YearlyRent { get; init; }

    /// <summary>The security deposit, as recorded.</summary>
    public Money? Deposit { get; init; }

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

    /// <summary>Taken from an old register's remark: it blocks like any other until staff confirm or lift it.</summary>
    public bool Unconfirmed { get; init; }
}

/// <summary>
/// One of the three inversions: a later module says why a hire cannot end now (a visit is open, dues are unpaid). Registered by
/// <c>services.AddScoped&lt;IObjectToEnd, …&gt;()</c>; the first objection refuses. It reads only, in the transaction that ends the agreement.
/// </summary>
public interface IObjectToEnd
{
    Task<Refusal?> Objection(StrongroomDb db, AgreementFacts agreement, DateTime now, CancellationToken cancel);
}

/// <summary>An agreement with the words that people know it by: for a person's or a locker's page.</summary>
public sealed record AgreementLine
{
    public AgreementId Id { get; init; }

    public string Number { get; init; } = "";

    public PersonId Person { get; init; }

    public BranchId Branch { get; init; }

    public string BranchName { get; init; } = "";

    public LockerId Locker { get; init; }

    public string LockerNumber { get; init; } = "";

    public DateOnly StartsOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    public DateOnly? RentPaidUntil { get; init; }

    /// <summary>A hold is in force at the asked instant.</summary>
    public bool Held { get; init; }
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
        YearlyRent = row.YearlyRent,
        Deposit = row.Deposit,
        Version = row.Version,
    });

    public static IQueryable<PartyFacts> PartyFacts(this StrongroomDb db) => db.Set<AgreementParty>().AsNoTracking()
        .Select(row => new PartyFacts { Agreement = row.Agreement, Person = row.Person, Role = row.Role, Position = row.Position });

    /// <summary>Holds not lifted and not past their end at <paramref name="now"/>.</summary>
    public static IQueryable<HoldFacts> HoldsInForce(this StrongroomDb db, DateTime now) => db.Set<Hold>().AsNoTracking()
        .Where(row => row.LiftedAt == null && (row.Until == null || row.Until > now))
        .Select(row => new HoldFacts { Id = row.Id, Agreement = row.Agreement, Kind = row.Kind, Since = row.Since, Until = row.Until, Unconfirmed = row.Unconfirmed });

    /// <summary>
    /// The caller's decision rests on the agreement, its parties and its holds as they are: a hold placed meanwhile is a lost race.
    /// <b>Call it before reading any of them.</b> The version read here must be at least as old as those facts: read after them, it would
    /// be the version of a hold that the decision never saw, and both would be saved.
    /// </summary>
    public static async Task LeanOnAgreement(this StrongroomDb db, AgreementId agreement, CancellationToken cancel) =>
        db.LeanOn(await db.Set<Agreement>().SingleAsync(row => row.Id == agreement, cancel));

    /// <summary>A line an agreement and party: where by <see cref="AgreementLine.Person"/> or by <see cref="AgreementLine.Locker"/>.</summary>
    public static IQueryable<AgreementLine> AgreementLines(this StrongroomDb db, DateTime now) =>
        from party in db.Set<AgreementParty>().AsNoTracking()
        join row in db.Set<Agreement>() on party.Agreement equals row.Id
        join locker in db.LockerFacts() on row.Locker equals locker.Id
        join branch in db.BranchFacts() on row.Branch equals branch.Id
        select new AgreementLine
        {
            Id = row.Id,
            Number = row.Number,
            Person = party.Person,
            Branch = row.Branch,
            BranchName = branch.Name,
            Locker = row.Locker,
            LockerNumber = locker.Number,
            StartsOn = row.StartsOn,
            EndedOn = row.EndedOn,
            RentPaidUntil = row.RentPaidUntil,
            Held = db.Set<Hold>().Any(hold => hold.Agreement == row.Id && hold.LiftedAt == null && (hold.Until == null || hold.Until > now)),
        };
}
