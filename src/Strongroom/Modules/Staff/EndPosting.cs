using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>At once: the officer's next request finds the role gone.</summary>
internal sealed class EndPosting(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PostingId id, CancellationToken cancel) =>
        write.Do<Done>("staff.end-posting", new { id }, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
            var posting = await db.Set<Posting>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancel);
            if (posting is null) return new NoSuch("posting");
            var officer = await db.Set<Officer>().SingleAsync(row => row.Id == posting.Officer, cancel);

            db.LeanOn(officer);
            End(db, act, officer, posting);
            return Done.It;
        }, cancel);

    internal static void End(StrongroomDb db, Act act, Officer officer, Posting posting)
    {
        posting.EndedAt = act.Now;
        db.Append(act, new Event(StaffAudit.PostingEnded).About(officer.Id).About(officer.Person).About(posting.Id).About(posting.Branch).With("role", posting.Role));
    }
}
