using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Staff.Contracts;

public enum Role { Admin, Manager, Custodian, CounterOfficer, Security, Auditor }

/// <summary>What a declared relative is to the officer.</summary>
public enum Relation { Spouse, Parent, Child, Sibling, Grandparent, Grandchild, InLaw, SameHousehold }

/// <summary>What officers are trained in; who holds guard keys is to be trained for the vault (R19e).</summary>
public enum TrainingKind { Vault, Fire, Robbery, FirstAid }

public sealed record OfficerFacts
{
    public OfficerId Id { get; init; }

    public PersonId Person { get; init; }

    public string StaffNumber { get; init; } = "";

    /// <summary>Vault training counts until this day; null when never trained.</summary>
    public DateOnly? TrainedUntil { get; init; }
}

/// <summary>A posting in force is one with From ≤ date and (Until is null or date &lt; Until).</summary>
public sealed record PostingFacts
{
    public PostingId Id { get; init; }

    public OfficerId Officer { get; init; }

    public PersonId Person { get; init; }

    public BranchId? Branch { get; init; }

    public Role Role { get; init; }

    public DateOnly From { get; init; }

    public DateOnly? Until { get; init; }

    /// <summary>By when another person is to confirm it.</summary>
    public DateOnly RecertifyBy { get; init; }

    /// <summary>The first day on which it grants nothing, because nobody did. The last administrators' count all the same.</summary>
    public DateOnly LapsesOn { get; init; }

    internal bool InForce(DateOnly date) => From <= date && !(Until <= date);
}

public static class StaffContract
{
    /// <summary>Officers in service.</summary>
    public static IQueryable<OfficerFacts> OfficerFacts(this StrongroomDb db) => db.Set<Officer>().AsNoTracking()
        .Where(row => row.LeftAt == null)
        .Select(row => new OfficerFacts { Id = row.Id, Person = row.Person, StaffNumber = row.StaffNumber, TrainedUntil = db.Set<Training>().Where(training => training.Officer == row.Id && training.Kind == TrainingKind.Vault).Max(training => (DateOnly?)training.Until) });

    public static IQueryable<PostingFacts> PostingFacts(this StrongroomDb db) =>
        from posting in db.Set<Posting>().AsNoTracking()
        join officer in db.Set<Officer>() on posting.Officer equals officer.Id
        where posting.EndedAt == null && officer.LeftAt == null
        select new PostingFacts
        {
            Id = posting.Id,
            Officer = posting.Officer,
            Person = officer.Person,
            Branch = posting.Branch,
            Role = posting.Role,
            From = posting.From,
            Until = posting.Until,
            RecertifyBy = posting.RecertifyBy,
            LapsesOn = posting.LapsesOn,
        };

    /// <summary>
    /// Postings that count on a branch's local date, those at the branch and those in the whole bank: in force, confirmed within their year, and
    /// without an earlier one of the same officer whose duties belong apart from theirs. Administrators count unconfirmed: whether one has lapsed is <see cref="StaffRoles"/>'
    /// to say, who looks how many others there are.
    /// </summary>
    public static IQueryable<PostingFacts> PostedAt(this StrongroomDb db, BranchId branch, DateOnly date)
    {
        var inForce = db.PostingFacts().Where(posting => (posting.Branch == branch || posting.Branch == null) && posting.From <= date && (posting.Until == null || date < posting.Until));
        var (fromAdmin, fromManager, fromCustodian) = (Duties.ApartFrom(Role.Admin), Duties.ApartFrom(Role.Manager), Duties.ApartFrom(Role.Custodian));
        var (fromCounter, fromSecurity, fromAuditor) = (Duties.ApartFrom(Role.CounterOfficer), Duties.ApartFrom(Role.Security), Duties.ApartFrom(Role.Auditor));
        return inForce.Where(posting => posting.Role == Role.Admin || date < posting.LapsesOn).Where(posting => !inForce.Any(other => other.Officer == posting.Officer && other.Id != posting.Id && other.From <= posting.From && (
            (posting.Role == Role.Admin && fromAdmin.Contains(other.Role))
            || (posting.Role == Role.Manager && fromManager.Contains(other.Role))
            || (posting.Role == Role.Custodian && fromCustodian.Contains(other.Role))
            || (posting.Role == Role.CounterOfficer && fromCounter.Contains(other.Role))
            || (posting.Role == Role.Security && fromSecurity.Contains(other.Role))
            || (posting.Role == Role.Auditor && fromAuditor.Contains(other.Role)))));
    }

    /// <summary>Persons whose posting of that date gives them the right at the branch, for acts that name somebody who is not signed in here.</summary>
    public static IQueryable<PersonId> PersonsWith(this StrongroomDb db, string right, BranchId branch, DateOnly date)
    {
        var roles = Enum.GetValues<Role>().Where(role => Rights.Of(role).Contains(right)).ToList();
        return db.PostedAt(branch, date).Where(posting => roles.Contains(posting.Role)).Select(posting => posting.Person).Distinct();
    }

    /// <summary>Persons whom the officer has declared as relatives, whichever of the two declared it.</summary>
    public static IQueryable<PersonId> RelativesOf(this StrongroomDb db, PersonId person) =>
        (from relative in db.Set<Relative>()
         join officer in db.Set<Officer>() on relative.Officer equals officer.Id
         where relative.WithdrawnAt == null && officer.Person == person
         select relative.Person)
        .Union(
            from relative in db.Set<Relative>()
            join officer in db.Set<Officer>() on relative.Officer equals officer.Id
            where relative.WithdrawnAt == null && relative.Person == person
            select officer.Person);

    /// <summary>R16, of several officers at once: those who are one of these persons or a relative of one, each with why: "You …, so you do not approve this".</summary>
    public static async Task<IReadOnlyDictionary<PersonId, string>> WhoseMatter(
        this StrongroomDb db, IReadOnlyCollection<PersonId> persons, IReadOnlyCollection<PersonId> officers, CancellationToken cancel)
    {
        var found = new Dictionary<PersonId, string>();
        foreach (var officer in officers)
        {
            if (persons.Contains(officer)) found[officer] = "are a party of it (R16)";
            else if (await db.RelativesOf(officer).AnyAsync(relative => persons.Contains(relative), cancel)) found[officer] = "are a relative of a party (R16)";
        }
        return found;
    }
}
