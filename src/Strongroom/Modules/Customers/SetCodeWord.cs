using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers;

/// <param name="Word">Null or empty takes the code word away.</param>
public sealed record SetCodeWordRequest([property: StringLength(60, MinimumLength = 4, ErrorMessage = "Choose a word of 4 to 60 letters")] string? Word);

/// <summary>An account holder sets the word that the counter will ask for, or takes it away. No officer ever sees it.</summary>
internal sealed class SetCodeWord(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(SetCodeWordRequest request, CancellationToken cancel) =>
        write.Do<Done>("customers.set-code-word", new { set = !string.IsNullOrEmpty(request.Word) }, async act =>
        {
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == act.Actor.Person, cancel);
            if (person is null) return new NoSuch("person");
            var key = await act.Seals.KeyOf(db, person.Id, cancel);
            person.CodeWord = string.IsNullOrWhiteSpace(request.Word) ? null : key.Seal(CodeWords.Column, person.Id.Value, PersonName.Spaced(request.Word));
            db.Append(act, new Event(CustomersAudit.CodeWordSet).About(person.Id).With("word", person.CodeWord is null ? "none" : "set"));
            return Done.It;
        }, cancel);
}
