using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>Finds people by what identifies them: their name's words, their customer number, an address they are reached at.</summary>
internal sealed class FindPeople(StrongroomDb db, CurrentActor current, Seals seals)
{
    // A name has a dozen keys at most, so this many rows hold enough different people.
    private const int KeysOfOne = 12;

    /// <summary>People with the words in their names: as written first, then those that only sound like it.</summary>
    /// <returns>At most <paramref name="most"/>, and whether the name was only sounded.</returns>
    public async Task<IReadOnlyList<(PersonFacts Person, bool BySound)>> Named(string text, int most, CancellationToken cancel)
    {
        List<PersonId> written = [], sounding = [];
        foreach (var range in NameKeys.Written(text)) await Add(written, range, [], NameKeys.Further(text), most, cancel);
        if (written.Count < most)
            foreach (var range in NameKeys.Sounding(text)) await Add(sounding, range, written, [], most - written.Count, cancel);

        var ids = written.Concat(sounding).ToList();
        // The name of a record that was merged finds the one that stays.
        var stays = await db.Set<Person>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, Stays = row.MergedInto ?? row.Id })
            .ToDictionaryAsync(row => row.Id, row => row.Stays, cancel);
        var shown = stays.Values.Distinct().ToList();
        var people = await db.PersonFacts().Where(person => shown.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancel);
        return [.. ids.Select((id, at) => (Person: people[stays[id]], BySound: at >= written.Count)).DistinctBy(one => one.Person.Id)];
    }

    public Task<PersonFacts?> WithCif(string cif, CancellationToken cancel) => db.PersonFacts().SingleOrDefaultAsync(person => person.Cif == cif, cancel);

    /// <summary>Who is reached at an e-mail address or a mobile number.</summary>
    /// <returns>Null when the text is neither; a customer number that looks like a mobile number is a customer number.</returns>
    public async Task<IReadOnlyList<PersonFacts>?> ReachedAt(string? text, int most, CancellationToken cancel)
    {
        if (text?.Trim() is not { Length: > 0 } asked) return null;
        var blinds = await Blinds(asked, cancel);
        if (blinds.Count == 0 || await db.Set<Person>().AnyAsync(row => row.Cif == asked, cancel)) return null;
        var ids = await db.Set<Channel>().Where(channel => channel.RemovedAt == null && channel.State != ChannelState.Asked && blinds.Contains(channel.Blind))
            .Select(channel => channel.Person).Distinct().OrderBy(person => person).Take(most).ToListAsync(cancel);
        return await db.PersonFacts().Where(person => ids.Contains(person.Id)).OrderBy(person => person.Folded).ThenBy(person => person.Id).ToListAsync(cancel);
    }

    // The keys of a range lie side by side; the reader stops at so many.
    private async Task Add(List<PersonId> found, NameKeys.Range range, List<PersonId> known, IEnumerable<string> further, int most, CancellationToken cancel)
    {
        if (found.Count >= most) return;
        var keys = db.KeysIn(range);
        foreach (var word in further) keys = keys.Where(row => db.Set<PersonName>().Any(name => name.Person == row.Person && name.Folded.Contains(word)));
        var persons = await keys.OrderBy(row => row.Word).ThenBy(row => row.Person).Select(row => row.Person).Take((most + known.Count) * KeysOfOne).ToListAsync(cancel);
        found.AddRange(persons.Distinct().Except(known).Except(found).Take(most - found.Count).ToList());
    }

    // What looks like neither an address nor a number has no blind, and is a name.
    private async Task<List<Blind>> Blinds(string asked, CancellationToken cancel)
    {
        var region = await db.DialledIn(current.Now, cancel);
        var blinds = new List<Blind>();
        foreach (var kind in Enum.GetValues<ChannelKind>())
        {
            if (!ChannelAddress.Parse(kind, asked, region).Refused(out _, out var address))
                blinds.Add(seals.Blind(address.Purpose, address.Normalised));
        }
        return blinds;
    }
}

public static class PersonsByName
{
    /// <summary>Persons with the words in their names, whole ones in any order and the beginning of one, in whatever case.</summary>
    public static IQueryable<PersonId> PersonsNamed(this StrongroomDb db, string words)
    {
        var ranges = NameKeys.Written(words);
        if (ranges.Count == 0) return db.Set<PersonWord>().Where(_ => false).Select(row => row.Person);
        var keys = db.KeysIn(ranges[0]);
        if (ranges.Count > 1) keys = keys.Union(db.KeysIn(ranges[1]));
        foreach (var word in NameKeys.Further(words)) keys = keys.Where(row => db.Set<PersonName>().Any(name => name.Person == row.Person && name.Folded.Contains(word)));
        // The name of a record that was merged finds the one that stays.
        return from row in keys
               join person in db.Set<Person>() on row.Person equals person.Id
               select person.MergedInto ?? person.Id;
    }

    internal static IQueryable<PersonWord> KeysIn(this StrongroomDb db, NameKeys.Range range)
    {
        var (from, until) = range;
        // It becomes SQL, where the column's own order counts: that of bytes.
#pragma warning disable CA1309
        return db.Set<PersonWord>().AsNoTracking().Where(row => string.Compare(row.Word, from) >= 0 && string.Compare(row.Word, until) < 0);
#pragma warning restore CA1309
    }
}
