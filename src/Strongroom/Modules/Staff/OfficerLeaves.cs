using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>
/// Ends every posting and every session. The sign-in stays: the person may hire a locker here, and without a posting it opens nothing of the bank's.
/// </summary>
internal sealed class OfficerLeaves(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(OfficerId id, CancellationToken cancel) =>
        write.Do<Done>("staff.officer-leaves", new { id }, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            if (officer is null) return new NoSuch("officer");
            if (act.CheckVersion(officer) is { } stale) return stale;

            foreach (var posting in await db.Set<Posting>().Where(row => row.Officer == id && row.EndedAt == null).ToListAsync(cancel))
                EndPosting.End(db, act, officer, posting);
            await ActivationContract.SignOut(db, act, officer.Person, cancel);
            officer.LeftAt = act.Now;
            db.Append(act, new Event(StaffAudit.OfficerLeft).About(id).About(officer.Person));
            return Done.It;
        }, cancel);
}
