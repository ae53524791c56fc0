namespace Strongroom.Modules.Access.Visits;

/// <summary>Years of a hire, from anniversary to anniversary. One that began on 29 February has its anniversary on the 28th in other years.</summary>
internal static class RentYears
{
    /// <returns>The last anniversary that is not after today; the first day itself in the first year.</returns>
    public static DateOnly Begin(DateOnly first, DateOnly today)
    {
        if (today <= first) return first;
        var years = today.Year - first.Year;
        return first.AddYears(years) > today ? first.AddYears(years - 1) : first.AddYears(years);
    }
}
