using System.Globalization;

namespace Strongroom.Web.Widgets;

/// <summary>A moment in a branch's own time. .NET knows the zones but not the short names that people read.</summary>
internal static class Zones
{
    private static readonly Dictionary<string, (string Standard, string Summer)> ShortNames = new(StringComparer.Ordinal)
    {
        ["Asia/Kolkata"] = ("IST", "IST"),
        ["America/Denver"] = ("MST", "MDT"),
        ["America/Chicago"] = ("CST", "CDT"),
        ["UTC"] = ("UTC", "UTC"),
    };

    public static DateTime Local(DateTime utc, string zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone));

    public static string ShortName(DateTime utc, string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var moment = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        if (ShortNames.TryGetValue(zone, out var names))
            return info.IsDaylightSavingTime(moment) ? names.Summer : names.Standard;
        var offset = info.GetUtcOffset(moment);
        return string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset:hh\\:mm}");
    }
}
