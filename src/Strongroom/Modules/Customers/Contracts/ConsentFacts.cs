using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Customers.Consents;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>What a person may agree to. There is none for marketing, and no place to put one (R7); what the law demands needs no consent (R13).</summary>
public enum ConsentPurpose { NoticesByEmail, NoticesBySms, Biometrics }

/// <summary>How it was said.</summary>
public enum ConsentWay { Online, InPerson, ByLetter }

/// <summary>A consent in force.</summary>
public sealed record ConsentFacts
{
    public ConsentId Id { get; init; }

    public PersonId Person { get; init; }

    public ConsentPurpose Purpose { get; init; }

    public ConsentWay GivenBy { get; init; }

    public DateTime GivenAt { get; init; }
}

public static class ConsentsContract
{
    public static IQueryable<ConsentFacts> ConsentFacts(this StrongroomDb db) => db.Set<Consent>().AsNoTracking().Where(row => row.WithdrawnAt == null)
        .Select(row => new ConsentFacts { Id = row.Id, Person = row.Person, Purpose = row.Purpose, GivenBy = row.GivenBy, GivenAt = row.GivenAt });
}
