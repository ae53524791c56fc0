using Strongroom.Modules.Delivery;

namespace Strongroom.Tests.Modules.Delivery;

public sealed class BackoffTests
{
    private static readonly DateTime Made = new(2026, 11, 23, 3, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 15)]
    [InlineData(4, 60)]
    [InlineData(5, 240)]
    [InlineData(6, 240)]
    [InlineData(19, 240)]
    public void A_message_not_accepted_is_tried_again_later_and_later(int attempts, int minutes) =>
        Backoff.Next(Made, attempts, Made.AddHours(1)).ShouldBe(Made.AddHours(1).AddMinutes(minutes));

    [Fact]
    public void After_three_days_it_is_given_up()
    {
        Backoff.Next(Made, 20, Made.AddDays(3).AddMilliseconds(-1)).ShouldNotBeNull();
        Backoff.Next(Made, 20, Made.AddDays(3)).ShouldBeNull();
    }
}
