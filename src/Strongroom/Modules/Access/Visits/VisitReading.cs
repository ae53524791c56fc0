using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>A visit as lists show it.</summary>
public sealed record VisitLine
{
    public VisitId Id { get; init; }

    public BranchId Branch { get; init; }

    public BranchDayId Day { get; init; }

    public AgreementId Agreement { get; init; }

    public LockerId LockerId { get; init; }

    public int Number { get; init; }

    public string Locker { get; init; } = "";

    public PersonId OperatorId { get; init; }

    public string Operator { get; init; } = "";

    public VisitState State { get; init; }

    public DateTime ArrivedAt { get; init; }

    public DateTime? AdmittedAt { get; init; }

    public DateTime? AloneAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public PersonId? SecondOfficer { get; init; }
}

/// <summary>Somebody who could be checked in today: a hirer of an agreement in force at the branch, a signatory of one, or an agent.</summary>
public sealed record Candidate
{
    public AgreementId Agreement { get; init; }

    public string AgreementNumber { get; init; } = "";

    public PersonId Person { get; init; }

    public string Name { get; init; } = "";

    public string Folded { get; init; } = "";

    public string Locker { get; init; } = "";

    public LockerId LockerId { get; init; }

    public BranchId Branch { get; init; }

    public Mandate Mandate { get; init; }

    public ComesAs As { get; init; }

    /// <summary>1 is the first-named hirer; for a signatory, that of the organisation; 0 for an agent.</summary>
    public int Position { get; init; }

    /// <summary>How many signatories must come together; 1 alone.</summary>
    public int Together { get; init; } = 1;

    /// <summary>The organisation a signatory acts for.</summary>
    public string? For { get; init; }
}

/// <summary>What the pages of a visit read, one SQL each.</summary>
internal static class VisitReading
{
    public static IQueryable<VisitLine> VisitLines(this StrongroomDb db) =>
        from visit in db.Set<Visit>().AsNoTracking()
        join locker in db.LockerFacts() on visit.Locker equals locker.Id
        join person in db.PersonFacts() on visit.Operator equals person.Id
        select new VisitLine
        {
            Id = visit.Id,
            Branch = visit.Branch,
            Day = visit.Day,
            Agreement = visit.Agreement,
            LockerId = visit.Locker,
            Number = visit.Number,
            Locker = locker.Number,
            OperatorId = visit.Operator,
            Operator = person.Name,
            State = visit.State,
            ArrivedAt = visit.ArrivedAt,
            AdmittedAt = visit.AdmittedAt,
            AloneAt = visit.AloneAt,
            EndedAt = visit.EndedAt,
            SecondOfficer = visit.SecondOfficer,
        };

    /// <summary>Three questions, because what a person comes as is no column.</summary>
    public static async Task<List<Candidate>> Candidates(
        this StrongroomDb db, BranchId branch, DateOnly today, Func<IQueryable<Candidate>, IQueryable<Candidate>> which, CancellationToken cancel)
    {
        List<Candidate> found = [.. await which(db.Hirers(branch)).ToListAsync(cancel), .. await which(db.Signatories(branch, today)).ToListAsync(cancel), .. await which(db.Agents(branch, today)).ToListAsync(cancel)];
        // Who may come in two capacities stands once, in the stronger.
        return [.. found.DistinctBy(one => (one.Agreement, one.Person)).OrderBy(one => one.Locker.Length).ThenBy(one => one.Locker, StringComparer.Ordinal).ThenBy(one => one.As).ThenBy(one => one.Position).ThenBy(one => one.Folded, StringComparer.Ordinal)];
    }

    private static IQueryable<Candidate> Hirers(this StrongroomDb db, BranchId branch) =>
        from agreement in db.AgreementFacts()
        join party in db.PartyFacts() on agreement.Id equals party.Agreement
        join locker in db.LockerFacts() on agreement.Locker equals locker.Id
        join person in db.PersonFacts() on party.Person equals person.Id
        where agreement.Branch == branch && agreement.EndedOn == null && person.Kind == PersonKind.Natural
        select new Candidate
        {
            Agreement = agreement.Id,
            AgreementNumber = agreement.Number,
            Person = person.Id,
            Name = person.Name,
            Folded = person.Folded,
            Locker = locker.Number,
            LockerId = locker.Id,
            Branch = agreement.Branch,
            Mandate = agreement.Mandate,
            As = ComesAs.Hirer,
            Position = party.Position,
        };

    private static IQueryable<Candidate> Signatories(this StrongroomDb db, BranchId branch, DateOnly today) =>
        from agreement in db.AgreementFacts()
        join party in db.PartyFacts() on agreement.Id equals party.Agreement
        join signatory in db.SignatoryFacts() on party.Person equals signatory.Organisation
        join organisation in db.PersonFacts() on party.Person equals organisation.Id
        join locker in db.LockerFacts() on agreement.Locker equals locker.Id
        join person in db.PersonFacts() on signatory.Person equals person.Id
        where agreement.Branch == branch && agreement.EndedOn == null && signatory.From <= today && (signatory.Until == null || signatory.Until >= today)
        select new Candidate
        {
            Agreement = agreement.Id,
            AgreementNumber = agreement.Number,
            Person = person.Id,
            Name = person.Name,
            Folded = person.Folded + " " + organisation.Folded,
            Locker = locker.Number,
            LockerId = locker.Id,
            Branch = agreement.Branch,
            Mandate = agreement.Mandate,
            As = ComesAs.Signatory,
            Position = party.Position,
            Together = signatory.Together,
            For = organisation.Name,
        };

    private static IQueryable<Candidate> Agents(this StrongroomDb db, BranchId branch, DateOnly today) =>
        from agreement in db.AgreementFacts()
        join agent in db.AgentFacts() on agreement.Id equals agent.Agreement
        join locker in db.LockerFacts() on agreement.Locker equals locker.Id
        join person in db.PersonFacts() on agent.Person equals person.Id
        where agreement.Branch == branch && agreement.EndedOn == null && agent.From <= today && (agent.Until == null || agent.Until >= today)
        select new Candidate
        {
            Agreement = agreement.Id,
            AgreementNumber = agreement.Number,
            Person = person.Id,
            Name = person.Name,
            Folded = person.Folded,
            Locker = locker.Number,
            LockerId = locker.Id,
            Branch = agreement.Branch,
            Mandate = agreement.Mandate,
            As = ComesAs.Agent,
        };

    /// <summary>Those of the signatures that were given and not used yet.</summary>
    public static IQueryable<SignatureFacts> Signed(this StrongroomDb db, params SignatureId[] ids) =>
        Signatures.Facts(db).Where(signature => ids.Contains(signature.Id) && signature.SignedAt != null && signature.UsedAt == null);

    public static Task<BranchDay?> OpenDayOf(this StrongroomDb db, BranchId branch, CancellationToken cancel) =>
        db.Set<BranchDay>().AsNoTracking().SingleOrDefaultAsync(day => day.Branch == branch && day.ClosedAt == null, cancel);

    public static async Task<IReadOnlyList<RuleAnswered>> RulesOf(this StrongroomDb db, DecisionId? decision, CancellationToken cancel) =>
        decision is null
            ? []
            : JsonSerializer.Deserialize<List<RuleAnswered>>(
                (await db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == decision, cancel)).Rules)!;

    /// <summary>The rules of a visit's last decision.</summary>
    public static async Task<IReadOnlyList<RuleAnswered>> RulesOfVisit(this StrongroomDb db, VisitId visit, CancellationToken cancel) =>
        await db.RulesOf(await db.Set<Visit>().Where(row => row.Id == visit).Select(row => row.Decision).SingleAsync(cancel), cancel);
}
