using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Customers.Contracts;

public enum PersonKind { Natural, Organisation }

public enum ChannelKind { Email, Mobile }

/// <summary>
/// Given by the person; copied from an old register and asked of nobody yet; or written there in a way that reaches nobody, kept so that the counter
/// can ask what was meant. Asked for on the person's own page, an address is used for nothing until it is confirmed.
/// </summary>
public enum ChannelState { Given, Unverified, Unreadable, Asked }

public sealed record PersonFacts
{
    public PersonId Id { get; init; }

    public PersonKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>As an old register wrote it; null where the name was entered as it is.</summary>
    public string? AsWritten { get; init; }

    /// <summary>The name as search compares it: see <see cref="CustomersContract.Fold"/>.</summary>
    public string Folded { get; init; } = "";

    public string? Cif { get; init; }

    /// <summary>ISO 639 language that the person is written to in.</summary>
    public string Language { get; init; } = "";

    /// <summary>Where the person lives; null where nobody wrote it down. Opened by <see cref="CustomersContract.OpenHome"/>.</summary>
    public Sealed<string>? Home { get; init; }

    public DateOnly? DueDiligenceReviewOn { get; init; }

    public string? Photograph { get; init; }

    public DateOnly? PhotographTakenOn { get; init; }

    public string? Specimen { get; init; }

    public DateOnly? SpecimenTakenOn { get; init; }

    /// <summary>The counter asks for a code word (<see cref="CodeWords"/>).</summary>
    public bool HasCodeWord { get; init; }

    /// <summary>The record of the same person that stays; null while this one stands.</summary>
    public PersonId? MergedInto { get; init; }

    public DateTime? MergedAt { get; init; }

    public long Version { get; init; }
}

public sealed record ChannelFacts
{
    public ChannelId Id { get; init; }

    public PersonId Person { get; init; }

    public ChannelKind Kind { get; init; }

    public Sealed<string> Address { get; init; } = new([]);

    public string Masked { get; init; } = "";
}

public static class CustomersContract
{
    internal const string AddressColumn = "channel.address", BornOnColumn = "person.born_on", HomeColumn = "person.address";

    public static IQueryable<PersonFacts> PersonFacts(this StrongroomDb db) =>
        from row in db.Set<Person>().AsNoTracking()
        join name in db.Set<PersonName>() on row.Id equals name.Person
        select new PersonFacts
        {
            Id = row.Id,
            Kind = row.Kind,
            Name = name.FullName,
            AsWritten = name.AsWritten,
            Folded = name.Folded,
            Cif = row.Cif,
            Language = row.Language,
            Home = row.Address,
            DueDiligenceReviewOn = row.DueDiligenceReviewOn,
            Photograph = row.Photograph,
            PhotographTakenOn = row.PhotographTakenOn,
            Specimen = row.Specimen,
            SpecimenTakenOn = row.SpecimenTakenOn,
            HasCodeWord = row.CodeWord != null,
            MergedInto = row.MergedInto,
            MergedAt = row.MergedAt,
            Version = row.Version,
        };

    /// <summary>What was typed, as names are compared.</summary>
    public static string Fold(string words) => PersonName.Fold(words);

    /// <summary>Channels in use: what can be written to.</summary>
    public static IQueryable<ChannelFacts> ChannelFacts(this StrongroomDb db) => db.Set<Channel>().AsNoTracking()
        .Where(row => row.RemovedAt == null && row.State != ChannelState.Unreadable && row.State != ChannelState.Asked)
        .Select(row => new ChannelFacts { Id = row.Id, Person = row.Person, Kind = row.Kind, Address = row.Address, Masked = row.Masked });

    public static string Open(this PersonKeyInHand key, ChannelFacts channel) => key.Open(AddressColumn, channel.Id.Value, channel.Address);

    public static string OpenHome(this PersonKeyInHand key, PersonId person, Sealed<string> home) => key.Open(HomeColumn, person.Value, home);

    /// <summary>
    /// Registers a person with their own data key and what channels are given, in the caller's act. A customer number that another person
    /// has is refused when the caller saves.
    /// </summary>
    public static async Task<Outcome<PersonId>> Register(this StrongroomDb db, Act act, NewPerson person, CancellationToken cancel)
    {
        var id = act.NewId<Noun.Person>();
        var key = act.Seals.NewKey(db, id);
        db.Add(new Person
        {
            Id = id,
            Kind = person.Kind,
            Cif = person.Cif,
            BornOn = person.BornOn is { } born ? key.Seal(BornOnColumn, id.Value, born) : null,
            Address = person.Address is { } home ? key.Seal(HomeColumn, id.Value, home) : null,
            Language = person.Language,
            DueDiligenceReviewOn = person.DueDiligenceReviewOn,
        });
        db.Add(new PersonName { Person = id, FullName = PersonName.Spaced(person.Name), Folded = PersonName.Fold(person.Name) });
        db.AddRange(PersonWord.Of(id, person.Name));
        var registered = new Event(CustomersAudit.Registered).About(id);
        if (person.DueDiligenceReviewOn is { } review) registered.With("due-diligence-until", review);
        db.Append(act, registered.Withhold("name", person.Name, id, key));

        foreach (var (kind, address) in new[] { (ChannelKind.Email, person.Email), (ChannelKind.Mobile, person.Mobile) })
        {
            if (address is not null && (await db.AddChannel(act, id, kind, address, cancel)).Refused(out var refusal, out _)) return refusal;
        }
        return id;
    }

    /// <summary>Adds an address the person is reached at. The same one twice is refused when the caller saves.</summary>
    public static async Task<Outcome<ChannelId>> AddChannel(
        this StrongroomDb db, Act act, PersonId person, ChannelKind kind, string address, CancellationToken cancel)
    {
        if (ChannelAddress.Parse(kind, address, await db.DialledIn(act.Actor, cancel)).Refused(out var refusal, out var parsed))
            return refusal with { Field = kind.ToString() };
        var key = await act.Seals.KeyOf(db, person, cancel);
        var blind = act.Seals.Blind(parsed.Purpose, parsed.Normalised);
        if (await db.Set<Channel>().SingleOrDefaultAsync(row => row.Person == person && row.Kind == kind && row.Blind == blind && row.State == ChannelState.Asked && row.RemovedAt == null, cancel) is { } asked)
        {
            // Asked for on the person's own page; the officer has now heard it from the person.
            asked.State = ChannelState.Given;
            db.Append(act, new Event(CustomersAudit.ChannelAdded).About(person).About(asked.Id).With("kind", kind).Withhold("address", parsed.Normalised, person, key));
            return asked.Id;
        }
        var id = act.NewId<Noun.Channel>();
        db.Add(new Channel
        {
            Id = id,
            Person = person,
            Kind = kind,
            Address = key.Seal(AddressColumn, id.Value, parsed.Normalised),
            Blind = blind,
            Masked = parsed.Masked,
            State = ChannelState.Given,
            AddedAt = act.Now,
        });
        db.Append(act, new Event(CustomersAudit.ChannelAdded).About(person).About(id).With("kind", kind).Withhold("address", parsed.Normalised, person, key));
        return id;
    }

    // A number without a country code is one of the country where the officer works; for the bank's own people, of the bank's home.
    internal static async Task<string> DialledIn(this StrongroomDb db, Actor actor, CancellationToken cancel)
    {
        var branches = actor.BranchesWith(CustomersRights.Write) ?? [];
        var jurisdictions = await db.BranchFacts().Where(branch => branches.Contains(branch.Id)).Select(branch => branch.Jurisdiction).Distinct().ToListAsync(cancel);
        return jurisdictions is [var only] ? only.Split('-')[0] : "IN";
    }
}
