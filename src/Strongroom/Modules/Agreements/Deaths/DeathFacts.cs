using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Agreements.Deaths;

/// <summary>A death as the person's page tells it.</summary>
/// <param name="Back">When it was taken back; null while it stands.</param>
internal sealed record DeathLine(DeathId Id, DateOnly DiedOn, string Paper, DateOnly PaperOn, DateTime At, string By, string With, DateTime? Back, string? BackBy, string? BackWith, string? BackReason);

/// <summary>What marking and taking back ask alike.</summary>
internal static class DeathFacts
{
    internal sealed record Asked(PersonFacts Person, BranchFacts Branch);

    /// <summary>Who asks, where, about whom; somebody else's branch and a merged record are not there.</summary>
    public static async Task<Outcome<Asked>> AskedAbout(this StrongroomDb db, Act act, PersonId id, BranchId at, string right, CancellationToken cancel)
    {
        if (await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == at, cancel) is not { } branch || !act.Actor.MayAt(right, at)) return new NoSuch("branch") { Field = nameof(MarkDeadRequest.Branch) };
        if (await db.PersonFacts().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel) is not { } person) return new NoSuch("person");
        return await db.IsOwnMatter(act.Actor, await db.ConcernedByDeath(id, cancel), cancel) ? new OwnMatter().About(id) : new Asked(person, branch);
    }

    public static async Task<Refusal?> WhyNotMark(this StrongroomDb db, PersonFacts person, DeathToApprove what, DateOnly today, CancellationToken cancel) => DeathRules.WhyNotMark(
        person.Kind, await db.StandingDeath(person.Id, cancel) is not null, await db.OfficerFacts().AnyAsync(row => row.Person == person.Id, cancel), what.DiedOn, what.PaperOn, today);

    public static async Task<Death?> StandingDeath(this StrongroomDb db, PersonId person, CancellationToken cancel) => await (
        from death in db.Set<Death>().AsNoTracking()
        join back in db.Set<DeathReversal>() on death.Id equals back.Death into backs
        from back in backs.DefaultIfEmpty()
        where death.Person == person && back == null
        select death).SingleOrDefaultAsync(cancel);

    /// <summary>R16: the person, and everybody whose matter a hire of theirs is.</summary>
    public static async Task<List<PersonId>> ConcernedByDeath(this StrongroomDb db, PersonId person, CancellationToken cancel)
    {
        HashSet<PersonId> persons = [person];
        foreach (var hire in await db.HiresOf(person).Where(hire => hire.EndedOn == null).Select(hire => hire.Id).ToListAsync(cancel)) persons.UnionWith(await db.Persons(hire, cancel));
        return [.. persons];
    }

    public static async Task<IReadOnlyList<BoundRow>> BoundByDeath(this StrongroomDb db, PersonId person, CancellationToken cancel)
    {
        var version = await db.PersonFacts().Where(row => row.Id == person).Select(row => row.Version).SingleAsync(cancel);
        var marks = await db.Set<Death>().Where(row => row.Person == person).Select(row => row.Id).ToListAsync(cancel);
        var taken = await db.Set<DeathReversal>().CountAsync(row => marks.Contains(row.Death), cancel);
        return [BoundRow.Of(person, version), new($"deaths:{person}", marks.Count + taken)];
    }

    /// <summary>Before anything of the person is read: two who mark or take back at once, a merge, and an admission of whom they act for are lost races.</summary>
    public static async Task LeanOnDeathOf(this StrongroomDb db, PersonId person, CancellationToken cancel) =>
        await db.LeanOnPersons([person, .. await db.SignatoryFacts().Where(row => row.Person == person).Select(row => row.Organisation).ToListAsync(cancel)], cancel);

    /// <summary>Hires in force that the person is a party of, or operates by a letter; tracked.</summary>
    public static async Task<List<Agreement>> AgreementsOf(this StrongroomDb db, PersonId person, CancellationToken cancel)
    {
        var mine = await db.HiresOf(person).Where(hire => hire.EndedOn == null).Select(hire => hire.Id).ToListAsync(cancel);
        return await db.Set<Agreement>().Where(row => mine.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
    }

    /// <summary>All marks of a person, those taken back too, newest first. The caller has asked whether the reader may know.</summary>
    public static async Task<IReadOnlyList<DeathLine>> DeathsOf(this StrongroomDb db, Seals seals, PersonId person, CancellationToken cancel)
    {
        var rows = await (
            from death in db.Set<Death>().AsNoTracking()
            join back in db.Set<DeathReversal>() on death.Id equals back.Death into backs
            from back in backs.DefaultIfEmpty()
            where death.Person == person
            orderby death.At descending
            select new { death, back }).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var officers = rows.SelectMany(row => new[] { row.death.By, row.death.With, row.back?.By ?? row.death.By, row.back?.With ?? row.death.With }).Distinct().ToList();
        var names = await db.PersonFacts().Where(one => officers.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Name, cancel);
        return [.. rows.Select(row => new DeathLine(row.death.Id,
            Day(Death.Open(seals, Death.DiedOnPlace, row.death.Id, row.death.DiedOn)), Death.Open(seals, Death.PaperPlace, row.death.Id, row.death.Paper),
            Day(Death.Open(seals, Death.PaperOnPlace, row.death.Id, row.death.PaperOn)), row.death.At, names[row.death.By], names[row.death.With],
            row.back?.At, row.back is { } taken ? names[taken.By] : null, row.back is { } with ? names[with.With] : null,
            row.back is { } why ? Death.Open(seals, DeathReversal.ReasonPlace, row.death.Id, why.Reason) : null))];
    }

    private static DateOnly Day(string sealedAs) => DateOnly.ParseExact(sealedAs, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed record SignInClosedByDeath() : Refusal("agreements.sign-in-closed-by-death", 403, "This online access is closed: the bank was told that its holder has died.",
    "If you are the holder, come to your branch with your identity document: it is opened again. If you are family, your branch tells you which papers it needs.");

/// <summary>What who knows the password of a closed sign-in is told.</summary>
internal sealed class ClosedByDeath(StrongroomDb db) : IClosedSignIn
{
    public async Task<Refusal?> Why(PersonId person, CancellationToken cancel) => await db.MarkedDead().AnyAsync(dead => dead == person, cancel) ? new SignInClosedByDeath() : null;
}
