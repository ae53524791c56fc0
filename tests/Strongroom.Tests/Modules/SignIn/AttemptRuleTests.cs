using CsCheck;
using Strongroom.Modules.SignIn.Attempts;

namespace Strongroom.Tests.Modules.SignIn;

public sealed class AttemptRuleTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    [InlineData(8, 8)]
    [InlineData(9, 15)]
    [InlineData(1000, 15)]
    public void Pauses_of_an_account_double_up_to_a_quarter_of_an_hour(int failures, int minutes) =>
        AttemptRule.Account.PauseAfter(failures).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void More_failures_never_shorten_a_pause() => Gen.Int[0, 10_000].Sample(failures =>
        AttemptRule.Address.PauseAfter(failures) <= AttemptRule.Address.PauseAfter(failures + 1)
        && AttemptRule.Address.PauseAfter(failures) <= AttemptRule.Address.LongestPause);

    [Theory]
    [InlineData("192.0.2.7", "address:192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "address:192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "address:2001:db8:1:2::/64")]
    [InlineData(null, "address:unknown")]
    public void The_addresses_of_one_household_count_as_one(string? address, string key) => AttemptCount.OfAddress(address).ShouldBe(key);
}
