using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>What an officer compares two records by. Of what identifies a person in the world it shows enough to recognise, and no more.</summary>
/// <param name="Born">"in 1971", the day hidden; null when not known.</param>
/// <param name="Channels">Masked.</param>
public sealed record PersonToCompare(PersonFacts Facts, string? Born, bool HasAddress, IReadOnlyList<string> Channels, IReadOnlyList<string> ActsFor);

internal sealed class ComparePeople(StrongroomDb db, Seals seals)
{
    /// <returns>Null where there is no such person.</returns>
    public async Task<PersonToCompare?> One(PersonId id, CancellationToken cancel)
    {
        if (await db.PersonFacts().SingleOrDefaultAsync(person => person.Id == id, cancel) is not { } facts) return null;
        var row = await db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var born = MergedPeople.BornOn(row, await seals.KeyOf(db, id, cancel));
        var channels = await db.Set<Channel>().AsNoTracking().Where(channel => channel.Person == id && channel.RemovedAt == null && channel.State != ChannelState.Asked)
            .OrderBy(channel => channel.Kind).ThenBy(channel => channel.Id).Select(channel => channel.Masked).ToListAsync(cancel);
        var organisations = await (from signatory in db.SignatoryFacts()
                                   join organisation in db.PersonFacts() on signatory.Organisation equals organisation.Id
                                   where signatory.Person == id
                                   orderby organisation.Folded
                                   select organisation.Name).ToListAsync(cancel);
        return new(facts, born is { } day ? $"in {day.Year}, day hidden" : null, row.Address is not null, channels, organisations);
    }

    /// <summary>Other standing records of the same name, of which at least one has no customer number: proposed, never merged by themselves.</summary>
    public async Task<IReadOnlyList<PersonFacts>> LikelySame(PersonFacts person, int most, CancellationToken cancel) =>
        await db.PersonFacts()
            .Where(other => other.Folded == person.Folded && other.Id != person.Id && other.MergedInto == null && (other.Cif == null || person.Cif == null))
            .OrderBy(other => other.Id).Take(most).ToListAsync(cancel);
}
