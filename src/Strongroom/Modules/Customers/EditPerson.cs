using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers;

/// <summary>All of a person's particulars as they shall be; what is left out is removed.</summary>
public sealed record EditPersonRequest(
    [property: Required, StringLength(200, MinimumLength = 2)] string Name,
    [property: StringLength(20), RegularExpression("[0-9A-Za-z-]+")] string? Cif,
    DateOnly? BornOn,
    [property: StringLength(500)] string? Address,
    [property: Required, RegularExpression("[a-z]{2}")] string Language);

internal sealed class EditPerson(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PersonId id, EditPersonRequest request, CancellationToken cancel) =>
        write.Do<Done>("customers.edit", new { id, request }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person");
            if (act.CheckVersion(person) is { } stale) return stale;
            if (request.BornOn > DateOnly.FromDateTime(act.Now)) return new BornInTheFuture { Field = nameof(request.BornOn) };

            var key = await act.Seals.KeyOf(db, id, cancel);
            person.Cif = request.Cif;
            person.BornOn = request.BornOn is { } born ? key.Seal(CustomersContract.BornOnColumn, id.Value, born) : null;
            person.Address = request.Address is { } home ? key.Seal(CustomersContract.HomeColumn, id.Value, home) : null;
            person.Language = request.Language;
            // The name lies in another table, but it is the person's version that guards it.
            db.LeanOn(person);
            var name = await db.Set<PersonName>().SingleAsync(row => row.Person == id, cancel);
            name.FullName = PersonName.Spaced(request.Name);
            name.Folded = PersonName.Fold(request.Name);
            var words = await db.Set<PersonWord>().Where(row => row.Person == id).ToListAsync(cancel);
            var now = NameKeys.Of(request.Name);
            db.RemoveRange(words.Where(row => !now.Contains(row.Word)));
            db.AddRange(PersonWord.Of(id, request.Name).Where(row => !words.Exists(word => word.Word == row.Word)));

            db.Append(act, new Event(CustomersAudit.Edited).About(id)
                .Withhold("name", name.FullName, id, key)
                .Withhold("cif", request.Cif, id, key)
                .Withhold("born-on", request.BornOn?.ToString("yyyy-MM-dd"), id, key)
                .Withhold("address", request.Address, id, key));
            return Done.It;
        }, cancel);
}
