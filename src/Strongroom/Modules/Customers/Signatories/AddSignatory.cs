using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers.Signatories;

/// <param name="Until">The last day; null until ended.</param>
/// <param name="Together">How many signatories must be there together, this one among them; 1 acts alone.</param>
/// <param name="Resolution">What the resolution says, in its own words.</param>
public sealed record AddSignatoryRequest(
    [property: Required] PersonId? Person,
    [property: Required] DateOnly? From,
    DateOnly? Until,
    [property: Range(1, 5)] int Together,
    [property: Required, StringLength(500)] string Resolution);

public sealed record SignatoryAdded(SignatoryId Id);

internal sealed record NotAnOrganisation() : Refusal("customers.not-an-organisation", 409, "Only an organisation has signatories.", "A person who lets another come to the locker gives a letter of authority: enter an agent on the agreement.");

internal sealed record SignatoryMustBePerson() : Refusal("customers.signatory-must-be-person", 422, "An organisation cannot be a signatory.", "Enter the person who comes for it.");

internal sealed record SignatoryAlreadyThere() : Refusal("customers.signatory-already-there", 409, "This person is a signatory already.", "End the old entry first, then enter what the new resolution says.");

internal sealed record SignatoryNotIdentified(string Name) : Refusal("customers.signatory-not-identified", 409, $"The due diligence of {Name} was never done, or is overdue (R0).", "Do it on the person's page first.");

internal sealed record SignatoryEndsBeforeItBegins() : Refusal("customers.signatory-ends-before-it-begins", 422, "The last day lies before the first.", "Enter a last day from the first one on, or leave it open.");

/// <summary>R0 for everyone in whatever capacity: a signatory is identified like a hirer.</summary>
internal sealed class AddSignatory(StrongroomDb db, Write write)
{
    public Task<Outcome<SignatoryAdded>> Handle(PersonId id, AddSignatoryRequest request, CancellationToken cancel) =>
        write.Do<SignatoryAdded>("customers.add-signatory", new { id, request }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var organisation = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel);
            if (organisation is null) return new NoSuch("organisation");
            // An admission leans on the organisation: a signatory who comes or goes meanwhile is a lost race for one of the two.
            db.LeanOn(organisation);
            if (organisation.Kind != PersonKind.Organisation) return new NotAnOrganisation().About(id);
            await db.LeanOnPersons([request.Person!.Value], cancel);
            var person = await db.PersonFacts().SingleOrDefaultAsync(row => row.Id == request.Person && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person") { Field = nameof(request.Person) };
            if (act.Actor.Person == person.Id) return new NotYours().About(id);
            if (person.Kind == PersonKind.Organisation) return new SignatoryMustBePerson { Field = nameof(request.Person) }.About(id);
            if (!(person.DueDiligenceReviewOn > DateOnly.FromDateTime(act.Now))) return new SignatoryNotIdentified(person.Name) { Field = nameof(request.Person) }.About(id).About(person.Id);
            if (await db.SignatoryFacts().AnyAsync(row => row.Organisation == id && row.Person == person.Id, cancel))
                return new SignatoryAlreadyThere { Field = nameof(request.Person) }.About(id).About(person.Id);
            if (request.Until < request.From) return new SignatoryEndsBeforeItBegins { Field = nameof(request.Until) }.About(id);

            var key = await act.Seals.KeyOf(db, id, cancel);
            var signatory = act.NewId<Noun.Signatory>();
            var row = new Signatory
            {
                Id = signatory,
                Organisation = id,
                Person = person.Id,
                From = request.From!.Value,
                Until = request.Until,
                Together = request.Together,
                Resolution = key.Seal(Signatory.ResolutionColumn, signatory.Value, request.Resolution),
                AddedAt = act.Now,
                AddedBy = act.Actor.Person,
            };
            db.Add(row);
            db.Append(act, new Event(CustomersAudit.SignatoryAdded).About(id).About(person.Id).About(row.Id)
                .With("from", row.From).With("together", row.Together).Withhold("resolution", request.Resolution, id, key));
            return new SignatoryAdded(row.Id);
        }, cancel);
}
