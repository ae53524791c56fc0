using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers.Consents;

/// <param name="Given">True to agree, false to withdraw: the same act, so that one is as easy as the other.</param>
/// <param name="Way">How the person said it to the officer; online it is the person's own word.</param>
public sealed record SayConsentRequest(
    [property: Required, EnumDataType(typeof(ConsentPurpose))] ConsentPurpose? Purpose,
    [property: Required] bool? Given,
    [property: EnumDataType(typeof(ConsentWay))] ConsentWay? Way);

internal sealed record ConsentIsSo() : Refusal("customers.consent-is-so", 409, "That is what the person said last.", "Look at the person's page again.");

internal sealed record HowWasItSaid() : Refusal("customers.how-was-it-said", 422, "It is not noted how the person said it.", "Choose at the counter or by letter.");

/// <summary>R82: of the person's own free will, by the person online or to an officer, and withdrawn as it was given.</summary>
internal sealed class SayConsent(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PersonId id, SayConsentRequest request, CancellationToken cancel) =>
        write.Do<Done>("customers.say-consent", new { id, request }, async act =>
        {
            var own = act.Actor.AtHome == id;
            // Nobody is the officer to whom they said it themselves.
            if (!own && (act.Actor.Person == id || !act.Actor.May(CustomersRights.Write))) return new NoSuch("person");
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person");
            // What others say for the person is never "online", and what the person says here is nothing else.
            var way = own ? ConsentWay.Online : request.Way;
            if (way is null || (!own && way == ConsentWay.Online)) return new HowWasItSaid { Field = nameof(request.Way) }.About(id);
            var (purpose, given) = (request.Purpose!.Value, request.Given!.Value);
            var standing = await db.Set<Consent>().SingleOrDefaultAsync(row => row.Person == id && row.Purpose == purpose && row.WithdrawnAt == null, cancel);
            if (given == standing is not null) return new ConsentIsSo().About(id);

            var consent = standing?.Id ?? act.NewId<Noun.Consent>();
            if (standing is null) db.Add(new Consent { Id = consent, Person = id, Purpose = purpose, GivenBy = way.Value, GivenAt = act.Now });
            else (standing.WithdrawnAt, standing.WithdrawnBy) = (act.Now, way);
            db.Append(act, new Event(given ? CustomersAudit.ConsentGiven : CustomersAudit.ConsentWithdrawn).About(id).About(consent).With("purpose", purpose).With("way", way.Value));
            return Done.It;
        }, cancel);
}
