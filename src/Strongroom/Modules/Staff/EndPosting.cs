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
            // Before the posting: whoever ends it meanwhile has changed the officer, and then it is looked for again.
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => db.Set<Posting>().Any(one => one.Id == id && one.Officer == row.Id), cancel);
            if (officer is null) return new NoSuch("posting");
            db.LeanOn(officer);
            var posting = await db.Set<Posting>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancel);
            if (posting is null) return new NoSuch("posting");

            End(db, act, officer, posting);
            return Done.It;
        }, cancel);

    internal static void End(StrongroomDb db, Act act, Officer officer, Posting posting)
    {
        posting.EndedAt = act.Now;
        db.Append(act, new Event(StaffAudit.PostingEnded).About(officer.Id).About(officer.Person).About(posting.Id).About(posting.Branch).With("role", posting.Role));
    }
}
