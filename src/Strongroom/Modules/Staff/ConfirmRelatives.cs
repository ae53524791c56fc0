using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>"My list of relatives is whole": said by the officer once a year, also where it is empty (R16).</summary>
internal sealed class ConfirmRelatives(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(OfficerId id, CancellationToken cancel) =>
        write.Do<Done>("staff.confirm-relatives", new { id }, async act =>
        {
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            // Nobody says it for another.
            if (officer is null || act.Actor.Person != officer.Person) return new NoSuch("officer");

            officer.RelativesConfirmedOn = DateOnly.FromDateTime(act.Now);
            var declared = await db.Set<Relative>().CountAsync(row => row.Officer == id && row.WithdrawnAt == null, cancel);
            db.Append(act, new Event(StaffAudit.RelativesConfirmed).About(id).About(officer.Person).With("declared", declared));
            return Done.It;
        }, cancel);
}
