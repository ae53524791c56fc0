using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Contact.Complaints;

namespace Strongroom.Modules.Contact.Contracts;

public static class ComplaintContract
{
    /// <summary>The path of the complaint link that the alert of a visit carries for this hirer; null where it was nothing to tell them of.</summary>
    public static async Task<string?> ComplaintPath(this StrongroomDb db, Seals seals, VisitId visit, PersonId hirer, CancellationToken cancel)
    {
        var addressee = await (from row in db.Set<ObligationAddressee>().AsNoTracking()
                               join obligation in db.Set<Obligation>() on row.Obligation equals obligation.Id
                               where obligation.Visit == visit && row.Person == hirer
                               select new { row.Obligation, row.Position }).SingleOrDefaultAsync(cancel);
        return addressee is null ? null : ComplaintLink.Path(seals, addressee.Obligation, addressee.Position);
    }
}
