using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Notices;

namespace Strongroom.Modules.Contact.Contracts;

/// <summary>
/// When two records of one person are merged, whoever is still to be told is told under the record that stays: open obligations, complaints that nobody has
/// seen to, and all notices, because they are read by whoever signs in. What was told and settled stays as it happened.
/// </summary>
public static class TakeOverContact
{
    public static async Task TakeOverDuties(this StrongroomDb db, PersonId from, PersonId into, CancellationToken cancel)
    {
        var open = db.Set<Obligation>().Where(row => row.State != ObligationState.Met).Select(row => row.Id);
        var addressees = await db.Set<ObligationAddressee>().Where(row => open.Contains(row.Obligation) && (row.Person == from || row.Person == into || row.Via == from)).ToListAsync(cancel);
        var touched = addressees.Where(row => row.Person == from || row.Via == from).Select(row => row.Obligation).ToHashSet();
        // A message that is accepted at this moment writes the same obligation: the second to save reads again.
        foreach (var obligation in await db.Set<Obligation>().Where(row => touched.Contains(row.Id)).ToListAsync(cancel)) db.LeanOn(obligation);
        foreach (var row in addressees.Where(row => row.Via == from)) row.Via = into;
        foreach (var row in addressees.Where(row => row.Person == from && row.ToldAt is null && !addressees.Exists(other => other.Obligation == row.Obligation && other.Person == into)))
        {
            db.Remove(row);
            db.Add(new ObligationAddressee { Obligation = row.Obligation, Person = into, Position = row.Position, Reachable = row.Reachable, Via = row.Via == into ? null : row.Via });
        }
        var own = db.Set<Complaint>().Where(row => row.By == into).Select(row => row.Obligation);
        foreach (var complaint in await db.Set<Complaint>().Where(row => row.By == from && row.SeenAt == null && !own.Contains(row.Obligation)).ToListAsync(cancel)) complaint.By = into;
        foreach (var notice in await db.Set<PersonNotice>().Where(row => row.Person == from).ToListAsync(cancel)) notice.Person = into;
    }
}
