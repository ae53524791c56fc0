using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange.Taking;

/// <param name="Folded">The name as it is compared.</param>
/// <param name="Reached">Addresses and numbers that the bank has of the person.</param>
internal sealed record KnownPerson(TakenPerson Taken, string Folded, HashSet<string> Reached);

/// <summary>Persons by their customer number: the one thing by which an import says that two are one. Never by name.</summary>
internal sealed class KnownPeople(Seals seals)
{
    private readonly Dictionary<string, KnownPerson> byCif = [];

    public static string? CifOf(RowView row)
    {
        if (row[Column.Cif] is not { } text) return null;
        var cif = text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text.Replace(" ", "", StringComparison.Ordinal);
        return cif.Length <= TakeCustomers.LongestCif && cif.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && cif.Any(c => c != '0' && c != '-') ? cif.ToUpperInvariant() : null;
    }

    public KnownPerson? With(string cif) => byCif.GetValueOrDefault(cif);

    public void Add(string cif, KnownPerson person) => byCif.Add(cif, person);

    public async Task Load(StrongroomDb db, IEnumerable<string> cifs, CancellationToken cancel)
    {
        var asked = cifs.Where(cif => !byCif.ContainsKey(cif)).Distinct().ToList();
        if (asked.Count == 0) return;
        var people = await db.PersonFacts().Where(person => person.Cif != null && asked.Contains(person.Cif)).ToListAsync(cancel);
        var ids = people.ConvertAll(person => person.Id);
        var keys = await seals.KeysOf(db, ids, cancel);
        var channels = (await db.ChannelFacts().Where(channel => ids.Contains(channel.Person)).ToListAsync(cancel)).ToLookup(channel => channel.Person);
        foreach (var person in people)
        {
            // Without a key the person was erased; the register's row is then a new person of that number, and the database refuses it.
            if (!keys.TryGetValue(person.Id, out var key)) continue;
            byCif[person.Cif!] = new(new(person.Id, key), NameReading.Folded(person.Name), [.. channels[person.Id].Select(channel => key.Open(channel))]);
        }
    }
}
