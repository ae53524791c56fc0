using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access;

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
}

/// <summary>Somebody who could be checked in: a party of an agreement in force at the branch.</summary>
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

    /// <summary>1 is the first-named hirer.</summary>
    public int Position { get; init; }
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
        };

    public static IQueryable<Candidate> Candidates(this StrongroomDb db, BranchId branch) =>
        from agreement in db.AgreementFacts()
        join party in db.PartyFacts() on agreement.Id equals party.Agreement
        join locker in db.LockerFacts() on agreement.Locker equals locker.Id
        join person in db.PersonFacts() on party.Person equals person.Id
        where agreement.Branch == branch && agreement.EndedOn == null
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
            Position = party.Position,
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
