using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Hours;

public sealed record AddHolidayRequest(DateOnly Date, [property: Required, StringLength(100)] string Name);

internal sealed record HolidayPast() : Refusal("branches.holiday-past", 422, "That day is over.", "Choose today or a later day.");

internal sealed record HolidayThere() : Refusal("branches.holiday-there", 409, "That day is a holiday already.", "Remove it first if its name is wrong.");

internal sealed class AddHoliday(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(BranchId id, AddHolidayRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.add-holiday", new { id, request }, async act =>
        {
            var branch = await db.Set<Branch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            if (request.Date < act.Now.DateIn(branch.Zone)) return new HolidayPast { Field = "date" };

            db.Add(new Holiday { Branch = id, Date = request.Date, Name = request.Name.Trim() });
            db.Append(act, new Event(BranchesAudit.HolidayAdded).About(id).With("date", request.Date));
            return Done.It;
        }, cancel);
}
