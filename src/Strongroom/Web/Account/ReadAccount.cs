using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Web.Account;

/// <summary>A locker as one of its hirers sees it.</summary>
/// <param name="HoldWords">Why it cannot be opened now, in plain words; as much of it as the hirers may know.</param>
/// <param name="FrozenBy">Who froze it, for the other hirers: "You", a hirer's name, or "your branch".</param>
public sealed record MyLocker(
    AgreementFacts Hire, string Number, string Branch, string Zone, IReadOnlyList<HoldFacts> Holds, IReadOnlyList<string> HoldWords, string? FrozenBy,
    IReadOnlyList<Opener> Openers, IReadOnlyList<string> Hirers, int Visits, IReadOnlyList<VisitFacts> LastVisits)
{
    public bool Held => Holds.Count > 0;

    public HoldFacts? Freeze => Holds.FirstOrDefault(hold => hold.Kind == HoldKind.Freeze);
}

/// <summary>A locker that was hired once: its visits stay to be read.</summary>
public sealed record FormerLocker(AgreementId Hire, string Number, string Branch, DateOnly? EndedOn);

/// <summary>What account holders read of their own lockers. Somebody else's does not exist.</summary>
internal sealed class ReadAccount(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    public const int PageSize = 25;

    private const int Glance = 3;

    public async Task<IReadOnlyList<MyLocker>> Mine(CancellationToken cancel)
    {
        var mine = new List<MyLocker>();
        // A person has one locker or a few.
        foreach (var hire in await Hires().Where(hire => hire.EndedOn == null).OrderBy(hire => hire.StartsOn).ThenBy(hire => hire.Id).ToListAsync(cancel))
            mine.Add(await Look(hire, 0, Glance, cancel));
        return mine;
    }

    public async Task<IReadOnlyList<FormerLocker>> Former(CancellationToken cancel) => await (
        from hire in Hires()
        join locker in db.LockerFacts() on hire.Locker equals locker.Id
        join branch in db.BranchFacts() on hire.Branch equals branch.Id
        where hire.EndedOn != null
        orderby hire.EndedOn descending, hire.Id
        select new FormerLocker(hire.Id, locker.Number, branch.Name, hire.EndedOn)).ToListAsync(cancel);

    /// <summary>One of them with a page of its visits, the newest first; null where it is not theirs.</summary>
    public async Task<MyLocker?> One(AgreementId id, int skip, CancellationToken cancel) =>
        await Hires().SingleOrDefaultAsync(hire => hire.Id == id, cancel) is { } hire ? await Look(hire, skip, PageSize, cancel) : null;

    private IQueryable<AgreementFacts> Hires()
    {
        var me = current.Now.Person;
        return db.AgreementFacts().Where(hire => db.PartyFacts().Any(party => party.Agreement == hire.Id && party.Person == me));
    }

    private async Task<MyLocker> Look(AgreementFacts hire, int skip, int take, CancellationToken cancel)
    {
        var (now, me) = (clock.UtcNow(), current.Now.Person);
        var locker = await db.LockerFacts().Where(row => row.Id == hire.Locker).Select(row => row.Number).SingleAsync(cancel);
        var branch = await db.BranchFacts().Where(row => row.Id == hire.Branch).Select(row => new { row.Name, row.Zone }).SingleAsync(cancel);
        var parties = await (from party in db.PartyFacts()
                             join person in db.PersonFacts() on party.Person equals person.Id
                             where party.Agreement == hire.Id
                             orderby party.Position
                             select new { party.Person, person.Name, party.Position }).ToListAsync(cancel);
        var holds = await db.HoldsInForce(now).Where(hold => hold.Agreement == hire.Id).OrderBy(hold => hold.Since).ToListAsync(cancel);
        var persons = parties.ConvertAll(party => party.Person);
        var dead = await db.MarkedDead().Where(person => persons.Contains(person)).ToListAsync(cancel);
        var positionsOfDead = parties.Where(party => dead.Contains(party.Person)).Select(party => party.Position).ToList();
        var come = hire.EndedOn is null ? await db.WhoMayCome(hire.Id, now.DateIn(branch.Zone), cancel) : [];
        var coming = come.Select(one => one.Person).ToList();
        var names = await db.PersonFacts().Where(person => coming.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var visits = db.VisitFacts().Where(visit => visit.Agreement == hire.Id);
        var freezer = holds.Find(hold => hold.Kind == HoldKind.Freeze)?.PlacedBy;
        return new(
            hire, locker, branch.Name, branch.Zone, holds, [.. holds.Select(HoldForHirer.Words).Distinct()],
            FrozenBy: holds.Exists(hold => hold.Kind == HoldKind.Freeze)
                ? freezer == me ? "You" : parties.Find(party => party.Person == freezer)?.Name ?? "Your branch"
                : null,
            [.. come.Select(one => new Opener(one.Person, names[one.Person], one.Person == me,
                WhoOpens.Way(hire.Mandate, one, parties.Count, parties.Find(party => party.Position == one.Position)?.Name, positionsOfDead)))],
            [.. parties.Select(party => party.Person == me ? $"{party.Name} (you)" : party.Name)],
            await visits.CountAsync(cancel),
            await visits.OrderByDescending(visit => visit.ArrivedAt).ThenByDescending(visit => visit.Id).Skip(skip).Take(take).ToListAsync(cancel));
    }
}
