using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Agreements.Nominations;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements;

public sealed record AgreementDetails(
    AgreementFacts Facts, string BranchName, string Zone, string LockerNumber, string LockerType,
    IReadOnlyList<PartyLine> Parties, IReadOnlyList<HoldLine> Holds, IReadOnlyList<NomineeLine> Nominees)
{
    public IReadOnlyList<SignatoryLine> Signatories { get; init; } = [];

    public IReadOnlyList<AgentLine> Agents { get; init; } = [];

    /// <summary>Null where the hirers never said anything; <see cref="Nominees"/> are the old register's.</summary>
    public NominationLine? Nomination { get; init; }

    public IReadOnlyList<DocumentLine> Documents { get; init; } = [];
}

/// <summary>Who may act for an organisation that hires.</summary>
public sealed record SignatoryLine(PersonId Organisation, PersonId Person, string Name, DateOnly From, DateOnly? Until, int Together);

/// <param name="State">On the branch's date.</param>
public sealed record AgentLine(AgentId Id, PersonId Person, string Name, DateOnly LetterOf, DateOnly From, DateOnly? Until, AgentState State, DateTime? EndedAt);

public enum AgentState { NotYet, InForce, Over, Ended }

public sealed record NominationLine(
    NominationId Id, DateOnly SignedOn, bool Declined, DateOnly AcknowledgeBy, DateTime? AcknowledgedAt, IReadOnlyList<NamedNominee> Nominees);

public sealed record NamedNominee(int Position, string Name, string Relation, DateOnly? BornOn, string? Adult);

public sealed record DocumentLine(DocumentId Id, DocumentKind Kind, string MediaType, long Length, DateTime AddedAt, string? AddedBy);

/// <summary>Where a hold stands in its life.</summary>
public enum HoldState { Unconfirmed, InForce, Lifted, Over }

public sealed record PartyLine
{
    public PersonId Person { get; init; }

    public string Name { get; init; } = "";

    public PartyRole Role { get; init; }

    public PersonKind Kind { get; init; }

    public DateOnly? DueDiligenceReviewOn { get; init; }

    public DateOnly? PhotographTakenOn { get; init; }

    /// <summary>Marked as dead (R55).</summary>
    public bool Died { get; init; }
}

/// <summary>As an old register records them: kept as they were, never converted (R65).</summary>
public sealed record NomineeLine(string Name, string? Relation);

public sealed record HoldLine(HoldId Id, HoldKind Kind, string Reason, string? PlacedBy, DateTime Since, DateTime? Until, DateTime? LiftedAt, string? LiftedBy, bool InForce, bool Unconfirmed)
{
    public DateTime? ConfirmedAt { get; init; }

    public string? ConfirmedBy { get; init; }

    public string? Paper { get; init; }

    public bool TellHirer { get; init; }

    /// <summary>The last of the others who approved that it is lifted.</summary>
    public string? LiftedWith { get; init; }

    /// <summary>The request to lift it that others have not decided yet.</summary>
    public ApprovalId? Waits { get; init; }

    public HoldState State => this switch
    {
        { LiftedAt: not null } => HoldState.Lifted,
        { InForce: false } => HoldState.Over,
        { Unconfirmed: true } => HoldState.Unconfirmed,
        _ => HoldState.InForce,
    };
}

public sealed record VacantLocker
{
    public LockerId Id { get; init; }

    public BranchId Branch { get; init; }

    public string BranchName { get; init; } = "";

    public string Number { get; init; } = "";

    public string Type { get; init; } = "";

    public SizeClass SizeClass { get; init; }
}

/// <param name="Free">Lockers in service that nobody rents.</param>
public sealed record Vacancy(BranchId Branch, string BranchCode, string BranchName, string Type, SizeClass SizeClass, int Free);

/// <summary>An agreement by its number: ids and dates, nobody's name.</summary>
public sealed record AgreementReference(AgreementId Id, string Number, BranchId Branch, LockerId Locker, DateOnly StartsOn, DateOnly? EndedOn);

internal sealed class ReadAgreements(StrongroomDb db, CurrentActor current, Seals seals, TimeProvider clock)
{
    public async Task<AgreementDetails?> One(AgreementId id, CancellationToken cancel)
    {
        var facts = await db.AgreementFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (facts is null || !current.Now.MayAt(AgreementsRights.Read, facts.Branch)) return null;
        var place = await (from locker in db.LockerFacts()
                           join branch in db.BranchFacts() on locker.Branch equals branch.Id
                           where locker.Id == facts.Locker
                           select new { branch.Name, branch.Zone, locker.Number, locker.Type }).SingleAsync(cancel);
        var parties = await (from party in db.PartyFacts()
                             join person in db.PersonFacts() on party.Person equals person.Id
                             where party.Agreement == id
                             orderby party.Position
                             select new PartyLine
                             {
                                 Person = person.Id,
                                 Name = person.Name,
                                 Role = party.Role,
                                 Kind = person.Kind,
                                 DueDiligenceReviewOn = person.DueDiligenceReviewOn,
                                 PhotographTakenOn = person.PhotographTakenOn,
                             }).ToListAsync(cancel);
        var persons = parties.ConvertAll(party => party.Person);
        var dead = await db.MarkedDead().Where(person => persons.Contains(person)).ToListAsync(cancel);
        if (dead.Count > 0) parties = parties.ConvertAll(party => party with { Died = dead.Contains(party.Person) });
        return new(facts, place.Name, place.Zone, place.Number, place.Type, parties,
            await Holds(id, parties[0].Person, cancel), await Nominees(id, parties[0].Person, cancel))
        {
            Signatories = await Signatories(parties, cancel),
            Agents = await Agents(id, clock.UtcNow().DateIn(place.Zone), cancel),
            Nomination = await Nomination(id, parties[0].Person, cancel),
            Documents = await Documents(id, cancel),
        };
    }

    /// <summary>How many lockers are free, by branch and type, where the reader may know.</summary>
    /// <param name="branch">One branch's code; null for all.</param>
    public async Task<IReadOnlyList<Vacancy>> Vacancies(string? branch, SizeClass? size, CancellationToken cancel) =>
        [.. (await (from locker in Vacant(current.Now.BranchesWith(AgreementsRights.Vacancies))
                    join at in db.BranchFacts() on locker.Branch equals at.Id
                    where (branch == null || at.Code == branch) && (size == null || locker.SizeClass == size)
                    group locker by new { at.Id, at.Code, at.Name, locker.Type, locker.SizeClass } into same
                    select new { same.Key, Free = same.Count() }).ToListAsync(cancel))
            .OrderBy(row => row.Key.Code, StringComparer.Ordinal).ThenBy(row => row.Key.SizeClass).ThenBy(row => row.Key.Type, StringComparer.Ordinal)
            .Select(row => new Vacancy(row.Key.Id, row.Key.Code, row.Key.Name, row.Key.Type, row.Key.SizeClass, row.Free))];

    /// <returns>Null for a number that is not there, or is of a branch where the reader places no holds.</returns>
    public async Task<AgreementReference?> ByNumber(string branch, string number, CancellationToken cancel)
    {
        var found = await (from row in db.AgreementFacts()
                           join at in db.BranchFacts() on row.Branch equals at.Id
                           where at.Code == branch && row.Number == number
                           select new AgreementReference(row.Id, row.Number, row.Branch, row.Locker, row.StartsOn, row.EndedOn)).SingleOrDefaultAsync(cancel);
        return found is not null && current.Now.MayAt(AgreementsRights.Hold, found.Branch) ? found : null;
    }

    /// <summary>Lockers in service that nobody rents, at the branches where the reader may let them, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<VacantLocker>> Vacant(CancellationToken cancel)
    {
        return await (from locker in Vacant(current.Now.BranchesWith(AgreementsRights.Write))
                      join branch in db.BranchFacts() on locker.Branch equals branch.Id
                      orderby branch.Code, locker.Number.Length, locker.Number
                      select new VacantLocker
                      {
                          Id = locker.Id,
                          Branch = locker.Branch,
                          BranchName = branch.Name,
                          Number = locker.Number,
                          Type = locker.Type,
                          SizeClass = locker.SizeClass,
                      }).ToListAsync(cancel);
    }

    /// <param name="branches">Null for all.</param>
    private IQueryable<LockerFacts> Vacant(IReadOnlyList<BranchId>? branches) => db.LockerFacts().Where(locker => locker.Condition == LockerCondition.InService
        && (!locker.OccupantUnknown || db.Set<Agreement>().Any(row => row.Locker == locker.Id))
        && (branches == null || branches.Contains(locker.Branch))
        && !db.Set<Agreement>().Any(row => row.Locker == locker.Id && row.EndedOn == null));

    private async Task<IReadOnlyList<NomineeLine>> Nominees(AgreementId id, PersonId hirer, CancellationToken cancel)
    {
        var rows = await db.Set<RecordedNominee>().AsNoTracking().Where(row => row.Agreement == id).OrderBy(row => row.Position).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var key = await seals.KeyOf(db, hirer, cancel);
        return [.. rows.Select(row => new NomineeLine(key.Open(RecordedNominee.NameColumn, id.Value, row.Name),
            row.Relation is { } relation ? key.Open(RecordedNominee.RelationColumn, id.Value, relation) : null))];
    }

    private async Task<IReadOnlyList<SignatoryLine>> Signatories(List<PartyLine> parties, CancellationToken cancel)
    {
        var organisations = parties.Where(party => party.Kind == PersonKind.Organisation).Select(party => party.Person).ToList();
        return organisations.Count == 0 ? [] : await (from signatory in db.SignatoryFacts()
                                                      join person in db.PersonFacts() on signatory.Person equals person.Id
                                                      where organisations.Contains(signatory.Organisation)
                                                      orderby person.Folded
                                                      select new SignatoryLine(signatory.Organisation, person.Id, person.Name, signatory.From, signatory.Until, signatory.Together)).ToListAsync(cancel);
    }

    private async Task<IReadOnlyList<AgentLine>> Agents(AgreementId id, DateOnly today, CancellationToken cancel)
    {
        var rows = await (from agent in db.Set<Agent>().AsNoTracking()
                          join person in db.PersonFacts() on agent.Person equals person.Id
                          where agent.Agreement == id
                          orderby agent.AppointedAt descending
                          select new { agent, person.Name }).ToListAsync(cancel);
        return [.. rows.Select(row => new AgentLine(row.agent.Id, row.agent.Person, row.Name, row.agent.LetterOf, row.agent.From, row.agent.Until,
            row.agent switch
            {
                { EndedAt: not null } => AgentState.Ended,
                { } one when one.From > today => AgentState.NotYet,
                { } one when one.Until < today => AgentState.Over,
                _ => AgentState.InForce,
            }, row.agent.EndedAt))];
    }

    private async Task<NominationLine?> Nomination(AgreementId id, PersonId hirer, CancellationToken cancel)
    {
        var nomination = await db.Set<Nomination>().AsNoTracking().SingleOrDefaultAsync(row => row.Agreement == id && row.ReplacedAt == null, cancel);
        if (nomination is null) return null;
        var rows = await db.Set<Nominee>().AsNoTracking().Where(row => row.Nomination == nomination.Id).OrderBy(row => row.Position).ToListAsync(cancel);
        var (key, place) = (await seals.KeyOf(db, hirer, cancel), nomination.Id.Value);
        return new(nomination.Id, nomination.SignedOn, nomination.Declined, nomination.AcknowledgeBy, nomination.AcknowledgedAt, [.. rows.Select(row => new NamedNominee(
            row.Position, key.Open(Nominee.NameColumn, place, row.Name), key.Open(Nominee.RelationColumn, place, row.Relation),
            row.BornOn is { } born ? key.Open(Nominee.BornOnColumn, place, born) : null,
            row.Adult is { } adult ? key.Open(Nominee.AdultColumn, place, adult) : null))]);
    }

    private async Task<IReadOnlyList<DocumentLine>> Documents(AgreementId id, CancellationToken cancel) =>
        await (from document in db.Set<Document>().AsNoTracking()
               join person in db.PersonFacts() on document.AddedBy equals person.Id into officers
               from officer in officers.DefaultIfEmpty()
               where document.Agreement == id
               orderby document.AddedAt descending
               select new DocumentLine(document.Id, document.Kind, document.MediaType, document.Length, document.AddedAt, officer.Name)).ToListAsync(cancel);

    private async Task<IReadOnlyList<HoldLine>> Holds(AgreementId id, PersonId hirer, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var rows = await db.Set<Hold>().AsNoTracking().Where(row => row.Agreement == id).OrderByDescending(row => row.Since).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var officers = rows.Select(row => row.PlacedBy).Concat(rows.Select(row => row.LiftedBy)).Concat(rows.Select(row => row.ConfirmedBy)).Concat(rows.Select(row => row.LiftedWith)).OfType<PersonId>().Distinct().ToList();
        var names = await db.PersonFacts().Where(person => officers.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var key = await seals.KeyOf(db, hirer, cancel);
        Dictionary<HoldId, ApprovalId?> waiting = [];
        foreach (var hold in rows.Where(row => row.LiftedAt is null)) waiting[hold.Id] = await db.WaitingFor(ApprovedLifting.Kind, hold.Id, now, cancel);
        return [.. rows.Select(row => new HoldLine(
            row.Id, row.Kind, key.Open(Hold.ReasonColumn, row.Id.Value, row.Reason),
            NameOf(row.PlacedBy), row.Since, row.Until, row.LiftedAt, NameOf(row.LiftedBy),
            row.LiftedAt is null && !(row.Until <= now), row.Unconfirmed)
        {
            ConfirmedAt = row.ConfirmedAt,
            ConfirmedBy = NameOf(row.ConfirmedBy),
            Paper = row.Paper is { } paper ? key.Open(Hold.PaperColumn, row.Id.Value, paper) : null,
            TellHirer = row.TellHirer,
            LiftedWith = NameOf(row.LiftedWith),
            Waits = row.LiftedAt is null ? waiting.GetValueOrDefault(row.Id) : null,
        })];

        string? NameOf(PersonId? person) => person is { } known ? names.GetValueOrDefault(known) : null;
    }
}
