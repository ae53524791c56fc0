using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Branches.Contracts;

/// <summary>
/// When a branch's vault is served: pure decisions on its zone, its week, its holidays and the days with hours of their own. Every period is half open: at closing time
/// nobody is admitted any more. Instants are UTC, dates and hours are the branch's own.
/// </summary>
/// <param name="OutOfHours">Those of them that the branch asked for and head office allowed (R19d). Null for none.</param>
/// <param name="Exceptions">Days with hours of their own; no hours for a day that is closed. Null for none.</param>
public sealed record VaultCalendar(string Zone, WeekHours Hours, IReadOnlySet<DateOnly> Holidays, IReadOnlyDictionary<DateOnly, DayHours?>? Exceptions = null, IReadOnlySet<DateOnly>? OutOfHours = null)
{
    /// <summary>No search looks further: a branch closed for a year has no next day.</summary>
    private const int Horizon = 366;

    /// <summary>A person has confirmed hours; before that the branch is to be set up, and nothing can be opened.</summary>
    public bool IsSetUp => Hours.Days.Count > 0;

    /// <summary>Null when the vault is not served that day.</summary>
    public DayHours? On(DateOnly date) =>
        Exceptions?.TryGetValue(date, out var other) == true ? other : Hours.On(date, Holidays.Contains(date));

    public bool IsOutOfHours(DateOnly date) => OutOfHours?.Contains(date) == true;

    public bool ServedAt(DateTime utc) => InUtc(utc.DateIn(Zone)) is { } day && day.Opens <= utc && utc < day.Closes;

    /// <summary>The day's first instant and the first after it, in UTC; an hour that a clock change skips begins after the gap, one that it tells twice with the first.</summary>
    public (DateTime Opens, DateTime Closes)? InUtc(DateOnly date) =>
        On(date) is { } hours ? (date.ToUtc(hours.Opens, Zone), date.ToUtc(hours.Closes, Zone)) : null;

    /// <summary>The first served day after the given one.</summary>
    public DateOnly? NextDayAfter(DateOnly date) => Enumerable.Range(1, Horizon).Select(days => (DateOnly?)date.AddDays(days)).FirstOrDefault(day => On(day!.Value) is not null);

    /// <summary>When somebody can be admitted next: now itself while the vault is served.</summary>
    public DateTime? NextServed(DateTime utc)
    {
        if (ServedAt(utc)) return utc;
        var today = utc.DateIn(Zone);
        if (InUtc(today) is { } day && utc < day.Opens) return day.Opens;
        return NextDayAfter(today) is { } next ? InUtc(next)!.Value.Opens : null;
    }
}

public static class VaultCalendars
{
    /// <summary>The branch's calendar with its holidays and exceptions from a date on; null when there is no such branch.</summary>
    public static async Task<VaultCalendar?> CalendarOf(this StrongroomDb db, BranchId branch, DateOnly from, CancellationToken cancel)
    {
        var found = await db.Set<Branch>().AsNoTracking().Where(row => row.Id == branch)
            .Select(row => new
            {
                row.Zone,
                row.Hours,
                Holidays = db.Set<Holiday>().Where(day => day.Branch == row.Id && day.Date >= from).Select(day => day.Date).ToList(),
            })
            .SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        // By itself: two lists in one query multiply.
        var exceptions = await db.Set<HoursException>().AsNoTracking().Where(day => day.Branch == branch && day.Date >= from).ToListAsync(cancel);
        return new(found.Zone, WeekHours.Of(found.Hours), found.Holidays.ToHashSet(),
            exceptions.ToDictionary(day => day.Date, HoursOf), exceptions.Where(day => day.OutOfHours).Select(day => day.Date).ToHashSet());
    }

    /// <summary>The calendar as it is at an instant: from the day before on, so that no zone misses its own today.</summary>
    public static async Task<VaultCalendar> CalendarAt(this StrongroomDb db, BranchId branch, DateTime utc, CancellationToken cancel) =>
        (await db.CalendarOf(branch, DateOnly.FromDateTime(utc).AddDays(-1), cancel))!;

    /// <summary>Why a day without hours has none, for the officer who would open it.</summary>
    public static async Task<string> WhyClosed(this StrongroomDb db, BranchId branch, DateOnly date, CancellationToken cancel) =>
        await db.Set<HoursException>().Where(row => row.Branch == branch && row.Date == date).Select(row => row.Reason).SingleOrDefaultAsync(cancel)
        ?? await db.Set<Holiday>().Where(row => row.Branch == branch && row.Date == date).Select(row => row.Name).SingleOrDefaultAsync(cancel)
        ?? "no hours on this weekday";

    internal static DayHours? HoursOf(HoursException day) => day is { Opens: { } opens, Closes: { } closes } ? new(opens, closes) : null;
}
