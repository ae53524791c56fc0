using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

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

/// <summary>In what capacity a person may come to the locker.</summary>
public enum ComesAs { Hirer, Signatory, Agent }

/// <summary>Somebody who may come to a locker on the asked day.</summary>
/// <param name="Position">Of the hirer who comes or for whom the signatory acts, 1 being the first-named; 0 for an agent, who stands for all.</param>
/// <param name="Together">How many signatories of that organisation must be present with this one among them; 1 alone.</param>
public sealed record MayCome(PersonId Person, ComesAs As, int Position, int Together, DateOnly? Until);

/// <summary>A letter of authority that was not ended; it counts from its first to its last day.</summary>
public sealed record AgentFacts
{
    public AgentId Id { get; init; }

    public AgreementId Agreement { get; init; }

    public PersonId Person { get; init; }

    public DateOnly LetterOf { get; init; }

    public DateOnly From { get; init; }

    public DateOnly? Until { get; init; }
}

/// <summary>A hold that is in force unless its end has passed.</summary>
public sealed record HoldFacts
{
    public HoldId Id { get; init; }

    public AgreementId Agreement { get; init; }

    public HoldKind Kind { get; init; }

    public DateTime Since { get; init; }

    public DateTime? Until { get; init; }

    public PersonId? PlacedBy { get; init; }

    /// <summary>The hirers may know of it; otherwise they are asked to speak with the branch, and nothing else is said.</summary>
    public bool TellHirer { get; init; }

    /// <summary>Taken from an old register's remark: it blocks like any other until staff confirm or lift it.</summary>
    public bool Unconfirmed { get; init; }
}

/// <summary>Raised when a hold begins to be the bank's word: placed, frozen by a hirer, or confirmed from an old register.</summary>
/// <param name="TellHirer">False where an order forbids it or telling would warn the wrong one: then nobody is written to.</param>
/// <param name="By">Who placed it: an officer, or the hirer who froze the locker, of whom the other hirers are told.</param>
public sealed record HoldWasPlaced(AgreementId Agreement, HoldId Hold, HoldKind Kind, bool TellHirer, PersonId? By, DateTime At);

/// <summary>Raised when a hold is lifted; not when one is over by itself.</summary>
/// <param name="TellHirer">As when it was placed: who was not told of the hold is not told of its end.</param>
public sealed record HoldWasLifted(AgreementId Agreement, HoldId Hold, HoldKind Kind, bool TellHirer, PersonId? By, DateTime At);

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

    public static IQueryable<AgentFacts> AgentFacts(this StrongroomDb db) => db.Set<Agent>().AsNoTracking().Where(row => row.EndedAt == null)
        .Select(row => new AgentFacts { Id = row.Id, Agreement = row.Agreement, Person = row.Person, LetterOf = row.LetterOf, From = row.From, Until = row.Until });

    /// <summary>R16: hirers, who acts for an organisation, and agents, also where their time is over: who was one yesterday is no stranger today.</summary>
    public static IQueryable<PersonId> ConcernedBy(this StrongroomDb db, AgreementId agreement) =>
        db.Set<AgreementParty>().Where(row => row.Agreement == agreement).Select(row => row.Person)
            .Union(db.SignatoryFacts().Where(row => db.Set<AgreementParty>().Any(party => party.Agreement == agreement && party.Person == row.Organisation)).Select(row => row.Person))
            .Union(db.Set<Agent>().Where(row => row.Agreement == agreement && row.EndedAt == null).Select(row => row.Person));

    /// <summary>Who may come to the locker on a date: natural hirers, signatories of organisations, agents; nobody who is marked as dead. Whether that is enough the mandate says.</summary>
    public static async Task<IReadOnlyList<MayCome>> WhoMayCome(this StrongroomDb db, AgreementId agreement, DateOnly date, CancellationToken cancel)
    {
        var hirers = await (from party in db.Set<AgreementParty>()
                            join person in db.PersonFacts() on party.Person equals person.Id
                            where party.Agreement == agreement && person.Kind == PersonKind.Natural
                            orderby party.Position
                            select new { party.Person, party.Position }).ToListAsync(cancel);
        var signatories = await (from party in db.Set<AgreementParty>()
                                 join signatory in db.SignatoryFacts() on party.Person equals signatory.Organisation
                                 where party.Agreement == agreement && signatory.From <= date && (signatory.Until == null || signatory.Until >= date)
                                 orderby party.Position, signatory.Id
                                 select new { signatory.Person, party.Position, signatory.Together, signatory.Until }).ToListAsync(cancel);
        var agents = await db.AgentFacts().Where(row => row.Agreement == agreement && row.From <= date && (row.Until == null || row.Until >= date))
            .OrderBy(row => row.Id).Select(row => new { row.Person, row.Until }).ToListAsync(cancel);
        List<MayCome> all = [.. hirers.Select(row => new MayCome(row.Person, ComesAs.Hirer, row.Position, 1, null)),
            .. signatories.Select(row => new MayCome(row.Person, ComesAs.Signatory, row.Position, row.Together, row.Until)),
            .. agents.Select(row => new MayCome(row.Person, ComesAs.Agent, 0, 1, row.Until))];
        var persons = all.ConvertAll(one => one.Person);
        var dead = await db.MarkedDead().Where(person => persons.Contains(person)).ToListAsync(cancel);
        return dead.Count == 0 ? all : all.FindAll(one => !dead.Contains(one.Person));
    }

    /// <summary>R55: persons who are marked as dead and were not marked as living again.</summary>
    public static IQueryable<PersonId> MarkedDead(this StrongroomDb db) =>
        from death in db.Set<Death>().AsNoTracking()
        join back in db.Set<DeathReversal>() on death.Id equals back.Death into backs
        from back in backs.DefaultIfEmpty()
        where back == null
        select death.Person;

    /// <summary>Holds not lifted and not past their end at <paramref name="now"/>.</summary>
    public static IQueryable<HoldFacts> HoldsInForce(this StrongroomDb db, DateTime now) => db.Set<Hold>().AsNoTracking()
        .Where(row => row.LiftedAt == null && (row.Until == null || row.Until > now))
        .Select(row => new HoldFacts { Id = row.Id, Agreement = row.Agreement, Kind = row.Kind, Since = row.Since, Until = row.Until, Unconfirmed = row.Unconfirmed, PlacedBy = row.PlacedBy, TellHirer = row.TellHirer });

    /// <summary>Of a hold, in force or not; also of one that the caller's act is about to save.</summary>
    public static async Task<HoldKind> KindOfHold(this StrongroomDb db, HoldId hold, CancellationToken cancel) =>
        (db.Set<Hold>().Local.FirstOrDefault(row => row.Id == hold) ?? await db.Set<Hold>().AsNoTracking().SingleAsync(row => row.Id == hold, cancel)).Kind;

    /// <summary>
    /// The caller's decision rests on the agreement, its parties and its holds as they are: a hold placed meanwhile is a lost race.
    /// <b>Call it before reading any of them.</b> The version read here must be at least as old as those facts: read after them, it would
    /// be the version of a hold that the decision never saw, and both would be saved.
    /// </summary>
    public static async Task LeanOnAgreement(this StrongroomDb db, AgreementId agreement, CancellationToken cancel)
    {
        db.LeanOn(await db.Set<Agreement>().SingleAsync(row => row.Id == agreement, cancel));
        // Who acts for an organisation is ended there, and not on the agreement.
        await db.LeanOnOrganisations(db.Set<AgreementParty>().Where(row => row.Agreement == agreement).Select(row => row.Person), cancel);
    }

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
