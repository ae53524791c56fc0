using System.Globalization;
using System.Text.RegularExpressions;

namespace Strongroom.Modules.Exchange.Reading;

/// <summary>Dates and times as clerks write them: day first, the month by number or by name, the year in two digits or four.</summary>
internal static partial class DateReading
{
    /// <summary>A two-digit year lies at most so many years ahead: rent is paid in advance, nothing else is.</summary>
    private const int YearsAhead = 5;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    // Days since 30 December 1899: what a spreadsheet's date becomes when its cell forgets its format. 10000 is in 1927, 80000 in 2119.
    private static readonly DateOnly SpreadsheetEpoch = new(1899, 12, 30);

    /// <returns>Null when there is no such date.</returns>
    public static DateOnly? Date(string text, DateOnly today)
    {
        var clean = TimeAtEnd().Replace(text.Trim(), "").Trim();
        if (YearFirst().Match(clean) is { Success: true } iso) return Of(Number(iso, 1), Number(iso, 2), Number(iso, 3));
        if (EightDigits().Match(clean) is { Success: true } compact) return Of(Number(compact, 1), Number(compact, 2), Number(compact, 3));
        if (DayFirst().Match(clean) is { Success: true } usual) return Of(Year(usual.Groups[3].Value, today), Number(usual, 2), Number(usual, 1));
        if (MonthByName().Match(clean) is { Success: true } named) return Of(Year(named.Groups[3].Value, today), Month(named.Groups[2].Value), Number(named, 1));
        if (NameFirst().Match(clean) is { Success: true } other) return Of(Year(other.Groups[3].Value, today), Month(other.Groups[1].Value), Number(other, 2));
        return Serial().IsMatch(clean) && int.Parse(clean, CultureInfo.InvariantCulture) is >= 10_000 and < 80_000 and var days ? SpreadsheetEpoch.AddDays(days) : null;
    }

    /// <returns>Null when there is no such time.</returns>
    public static TimeOnly? Time(string text)
    {
        var match = Clock().Match(text.Trim());
        if (!match.Success) return null;
        var (hour, minute) = (Number(match, 1), Number(match, 2));
        var half = match.Groups[4].Value.ToLowerInvariant();
        if (half.Length > 0)
        {
            if (hour is < 1 or > 12) return null;
            hour = hour % 12 + (half[0] == 'p' ? 12 : 0);
        }
        var second = match.Groups[3].Success ? Number(match, 3) : 0;
        return hour < 24 && minute < 60 && second < 60 ? new TimeOnly(hour, minute, second) : null;
    }

    private static DateOnly? Of(int year, int month, int day) =>
        year is >= 1800 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Year(string digits, DateOnly today)
    {
        var year = int.Parse(digits, CultureInfo.InvariantCulture);
        if (digits.Length == 4) return year;
        var latest = today.Year + YearsAhead;
        var candidate = latest - latest % 100 + year;
        return candidate <= latest ? candidate : candidate - 100;
    }

    private static int Month(string name) => Array.FindIndex(Months, month => name.StartsWith(month, StringComparison.OrdinalIgnoreCase)) + 1;

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(\d{4})(\d{2})(\d{2})$")]
    private static partial Regex EightDigits();

    [GeneratedRegex(@"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(\d{1,2})(?:st|nd|rd|th)?[-/., ]*([a-z]{3,9})[-/., ']*(\d{4}|\d{2})$", RegexOptions.IgnoreCase)]
    private static partial Regex MonthByName();

    [GeneratedRegex(@"^([a-z]{3,9})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})$", RegexOptions.IgnoreCase)]
    private static partial Regex NameFirst();

    [GeneratedRegex(@"^\d{5}$")]
    private static partial Regex Serial();

    [GeneratedRegex(@"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeAtEnd();

    [GeneratedRegex(@"^(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2})\s*[:.]?\s*(\d{2})(?:\s*[:.]\s*(\d{2})(?:\.\d+)?)?\s*(?:hrs?\.?)?\s*([ap]\.?\s?m\.?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();
}
