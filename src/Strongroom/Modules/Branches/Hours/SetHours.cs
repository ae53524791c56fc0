using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Hours;

/// <param name="Days">Local times by weekday; a day left out is closed.</param>
public sealed record SetHoursRequest([property: Required] IReadOnlyDictionary<DayOfWeek, DayHours> Days);

internal sealed record NoHours() : Refusal("branches.no-hours", 422, "No day has hours.", "Enter the hours of at least one day.");

internal sealed record HoursUpsideDown(DayOfWeek Day) : Refusal("branches.hours-upside-down", 422,
    $"On {Day} the vault would close before it opens.", "Enter a closing time after the opening time of the same day.");

/// <summary>The vault's hours of the week, as a person has confirmed them; they count from now on.</summary>
internal sealed class SetHours(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(BranchId id, SetHoursRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.set-hours", new { id, request }, async act =>
        {
            var branch = await db.Set<Branch>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            if (act.CheckVersion(branch) is { } stale) return stale;
            if (branch.Proposed) return new BranchToConfirm().About(id);
            if (Fault(request) is { } fault) return fault;

            branch.Hours = new WeekHours(request.Days).ToJson();
            var set = new Event(BranchesAudit.HoursSet).About(id);
            foreach (var (day, hours) in request.Days)
                set.With(day.ToString(), $"{hours.Opens:HH\\:mm} to {hours.Closes:HH\\:mm}");
            db.Append(act, set);
            return Done.It;
        }, cancel);

    internal static Refusal? Fault(SetHoursRequest request)
    {
        if (request.Days.Count == 0) return new NoHours();
        var wrong = request.Days.Where(day => day.Value.Closes <= day.Value.Opens).Select(day => (DayOfWeek?)day.Key).FirstOrDefault();
        return wrong is { } day ? new HoursUpsideDown(day) { Field = $"days.{day}" } : null;
    }
}
