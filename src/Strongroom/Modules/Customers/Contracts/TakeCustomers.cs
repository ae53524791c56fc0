using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>A person of an old register about to be taken over.</summary>
/// <param name="AsWritten">The name as the register has it.</param>
public sealed record OldPerson(string Name, string AsWritten, string? Cif, string? Address, DateOnly? DueDiligenceReviewOn);

/// <summary>A person taken over, with the key that further values are sealed under in the same save.</summary>
public sealed record TakenPerson(PersonId Id, PersonKeyInHand Key);

/// <summary>How an import enters persons. It never merges two: who has the same customer number is the caller's one person.</summary>
public static class TakeCustomers
{
    public const int LongestName = 200, LongestAddress = 500, LongestCif = 20;

    public static TakenPerson TakePerson(this Bulk bulk, Act act, OldPerson taken)
    {
        var id = act.NewId<Noun.Person>();
        var key = act.Seals.NewKey(bulk, id);
        bulk.Add(new Person
        {
            Id = id,
            Cif = taken.Cif,
            Address = taken.Address is { } home ? key.Seal(CustomersContract.HomeColumn, id.Value, home) : null,
            Language = "en",
            DueDiligenceReviewOn = taken.DueDiligenceReviewOn,
        });
        var name = PersonName.Spaced(taken.Name);
        bulk.Add(new PersonName { Person = id, FullName = name, Folded = PersonName.Fold(name), AsWritten = taken.AsWritten == name ? null : taken.AsWritten });
        foreach (var word in PersonWord.Of(id, name)) bulk.Add(word);
        return new(id, key);
    }

    /// <summary>The address in its one form; null when nobody can be reached there as it is written.</summary>
    /// <param name="region">ISO country that a number without a country code is dialled in.</param>
    public static string? Normalised(ChannelKind kind, string written, string region) =>
        ChannelAddress.Parse(kind, written, region).Refused(out _, out var address) ? null : address.Normalised;

    /// <summary>Unverified, because nobody asked the person; what reaches nobody is kept as it was written, to be put right at the counter.</summary>
    public static ChannelId TakeChannel(this Bulk bulk, Act act, TakenPerson person, ChannelKind kind, string written, string region)
    {
        var readable = !ChannelAddress.Parse(kind, written, region).Refused(out _, out var address);
        var value = readable ? address!.Normalised : written;
        var id = act.NewId<Noun.Channel>();
        bulk.Add(new Channel
        {
            Id = id,
            Person = person.Id,
            Kind = kind,
            Address = person.Key.Seal(CustomersContract.AddressColumn, id.Value, value),
            Blind = act.Seals.Blind(ChannelAddress.PurposeOf(kind), value),
            Masked = readable ? address!.Masked : $"unreadable, …{written[^Math.Min(3, written.Length / 2)..]}",
            State = readable ? ChannelState.Unverified : ChannelState.Unreadable,
            AddedAt = act.Now,
        });
        return id;
    }
}
