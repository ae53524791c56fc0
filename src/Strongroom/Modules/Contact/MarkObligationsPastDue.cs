using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;

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
            obligation.Owner = (await Managers.Of(db, obligation.Branch, now, cancel)).Select(manager => (PersonId?)manager).FirstOrDefault();
            var act = acts.At(now);
            db.Append(act, new Event(ContactAudit.PastDue).About(obligation).About(obligation.Owner));
            if (obligation.Owner is { } owner) db.Notify(act, owner, NoticeKind.ObligationPastDue, Subject.Of(obligation.Id));
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
}
