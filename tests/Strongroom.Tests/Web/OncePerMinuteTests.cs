using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Web;

/// <summary>What is written down about strangers, and how little of it a flood of them costs.</summary>
public sealed class OncePerMinuteTests
{
    private readonly FakeTimeProvider clock = new(World<Sqlite>.Start);

    [Fact]
    public void Each_key_is_let_through_once_a_minute()
    {
        var once = new OncePerMinute<string>(clock);

        (once.IsFirst("here"), once.IsFirst("here"), once.IsFirst("there")).ShouldBe((true, false, true));
        clock.Advance(TimeSpan.FromSeconds(59));
        once.IsFirst("here").ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        (once.IsFirst("here"), once.IsFirst("here")).ShouldBe((true, false));
    }

    [Fact]
    public void While_it_is_full_nothing_new_is_let_through_and_what_is_known_still_is()
    {
        var once = new OncePerMinute<int>(clock, most: 3);
        for (var key = 0; key < 3; key++) once.IsFirst(key).ShouldBeTrue();

        for (var key = 3; key < 1000; key++) once.IsFirst(key).ShouldBeFalse();

        clock.Advance(TimeSpan.FromMinutes(1));
        once.IsFirst(0).ShouldBeTrue();
        once.IsFirst(3).ShouldBeTrue("the minute of the others is over");
    }

    [Fact]
    public void It_is_swept_once_a_minute_at_most()
    {
        var once = new OncePerMinute<string>(clock, most: 2);
        once.IsFirst("at 0");
        clock.Advance(TimeSpan.FromSeconds(30));
        once.IsFirst("at 30");
        clock.Advance(TimeSpan.FromSeconds(30));
        once.IsFirst("at 60").ShouldBeTrue("the first one was swept out");

        clock.Advance(TimeSpan.FromSeconds(45));
        once.IsFirst("at 105").ShouldBeFalse("the second one is over, but it was swept 45 seconds ago");
        clock.Advance(TimeSpan.FromSeconds(15));
        once.IsFirst("at 120").ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_at_once_one_is_first()
    {
        var once = new OncePerMinute<string>(clock);
        (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => once.IsFirst("here"))))).Count(first => first).ShouldBe(1);
    }

    [Fact]
    public void A_household_of_IPv6_has_a_line_a_minute_whatever_addresses_it_makes_up()
    {
        using var log = new CapturedLog();
        using var factory = new LoggerFactory([log]);
        var wards = new WardLog(clock, new Logger<WardLog>(factory));

        foreach (var address in new[] { "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "192.0.2.1", "::ffff:192.0.2.1" })
            wards.Look(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) }, Response = { StatusCode = StatusCodes.Status400BadRequest } });

        log.Records.Count(line => line.Message.Contains("Turned away", StringComparison.Ordinal)).ShouldBe(3);
    }
}
