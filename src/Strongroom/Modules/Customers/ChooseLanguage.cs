using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Customers;

/// <param name="Language">ISO 639: one that we write in.</param>
public sealed record ChooseLanguageRequest([property: Required, RegularExpression("en|hi")] string Language);

/// <summary>In which language we write to a person: their own choice, on their own page.</summary>
internal sealed class ChooseLanguage(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PersonId id, ChooseLanguageRequest request, CancellationToken cancel) =>
        write.Do<Done>("customers.choose-language", new { id, request }, async act =>
        {
            if (act.Actor.AtHome != id) return new NoSuch("person");
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person");
            person.Language = request.Language;
            db.Append(act, new Event(CustomersAudit.LanguageChosen).About(id).With("language", request.Language));
            return Done.It;
        }, cancel);
}
