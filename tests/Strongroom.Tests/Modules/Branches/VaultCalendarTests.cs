using CsCheck;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Tests.Modules.Branches;

public sealed class VaultCalendarTests
{
    private static readonly WeekHours Week = new(new Dictionary<DayOfWeek, DayHours>
    {
        [DayOfWeek.Monday] = new(new(10, 0), new(16, 0)),
        [DayOfWeek.Tuesday] = new(new(10, 0), new(16, 0)),
        [DayOfWeek.Saturday] = new(new(10, 0), new(13, 0)),
    });

    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Theory]
    [InlineData("2026-11-23T04:29:59.999Z", false, "a moment before ten in India")]
    [InlineData("2026-11-23T04:30:00.000Z", true, "ten")]
    [InlineData("2026-11-23T10:29:59.999Z", true, "a moment before four")]
    [InlineData("2026-11-23T10:30:00.000Z", false, "four: nobody is admitted any more")]
    [InlineData("2026-11-22T18:30:00.000Z", false, "Monday begins in India while it is Sunday in Greenwich")]
    [InlineData("2026-11-25T06:00:00.000Z", false, "Wednesday has no hours")]
    [InlineData("2026-11-24T06:00:00.000Z", false, "Tuesday is a holiday")]
    [InlineData("2026-11-28T07:29:00.000Z", true, "Saturday, one minute before one")]
    [InlineData("2026-11-28T07:30:00.000Z", false, "Saturday, one")]
    public void The_vault_is_served_within_its_hours_and_not_at_closing_time(string instant, bool served, string why) =>
        India().ServedAt(DateTime.Parse(instant, null, System.Globalization.DateTimeStyles.AdjustToUniversal)).ShouldBe(served, why);

    [Theory]
    [InlineData("2026-11-23T05:00:00Z", "2026-11-23T05:00:00Z", "served now")]
    [InlineData("2026-11-23T01:00:00Z", "2026-11-23T04:30:00Z", "later today")]
    [InlineData("2026-11-23T11:00:00Z", "2026-11-28T04:30:00Z", "after Monday's close: Tuesday is a holiday, then Saturday")]
    public void The_next_opening_leaves_out_closed_days_and_holidays(string now, string next, string why) =>
        India().NextServed(DateTime.Parse(now, null, System.Globalization.DateTimeStyles.AdjustToUniversal))
            .ShouldBe(DateTime.Parse(next, null, System.Globalization.DateTimeStyles.AdjustToUniversal), why);

    [Theory]
    [InlineData("2026-03-07", 17, "standard time, seven hours behind")]
    [InlineData("2026-03-09", 16, "summer time, six hours behind")]
    [InlineData("2026-10-31", 16, "summer time")]
    [InlineData("2026-11-02", 17, "standard time again")]
    public void Ten_in_the_morning_moves_with_the_clocks_of_the_branch(string date, int utcHour, string why) =>
        Denver(new(10, 0), new(16, 0)).InUtc(DateOnly.Parse(date))!.Value.Opens.Hour.ShouldBe(utcHour, why);

    [Fact]
    public void An_opening_in_the_hour_that_a_clock_change_skips_is_the_first_moment_after_it()
    {
        // On 8 March 2026 the clocks of Denver go from 02:00 to 03:00.
        var day = Denver(new(2, 30), new(5, 0)).InUtc(new(2026, 3, 8))!.Value;

        day.Opens.ShouldBe(new DateTime(2026, 3, 8, 9, 0, 0, DateTimeKind.Utc));
        day.Closes.ShouldBe(new DateTime(2026, 3, 8, 11, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void A_branch_without_hours_is_never_served_and_has_no_next_day()
    {
        var branch = new VaultCalendar("Asia/Kolkata", WeekHours.None, new HashSet<DateOnly>());

        branch.IsSetUp.ShouldBeFalse();
        branch.NextDayAfter(Monday).ShouldBeNull();
        branch.NextServed(new(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc)).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 0, 7, 0, "at one by summer time, and not again an hour later")]
    [InlineData(2, 0, 9, 0, "after both")]
    public void An_opening_in_the_hour_that_a_clock_change_tells_twice_is_the_first_of_the_two(int hour, int minute, int utcHour, int utcMinute, string why)
    {
        // On 1 November 2026 the clocks of Denver go from 02:00 back to 01:00.
        var branch = Denver(new(hour, minute), new(5, 0));
        var opens = new DateTime(2026, 11, 1, utcHour, utcMinute, 0, DateTimeKind.Utc);

        branch.InUtc(new(2026, 11, 1))!.Value.Opens.ShouldBe(opens, why);
        branch.ServedAt(opens.AddTicks(-1)).ShouldBeFalse();
        Enumerable.Range(0, 12).ShouldAllBe(step => branch.ServedAt(opens.AddMinutes(step * 15)));
    }

    [Fact]
    public void The_next_moment_of_service_is_served_and_nothing_before_it_is() =>
        Gen.Select(
            Gen.DateTime[new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)],
            // Half of the instants near a change of clocks, which chance alone would never meet.
            Gen.OneOf(Gen.Int[-240, 240].Select(minutes => (int?)minutes), Gen.Const((int?)null))).Sample((instant, near) =>
        {
            foreach (var branch in new[] { India(), Denver(new(1, 0), new(23, 0)), Denver(new(1, 30), new(2, 30)) })
            {
                var utc = near is { } minutes ? Changes[instant.Day % Changes.Length].AddMinutes(minutes) : DateTime.SpecifyKind(instant, DateTimeKind.Utc);
                if (branch.NextServed(utc) is not { } next) continue;
                branch.ServedAt(next).ShouldBeTrue($"{next:O}, after {utc:O} in {branch.Zone}");
                next.ShouldBeGreaterThanOrEqualTo(utc);
                foreach (var at in Enumerable.Range(0, 7).Select(part => utc + ((next - utc) * part / 7)).Where(at => at < next))
                    branch.ServedAt(at).ShouldBeFalse($"{at:O}, before {next:O} in {branch.Zone}");
            }
        });

    private static readonly DateTime[] Changes = [new(2026, 3, 8, 9, 0, 0, DateTimeKind.Utc), new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc)];

    [Fact]
    public void Hours_read_back_as_they_were_written() => WeekHours.Of(Week.ToJson()).Days.ShouldBe(Week.Days);

    private static VaultCalendar India() => new("Asia/Kolkata", Week, new HashSet<DateOnly> { new(2026, 11, 24) });

    private static VaultCalendar Denver(TimeOnly opens, TimeOnly closes) => new(
        "America/Denver", new(Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new DayHours(opens, closes))), new HashSet<DateOnly>());
}
