using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Hours;

/// <summary>What makes a day what it is.</summary>
public enum DayKind { Usual, Holiday, Exception }

/// <param name="Hours">Null when the vault is closed.</param>
/// <param name="Why">The holiday's name or the exception's reason.</param>
public sealed record CalendarDay(DateOnly Date, DayHours? Hours, DayKind Kind, string? Why);

/// <summary>The next weeks as they will be.</summary>
internal sealed class ReadCalendarDays(StrongroomDb db, CurrentActor current)
{
    public const int Longest = 366;

    public async Task<IReadOnlyList<CalendarDay>?> Of(BranchId id, DateOnly from, int days, CancellationToken cancel)
    {
        if (!current.Now.MayAt(BranchesRights.Read, id) || await db.CalendarOf(id, from, cancel) is not { } calendar) return null;
        // As far as dates go.
        var until = from.AddDays(Math.Min(Math.Clamp(days, 1, Longest), DateOnly.MaxValue.DayNumber - from.DayNumber));
        var holidays = await db.Set<Holiday>().AsNoTracking().Where(row => row.Branch == id && row.Date >= from && row.Date < until).ToDictionaryAsync(row => row.Date, row => row.Name, cancel);
        var exceptions = await db.Set<HoursException>().AsNoTracking().Where(row => row.Branch == id && row.Date >= from && row.Date < until).ToDictionaryAsync(row => row.Date, row => row.Reason, cancel);
        return [.. Enumerable.Range(0, until.DayNumber - from.DayNumber).Select(from.AddDays).Select(date =>
            exceptions.TryGetValue(date, out var reason) ? new CalendarDay(date, calendar.On(date), DayKind.Exception, reason)
            : holidays.TryGetValue(date, out var name) ? new CalendarDay(date, calendar.On(date), DayKind.Holiday, name)
            : new CalendarDay(date, calendar.On(date), DayKind.Usual, null))];
    }
}
