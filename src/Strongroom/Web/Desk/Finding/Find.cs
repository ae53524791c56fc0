using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Web.Desk.Finding;

public enum HitKind { Person, Locker, Key, Agreement }

/// <param name="Where">The branch, or the lockers of a person.</param>
/// <param name="Why">Why it is among what was found, in words.</param>
/// <param name="Href">Its page.</param>
public sealed record Hit(HitKind Kind, string What, string? Where, string Why, string Href);

/// <param name="More">There are more of some kind than are shown.</param>
public sealed record Found(IReadOnlyList<Hit> Hits, bool More);

/// <param name="Text">A name's words, a number of a locker, a key, an agreement or a customer, an e-mail address or a mobile number.</param>
public sealed record FindRequest([property: Required, StringLength(254)] string Text);

/// <summary>
/// One question, put to every kind of thing at once. Each kind is found by a range of an index and read no further than is shown, so that it takes
/// as long in a great bank as in a small one. Who may not read a kind finds none of it.
/// </summary>
internal sealed class Find(StrongroomDb db, CurrentActor current, FindPeople people)
{
    /// <summary>Shown of each kind.</summary>
    public const int Most = 20;

    /// <summary>An address or a telephone number, even half of one: it may stand in no address of a page.</summary>
    public static bool IsPersonal(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal)) return true;
        var bare = text.Where(c => !" +-().".Contains(c, StringComparison.Ordinal)).ToList();
        return bare.Count >= 7 && bare.TrueForAll(char.IsDigit);
    }

    /// <param name="reached">Whether the text may be an address or a telephone number: never when it came in an address.</param>
    public async Task<Found> Handle(string text, bool reached, CancellationToken cancel)
    {
        var asked = text.Trim();
        if (asked.Length is 0 or > 254) return new([], false);
        List<Hit> hits = [];
        var more = false;
        foreach (var kind in new[] { await Lockers(asked, cancel), await Keys(asked, cancel), await Agreements(asked, cancel), await People(asked, reached, cancel) })
        {
            hits.AddRange(kind.Take(Most));
            more |= kind.Count > Most;
        }
        return new(hits, more);
    }

    private async Task<List<Hit>> Lockers(string asked, CancellationToken cancel)
    {
        List<Hit> hits = [];
        if (!current.Now.May(AccessRights.Read)) return hits;
        foreach (var (number, at) in await Numbers(asked, AccessRights.Read, cancel))
        {
            var now = await (from locker in db.LockerFacts()
                             where locker.Number == number && (at == null || at.Contains(locker.Branch))
                             orderby locker.Number, locker.Branch
                             select new { locker.Id, locker.Number, locker.Branch }).Take(Most + 1).ToListAsync(cancel);
            var then = await (from former in db.FormerNumberFacts()
                              join locker in db.LockerFacts() on former.Locker equals locker.Id
                              where former.Number == number && (at == null || at.Contains(locker.Branch))
                              orderby former.Number, former.Locker
                              select new { locker.Id, locker.Number, locker.Branch, former.Until }).Take(Most + 1).ToListAsync(cancel);
            var branches = await Branches(now.Select(row => row.Branch).Concat(then.Select(row => row.Branch)), cancel);
            hits.AddRange(now.Select(row => new Hit(HitKind.Locker, $"Locker {row.Number}", branches[row.Branch].Name, "its number", $"/desk/lockers/{row.Id}")));
            hits.AddRange(then.Select(row => new Hit(HitKind.Locker, $"Locker {row.Number}", branches[row.Branch].Name,
                $"former number {number}, until {Words(row.Until.DateIn(branches[row.Branch].Zone))}", $"/desk/lockers/{row.Id}")));
        }
        return [.. hits.Distinct()];
    }

    private async Task<List<Hit>> Keys(string asked, CancellationToken cancel)
    {
        List<Hit> hits = [];
        if (!current.Now.May(KeysRights.Read)) return hits;
        foreach (var (number, at) in await Numbers(asked, KeysRights.Read, cancel))
        {
            var keys = await db.KeyFacts().Where(key => key.Number == number && (at == null || at.Contains(key.Branch)))
                .OrderBy(key => key.Number).ThenBy(key => key.Branch).ThenBy(key => key.Kind).Take(Most + 1).ToListAsync(cancel);
            var branches = await Branches(keys.Select(key => key.Branch), cancel);
            var ids = keys.Select(key => key.Locker).OfType<LockerId>().ToList();
            var lockers = await db.LockerFacts().Where(locker => ids.Contains(locker.Id)).ToDictionaryAsync(locker => locker.Id, locker => locker.Number, cancel);
            hits.AddRange(keys.Select(key => key.Locker is { } locker
                ? new Hit(HitKind.Key, $"Key of locker {lockers[locker]}", branches[key.Branch].Name, $"hirer’s key {key.Number}", $"/desk/lockers/{locker}")
                : new Hit(HitKind.Key, $"Guard key {key.Number}", branches[key.Branch].Name, "its number", $"/desk/custody?branch={key.Branch}")));
        }
        return [.. hits.Distinct()];
    }

    private async Task<List<Hit>> Agreements(string asked, CancellationToken cancel)
    {
        List<Hit> hits = [];
        if (!current.Now.May(AgreementsRights.Read)) return hits;
        foreach (var (number, at) in await Numbers(asked, AgreementsRights.Read, cancel))
        {
            var rows = await db.AgreementFacts().Where(row => row.Number == number && (at == null || at.Contains(row.Branch)))
                .OrderBy(row => row.Number).ThenBy(row => row.Branch).Take(Most + 1).ToListAsync(cancel);
            var branches = await Branches(rows.Select(row => row.Branch), cancel);
            hits.AddRange(rows.Select(row => new Hit(HitKind.Agreement, $"Agreement {row.Number}", branches[row.Branch].Name,
                row.EndedOn is { } ended ? $"its number; ended {Words(ended)}" : "its number", $"/desk/agreements/{row.Id}")));
        }
        return [.. hits.Distinct()];
    }

    private async Task<List<Hit>> People(string asked, bool reached, CancellationToken cancel)
    {
        if (!current.Now.May(CustomersRights.Read)) return [];
        List<(PersonFacts Person, string Why)> found = [];
        if (await people.WithCif(asked, cancel) is { } customer) found.Add((customer, $"customer number {customer.Cif}"));
        else if (reached && await people.ReachedAt(asked, Most + 1, cancel) is { } there)
            found.AddRange(there.Select(person => (person, asked.Contains('@', StringComparison.Ordinal) ? "reached at this e-mail address" : "reached at this mobile number")));
        foreach (var (person, bySound) in await people.Named(asked, Most + 1, cancel))
            if (!found.Exists(one => one.Person.Id == person.Id)) found.Add((person, WhyNamed(asked, person, bySound)));

        var ids = found.Select(one => one.Person.Id).ToList();
        var at = current.Now.BranchesWith(AgreementsRights.Read);
        // The instant says which holds are in force, and nobody asks that here.
        var hires = !current.Now.May(AgreementsRights.Read) ? [] : await db.AgreementLines(default)
            .Where(hire => ids.Contains(hire.Person) && hire.EndedOn == null && (at == null || at.Contains(hire.Branch)))
            .OrderBy(hire => hire.BranchName).ThenBy(hire => hire.LockerNumber)
            .Select(hire => new { hire.Person, Words = $"locker {hire.LockerNumber}, {hire.BranchName}" }).ToListAsync(cancel);
        var lockers = hires.ToLookup(hire => hire.Person, hire => hire.Words);
        return [.. found.Select(one => new Hit(HitKind.Person, one.Person.Name, string.Join("; ", lockers[one.Person.Id]) is { Length: > 0 } words ? words : null, one.Why, $"/desk/people/{one.Person.Id}"))];
    }

    private static string WhyNamed(string asked, PersonFacts person, bool bySound)
    {
        var words = CustomersContract.Fold(asked).Split(' ');
        if (bySound) return $"name sounds like “{asked}”";
        if (person.Folded.StartsWith(CustomersContract.Fold(asked), StringComparison.Ordinal)) return $"name begins with “{asked}”";
        return words.Length == 1 ? $"a word of the name begins with “{asked}”" : $"name has {string.Join(" and ", words.Select(word => $"“{word}”"))}";
    }

    /// <summary>What the text may say: a number, or a number and its branch by code or name, in either order: "MGR 101", "101 MG Road".</summary>
    private async Task<List<(string Number, IReadOnlyList<BranchId>? At)>> Numbers(string asked, string right, CancellationToken cancel)
    {
        var mine = current.Now.BranchesWith(right);
        List<(string, IReadOnlyList<BranchId>?)> numbers = [.. Cases(asked).Select(number => (number, mine))];
        var words = asked.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return numbers;
        foreach (var (number, place) in new[] { (words[^1], string.Join(' ', words[..^1])), (words[0], string.Join(' ', words[1..])) })
        {
            if (!number.Any(char.IsDigit)) continue;
            var there = await BranchesCalled(place, mine, cancel);
            if (there.Count > 0) numbers.AddRange(Cases(number).Select(one => (one, (IReadOnlyList<BranchId>?)there)));
        }
        return numbers;
    }

    private async Task<List<BranchId>> BranchesCalled(string place, IReadOnlyList<BranchId>? mine, CancellationToken cancel)
    {
        var mineOnly = db.BranchFacts().Where(branch => mine == null || mine.Contains(branch.Id));
        var codes = Cases(place).ToList();
        var coded = await mineOnly.Where(branch => codes.Contains(branch.Code)).Select(branch => branch.Id).ToListAsync(cancel);
        if (coded.Count > 0) return coded;
        var name = place.ToLowerInvariant();
        // It becomes SQL, where a culture and a comparison cannot be named.
#pragma warning disable CA1304, CA1311, CA1862
        return await mineOnly.Where(branch => branch.Name.ToLower().StartsWith(name)).OrderBy(branch => branch.Code).Select(branch => branch.Id).Take(Most).ToListAsync(cancel);
#pragma warning restore CA1304, CA1311, CA1862
    }

    private static IEnumerable<string> Cases(string number) => new[] { number, number.ToUpperInvariant() }.Distinct();

    private async Task<Dictionary<BranchId, BranchFacts>> Branches(IEnumerable<BranchId> wanted, CancellationToken cancel)
    {
        var ids = wanted.Distinct().ToList();
        return ids.Count == 0 ? [] : await db.BranchFacts().Where(branch => ids.Contains(branch.Id)).ToDictionaryAsync(branch => branch.Id, cancel);
    }

    private static string Words(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
}
