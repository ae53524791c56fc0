using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Customers.Signatories;

/// <summary>From this instant the person acts for the organisation no more.</summary>
internal sealed class EndSignatory(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PersonId id, SignatoryId signatory, CancellationToken cancel) =>
        write.Do<Done>("customers.end-signatory", new { id, signatory }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var row = await db.Set<Signatory>().SingleOrDefaultAsync(row => row.Id == signatory && row.Organisation == id && row.EndedAt == null, cancel);
            if (row is null) return new NoSuch("signatory of this organisation");
            db.LeanOn(await db.Set<Person>().SingleAsync(person => person.Id == id, cancel));
            (row.EndedAt, row.EndedBy) = (act.Now, act.Actor.Person);
            db.Append(act, new Event(CustomersAudit.SignatoryEnded).About(id).About(row.Person).About(signatory));
            return Done.It;
        }, cancel);
}
