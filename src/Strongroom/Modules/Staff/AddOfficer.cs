using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="Person">Somebody the bank knows already; otherwise <paramref name="NewPerson"/>.</param>
/// <param name="StaffNumber">The bank's own number of the officer.</param>
public sealed record AddOfficerRequest(
    PersonId? Person, NewPerson? NewPerson, [property: Required, StringLength(20), RegularExpression("[A-Za-z0-9/-]+")] string StaffNumber);

public sealed record OfficerAdded(OfficerId Id, PersonId Person);

internal sealed record PersonOrNew() : Refusal("staff.person-or-new", 422, "An officer is a person the bank knows, or a new one.", "Name one of the two, not both.");

internal sealed record OfficerAlready() : Refusal("staff.officer-already", 409, "This person is an officer already.", "Open their page and post them there.");

internal sealed record StaffNumberTaken() : Refusal("staff.number-taken", 409, "Another officer has this staff number.", "Check the number.");

internal sealed class AddOfficer(StrongroomDb db, Write write)
{
    public Task<Outcome<OfficerAdded>> Handle(AddOfficerRequest request, CancellationToken cancel) =>
        write.Do("staff.add-officer", request, act => Decide(act, request, cancel), cancel);

    internal async Task<Outcome<OfficerAdded>> Decide(Act act, AddOfficerRequest request, CancellationToken cancel)
    {
        if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
        if ((request.Person is null) == (request.NewPerson is null)) return new PersonOrNew();
        if ((await Person(act, request, cancel)).Refused(out var refusal, out var person)) return refusal;

        var officer = new Officer { Id = act.NewId<Noun.Officer>(), Person = person, StaffNumber = request.StaffNumber };
        db.Add(officer);
        db.Append(act, new Event(StaffAudit.OfficerAdded).About(officer.Id).About(person));
        return new OfficerAdded(officer.Id, person);
    }

    private async Task<Outcome<PersonId>> Person(Act act, AddOfficerRequest request, CancellationToken cancel)
    {
        if (request.NewPerson is { } added) return await db.Register(act, added, cancel);
        return await db.PersonFacts().AnyAsync(person => person.Id == request.Person && person.MergedInto == null, cancel) ? request.Person!.Value : new NoSuch("person");
    }
}
