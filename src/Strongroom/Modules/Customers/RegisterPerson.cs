using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers;

public sealed record PersonRegistered(PersonId Id);

internal sealed record CifTaken() : Refusal("customers.cif-taken", 409, "Another person has this customer number.", "Search for the number: the person may be registered already.");

internal sealed record BornInTheFuture() : Refusal("customers.born-in-the-future", 422, "The date of birth lies in the future.", "Enter the date that stands on the identity document.");

internal sealed class RegisterPerson(StrongroomDb db, Write write)
{
    public Task<Outcome<PersonRegistered>> Handle(NewPerson request, CancellationToken cancel) =>
        write.Do<PersonRegistered>("customers.register", request, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            if (request.BornOn > DateOnly.FromDateTime(act.Now)) return new BornInTheFuture { Field = nameof(request.BornOn) };
            if ((await db.Register(act, request, cancel)).Refused(out var refusal, out var id)) return refusal;
            return new PersonRegistered(id);
        }, cancel);
}
