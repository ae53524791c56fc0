using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Hours;

/// <summary>A holiday that is over stays: what was decided on it rests on it.</summary>
internal sealed class RemoveHoliday(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(BranchId id, DateOnly date, CancellationToken cancel) =>
        write.Do<Done>("branches.remove-holiday", new { id, date }, async act =>
        {
            var branch = await db.Set<Branch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            var holiday = await db.Set<Holiday>().SingleOrDefaultAsync(row => row.Branch == id && row.Date == date, cancel);
            if (holiday is null) return new NoSuch("holiday");
            if (date < act.Now.DateIn(branch.Zone)) return new HolidayPast { Field = "date" };

            db.Remove(holiday);
            db.Append(act, new Event(BranchesAudit.HolidayRemoved).About(id).With("date", date));
            return Done.It;
        }, cancel);
}
