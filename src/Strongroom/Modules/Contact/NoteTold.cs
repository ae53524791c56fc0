using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>A message was taken by the next server, or a letter by the post: its addressees are told, and when all are who can be, the obligation is met.</summary>
internal static class NoteTold
{
    public static async Task On(StrongroomDb db, Act act, MessageAccepted accepted, CancellationToken cancel)
    {
        var letter = accepted.Purpose == WriteLetter.Purpose;
        if (!letter && !AlertHirers.IsAlert(accepted.Purpose)) return;
        var id = new ObligationId(accepted.Reference);
        // A letter may tell of several happenings of its day, and speaks for all the hirers.
        foreach (var obligation in await db.Set<Obligation>().Where(row => letter ? row.Letter == accepted.Message : row.Id == id).ToListAsync(cancel))
            await Tell(db, act, obligation, accepted, letter, cancel);
    }

    private static async Task Tell(StrongroomDb db, Act act, Obligation obligation, MessageAccepted accepted, bool letter, CancellationToken cancel)
    {
        // Two addressees told at the same moment would each see the other still waiting: the second to save looks again.
        db.LeanOn(obligation);
        var addressees = await db.Set<ObligationAddressee>().Where(row => row.Obligation == obligation.Id).ToListAsync(cancel);
        // Whoever was told a moment ago, by another address of theirs, was told then.
        var told = addressees.FindAll(row => row.ToldAt is null && (letter || row.Person == accepted.To || row.Via == accepted.To));
        if (told.Count == 0) return;

        var happened = new Event(ContactAudit.Told).About(obligation).About(accepted.Message);
        foreach (var addressee in told)
        {
            addressee.ToldAt = act.Now;
            happened.About(addressee.Person);
        }
        db.Append(act, happened);
        if (obligation.State == ObligationState.Met || addressees.Exists(row => row is { Reachable: true, ToldAt: null })) return;
        obligation.State = ObligationState.Met;
        obligation.MetAt = act.Now;
        db.Append(act, new Event(ContactAudit.Met).About(obligation).With("in-time", act.Now <= obligation.DueAt ? "yes" : "no"));
    }
}
