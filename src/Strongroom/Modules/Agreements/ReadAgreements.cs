using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements;

public sealed record AgreementDetails(
    AgreementFacts Facts, string BranchName, string Zone, string LockerNumber, string LockerType,
    IReadOnlyList<PartyLine> Parties, IReadOnlyList<HoldLine> Holds, IReadOnlyList<NomineeLine> Nominees);

public sealed record PartyLine
{
    public PersonId Person { get; init; }

    public string Name { get; init; } = "";

    public PartyRole Role { get; init; }

    public DateOnly? DueDiligenceReviewOn { get; init; }

    public DateOnly? PhotographTakenOn { get; init; }
}

/// <summary>As an old register records them: kept as they were, never converted (R65).</summary>
public sealed record NomineeLine(string Name, string? Relation);

public sealed record HoldLine(HoldId Id, HoldKind Kind, string Reason, string? PlacedBy, DateTime Since, DateTime? Until, DateTime? LiftedAt, string? LiftedBy, bool InForce, bool Unconfirmed);

public sealed record VacantLocker
{
    public LockerId Id { get; init; }

    public BranchId Branch { get; init; }

    public string BranchName { get; init; } = "";

    public string Number { get; init; } = "";

    public string Type { get; init; } = "";

    public SizeClass SizeClass { get; init; }
}

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
                                 DueDiligenceReviewOn = person.DueDiligenceReviewOn,
                                 PhotographTakenOn = person.PhotographTakenOn,
                             }).ToListAsync(cancel);
        return new(facts, place.Name, place.Zone, place.Number, place.Type, parties,
            await Holds(id, parties[0].Person, cancel), await Nominees(id, parties[0].Person, cancel));
    }

    /// <summary>Lockers in service that nobody rents, at the branches where the reader may let them, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<VacantLocker>> Vacant(CancellationToken cancel)
    {
        var branches = current.Now.BranchesWith(AgreementsRights.Write);
        return await (from locker in db.LockerFacts()
                      join branch in db.BranchFacts() on locker.Branch equals branch.Id
                      where locker.Condition == LockerCondition.InService
                          && (!locker.OccupantUnknown || db.Set<Agreement>().Any(row => row.Locker == locker.Id))
                          && (branches == null || branches.Contains(locker.Branch))
                          && !db.Set<Agreement>().Any(row => row.Locker == locker.Id && row.EndedOn == null)
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

    private async Task<IReadOnlyList<NomineeLine>> Nominees(AgreementId id, PersonId hirer, CancellationToken cancel)
    {
        var rows = await db.Set<RecordedNominee>().AsNoTracking().Where(row => row.Agreement == id).OrderBy(row => row.Position).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var key = await seals.KeyOf(db, hirer, cancel);
        return [.. rows.Select(row => new NomineeLine(key.Open(RecordedNominee.NameColumn, id.Value, row.Name),
            row.Relation is { } relation ? key.Open(RecordedNominee.RelationColumn, id.Value, relation) : null))];
    }

    private async Task<IReadOnlyList<HoldLine>> Holds(AgreementId id, PersonId hirer, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var rows = await db.Set<Hold>().AsNoTracking().Where(row => row.Agreement == id).OrderByDescending(row => row.Since).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var officers = rows.Select(row => row.PlacedBy).Concat(rows.Select(row => row.LiftedBy)).OfType<PersonId>().Distinct().ToList();
        var names = await db.PersonFacts().Where(person => officers.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var key = await seals.KeyOf(db, hirer, cancel);
        return [.. rows.Select(row => new HoldLine(
            row.Id, row.Kind, key.Open(Hold.ReasonColumn, row.Id.Value, row.Reason),
            NameOf(row.PlacedBy), row.Since, row.Until, row.LiftedAt, NameOf(row.LiftedBy),
            row.LiftedAt is null && !(row.Until <= now), row.Unconfirmed))];

        string? NameOf(PersonId? person) => person is { } known ? names.GetValueOrDefault(known) : null;
    }
}
