namespace Strongroom.Shared;

public static class Clock
{
    /// <summary>UTC, truncated to milliseconds: what both databases can store and give back unchanged.</summary>
    public static DateTime UtcNow(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.ToMilliseconds();

    public static DateTime ToMilliseconds(this DateTime instant) =>
        DateTime.SpecifyKind(new DateTime(instant.Ticks - instant.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    public static DateTime InZone(this DateTime utc, string zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone));

    public static DateOnly DateIn(this DateTime utc, string zone) => DateOnly.FromDateTime(utc.InZone(zone));

    public static TimeOnly TimeIn(this DateTime utc, string zone) => TimeOnly.FromDateTime(utc.InZone(zone));

    /// <summary>The instant of a local date and time; a time that a clock change skips counts as the first instant after the gap, one that it tells twice as the first.</summary>
    public static DateTime ToUtc(this DateOnly date, TimeOnly time, string zone)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        while (timeZone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return timeZone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - timeZone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, timeZone);
    }
}
