using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Strongroom.Web;

namespace Strongroom.Tests.Web;

public sealed class PlainLogTests
{
    [Fact]
    public void A_line_break_in_a_value_begins_no_record()
    {
        var lines = Written("asha\r\n2026-11-23T03:30:00.000Z info Strongroom: Nothing happened\u001b[2K\u2028also here", null);

        lines.ShouldHaveSingleItem().ShouldBe(@"2026-11-23T03:30:00.000Z warn Strongroom.Test: Somebody typed asha\r\n2026-11-23T03:30:00.000Z info Strongroom: Nothing happened\u001b[2K\u2028also here");
    }

    [Fact]
    public void What_an_exception_says_stands_behind_blanks_whatever_it_repeats()
    {
        var lines = Written("asha", new InvalidOperationException("No such name: x\n2026-11-23T03:30:00.000Z crit Strongroom: All is lost"));

        lines.Count(line => line.StartsWith("2026", StringComparison.Ordinal)).ShouldBe(1);
        lines.Skip(1).ShouldAllBe(line => line.StartsWith("    ", StringComparison.Ordinal));
        lines.ShouldContain("    2026-11-23T03:30:00.000Z crit Strongroom: All is lost");
    }

    [Fact]
    public void Names_in_any_script_stand_as_they_are() => PlainLog.OneLine("आशा राव — Łódź").ShouldBe("आशा राव — Łódź");

    private static string[] Written(string typed, Exception? broken)
    {
        using var text = new StringWriter();
        new PlainLog(new FakeTimeProvider(new(2026, 11, 23, 3, 30, 0, TimeSpan.Zero))).Write(
            new LogEntry<string>(LogLevel.Warning, "Strongroom.Test", default, typed, broken, (state, _) => $"Somebody typed {state}"), null, text);
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
