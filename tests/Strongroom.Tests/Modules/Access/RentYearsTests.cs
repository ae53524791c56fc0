using System.Globalization;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Tests.Modules.Access;

public sealed class RentYearsTests
{
    [Theory]
    [InlineData("2020-04-01", "2026-11-23", "2026-04-01")]
    [InlineData("2020-11-23", "2026-11-23", "2026-11-23")]
    [InlineData("2020-11-24", "2026-11-23", "2025-11-24")]
    [InlineData("2026-11-23", "2026-11-23", "2026-11-23")]
    [InlineData("2024-02-29", "2026-02-28", "2026-02-28")]
    [InlineData("2024-02-29", "2026-02-27", "2025-02-28")]
    [InlineData("2027-01-01", "2026-11-23", "2027-01-01")]
    public void A_year_of_a_hire_begins_at_its_last_anniversary(string first, string today, string begins) =>
        RentYears.Begin(Of(first), Of(today)).ShouldBe(Of(begins));

    private static DateOnly Of(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
