using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// What was not told by its deadline becomes an exception that a manager of the branch answers for (R13). Its messages are still tried, and
/// one accepted later meets it late.
/// </summary>
internal sealed class MarkObligationsPastDue(StrongroomDb db, SystemActs acts) : IJob
{
    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var late = await db.Set<Obligation>().Where(row => row.State == ObligationState.Due && row.DueAt < now).OrderBy(row => row.DueAt)
            .Select(row => row.Id).ToListAsync(cancel);
        foreach (var id in late)
        {
            db.ChangeTracker.Clear();
            var obligation = await db.Set<Obligation>().SingleAsync(row => row.Id == id, cancel);
            if (obligation.State != ObligationState.Due) continue;
            obligation.State = ObligationState.PastDue;
            obligation.Owner = await ManagerAt(obligation.Branch, now, cancel);
            db.Append(acts.At(now), new Event(ContactAudit.PastDue).About(obligation).About(obligation.Owner));
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                // The relay has just told somebody; the next run looks whether that was enough.
            }
        }
    }

    // The one posted longest answers; where nobody is posted, the exception stands without an owner for all who read it.
    private async Task<PersonId?> ManagerAt(BranchId branch, DateTime now, CancellationToken cancel)
    {
        var today = now.DateIn(await db.BranchFacts().Where(row => row.Id == branch).Select(row => row.Zone).SingleAsync(cancel));
        return await db.PostingFacts()
            .Where(posting => posting.Branch == branch && posting.Role == Role.Manager && posting.From <= today && (posting.Until == null || today < posting.Until))
            .OrderBy(posting => posting.From).Select(posting => (PersonId?)posting.Person).FirstOrDefaultAsync(cancel);
    }
}
