using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Customers.Signatories;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>Who may act for an organisation, as long as nobody ended it; it counts from its first to its last day.</summary>
public sealed record SignatoryFacts
{
    public SignatoryId Id { get; init; }

    public PersonId Organisation { get; init; }

    public PersonId Person { get; init; }

    public DateOnly From { get; init; }

    /// <summary>The last day; null until ended.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>How many signatories must be there together, this one among them; 1 acts alone.</summary>
    public int Together { get; init; }
}

public static class SignatoriesContract
{
    public static IQueryable<SignatoryFacts> SignatoryFacts(this StrongroomDb db) => db.Set<Signatory>().AsNoTracking().Where(row => row.EndedAt == null)
        .Select(row => new SignatoryFacts { Id = row.Id, Organisation = row.Organisation, Person = row.Person, From = row.From, Until = row.Until, Together = row.Together });

    /// <summary>The caller's decision rests on who acts for the organisations among these. On natural persons it does not lean.</summary>
    public static async Task LeanOnOrganisations(this StrongroomDb db, IQueryable<PersonId> persons, CancellationToken cancel)
    {
        foreach (var organisation in await db.Set<Person>().Where(row => persons.Contains(row.Id) && row.Kind == PersonKind.Organisation).ToListAsync(cancel)) db.LeanOn(organisation);
    }
}
