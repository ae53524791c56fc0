using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>A message was taken by the next server: its addressee is told, and when all are who can be, the obligation is met.</summary>
internal static class NoteTold
{
    public static async Task On(StrongroomDb db, Act act, MessageAccepted accepted, CancellationToken cancel)
    {
        if (accepted.Purpose != AlertHirers.Purpose) return;
        var id = new ObligationId(accepted.Reference);
        var obligation = await db.Set<Obligation>().SingleAsync(row => row.Id == id, cancel);
        // Two addressees told at the same moment would each see the other still waiting: the second to save looks again.
        db.LeanOn(obligation);
        var addressees = await db.Set<ObligationAddressee>().Where(row => row.Obligation == id).ToListAsync(cancel);
        var told = addressees.Find(row => row.Person == accepted.To);
        // By another address of theirs, a moment ago.
        if (told is null or { ToldAt: not null }) return;

        told.ToldAt = act.Now;
        db.Append(act, new Event(ContactAudit.Told).About(obligation).About(told.Person).About(accepted.Message));
        if (addressees.Exists(row => row is { Reachable: true, ToldAt: null })) return;
        obligation.State = ObligationState.Met;
        obligation.MetAt = act.Now;
        db.Append(act, new Event(ContactAudit.Met).About(obligation).With("in-time", act.Now <= obligation.DueAt ? "yes" : "no"));
    }
}
