using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Contracts;

public enum ChannelKind { Email, Mobile }

public sealed record PersonFacts
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    public string? Cif { get; init; }

    public DateOnly? DueDiligenceReviewOn { get; init; }

    public string? Photograph { get; init; }

    public DateOnly? PhotographTakenOn { get; init; }

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
    internal const string AddressColumn = "channel.address";

    public static IQueryable<PersonFacts> PersonFacts(this StrongroomDb db) =>
        from row in db.Set<Person>().AsNoTracking()
        join name in db.Set<PersonName>() on row.Id equals name.Person
        select new PersonFacts
        {
            Id = row.Id,
            Name = name.FullName,
            Cif = row.Cif,
            DueDiligenceReviewOn = row.DueDiligenceReviewOn,
            Photograph = row.Photograph,
            PhotographTakenOn = row.PhotographTakenOn,
            Version = row.Version,
        };

    /// <summary>Channels in use.</summary>
    public static IQueryable<ChannelFacts> ChannelFacts(this StrongroomDb db) => db.Set<Channel>().AsNoTracking()
        .Where(row => row.RemovedAt == null)
        .Select(row => new ChannelFacts { Id = row.Id, Person = row.Person, Kind = row.Kind, Address = row.Address, Masked = row.Masked });

    public static string Open(this PersonKeyInHand key, ChannelFacts channel) => key.Open(AddressColumn, channel.Id.Value, channel.Address);
}
