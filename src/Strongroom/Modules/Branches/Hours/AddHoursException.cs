using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Hours;

/// <param name="Opens">Local time; left out together with <paramref name="Closes"/> when the vault is closed that day.</param>
/// <param name="Reason">What officers are told: "stocktaking", "festival hours".</param>
public sealed record AddHoursExceptionRequest(DateOnly Date, TimeOnly? Opens, TimeOnly? Closes, [property: Required, StringLength(100)] string Reason);

internal sealed record ExceptionPast() : Refusal("branches.hours-exception-past", 422, "That day is over.", "Choose today or a later day.");

internal sealed record ExceptionThere() : Refusal("branches.hours-exception-there", 409, "That day has hours of its own already.", "Take them back first.");

internal sealed record ExceptionHalf() : Refusal("branches.hours-exception-half", 422, "Only one of the two times is given.", "Enter when the vault opens and when it closes, or neither for a closed day.");

internal sealed record WeekFirst() : Refusal("branches.week-first", 409, "The branch has no vault hours of the week yet.", "Set the hours of the week first; exceptions are from them.");

/// <summary>Other hours on one date: shorter, longer or none. On a holiday it opens the vault all the same.</summary>
internal sealed class AddHoursException(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(BranchId id, AddHoursExceptionRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.add-hours-exception", new { id, request }, async act =>
        {
            var branch = await db.Set<Branch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            if (branch.Hours.Length == 0) return new WeekFirst().About(id);
            if (Fault(request, act.Now.DateIn(branch.Zone)) is { } fault) return fault;

            var day = new HoursException { Branch = id, Date = request.Date, Opens = request.Opens, Closes = request.Closes, Reason = request.Reason.Trim() };
            db.Add(day);
            db.Append(act, new Event(BranchesAudit.ExceptionAdded).About(id).With("date", request.Date)
                .With("hours", VaultCalendars.HoursOf(day) is { } hours ? $"{hours.Opens:HH\\:mm} to {hours.Closes:HH\\:mm}" : "closed"));
            return Done.It;
        }, cancel);

    private static Refusal? Fault(AddHoursExceptionRequest request, DateOnly today)
    {
        if (request.Date < today) return new ExceptionPast { Field = "date" };
        if ((request.Opens is null) != (request.Closes is null)) return new ExceptionHalf { Field = request.Opens is null ? "opens" : "closes" };
        return request.Closes <= request.Opens ? new HoursUpsideDown(request.Date.DayOfWeek) { Field = "closes" } : null;
    }
}

/// <summary>One that is over stays: what was decided on that day rests on it.</summary>
internal sealed class RemoveHoursException(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(BranchId id, DateOnly date, CancellationToken cancel) =>
        write.Do<Done>("branches.remove-hours-exception", new { id, date }, async act =>
        {
            var branch = await db.Set<Branch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            var day = await db.Set<HoursException>().SingleOrDefaultAsync(row => row.Branch == id && row.Date == date, cancel);
            if (day is null) return new NoSuch("exception");
            if (date < act.Now.DateIn(branch.Zone)) return new ExceptionPast { Field = "date" };

            db.Remove(day);
            db.Append(act, new Event(BranchesAudit.ExceptionRemoved).About(id).With("date", date));
            return Done.It;
        }, cancel);
}
