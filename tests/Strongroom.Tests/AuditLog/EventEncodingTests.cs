using System.Text;
using System.Text.Json;
using CsCheck;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;

namespace Strongroom.Tests.AuditLog;

public sealed class EventEncodingTests
{
    private const string Worked =
        """{"actor":"01234567-89ab-7cde-8f01-23456789abcd","address":"10.0.0.7","at":"2026-11-23T04:30:00.125Z","committed":{"reason":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},"data":{"check":"PhotographCompared","parties":2},"id":"019aae7c-0000-7000-8000-000000000001","kind":"access.visit-admitted","subjects":["locker:00000000-0000-7000-8000-000000000004","visit:00000000-0000-7000-8000-000000000003"],"v":1}""";

    private static readonly LogEvent Event = new(
        Guid.Parse("019aae7c-0000-7000-8000-000000000001"), new(2026, 11, 23, 4, 30, 0, 125, DateTimeKind.Utc), "access.visit-admitted",
        Guid.Parse("01234567-89ab-7cde-8f01-23456789abcd"), "10.0.0.7",
        [new("visit", Guid.Parse("00000000-0000-7000-8000-000000000003")), new("locker", Guid.Parse("00000000-0000-7000-8000-000000000004"))],
        new Dictionary<string, object> { ["parties"] = 2L, ["check"] = "PhotographCompared" },
        new Dictionary<string, byte[]> { ["reason"] = System.Security.Cryptography.SHA256.HashData("abc"u8) });

    /// <summary>The worked example of docs/audit-log-format.md.</summary>
    [Fact]
    public void The_documents_example_is_what_the_library_writes()
    {
        Encoding.UTF8.GetString(EventEncoding.Encode(Event)).ShouldBe(Worked);
        Convert.ToHexStringLower(TreeHash.OfLeaf(EventEncoding.Encode(Event)).Bytes).ShouldBe("bad11df93a2d23e2d7e745a4d5c665b8af749be50d67f400aeea3f8f2b44b1b3");
    }

    [Fact]
    public void An_event_is_read_as_it_was_written()
    {
        var read = EventEncoding.Decode(EventEncoding.Encode(Event));
        (read.Id, read.At, read.Kind, read.Actor, read.Address).ShouldBe((Event.Id, Event.At, Event.Kind, Event.Actor, Event.Address));
        read.Subjects.Select(subject => subject.Kind).ShouldBe(["locker", "visit"]);
        read.Data.ShouldBe(Event.Data, ignoreOrder: true);
        read.Committed["reason"].ShouldBe(Event.Committed["reason"]);
        EventEncoding.Check(EventEncoding.Encode(Event)).ShouldBe(new(Event.Id, Event.At));
    }

    [Fact]
    public void Whatever_an_event_holds_it_is_in_its_one_form_and_reads_back() =>
        (from text in Gen.String
         from address in Gen.Null(Gen.String)
         from number in Gen.Long
         from actor in Gen.Nullable(Gen.Guid)
         from subjects in Gen.Guid.Array[0, 5]
         from ms in Gen.Long[0, 253_402_300_799_999]
         select (text, address, number, actor, subjects, ms)).Sample(given =>
        {
            var at = DateTime.UnixEpoch.AddMilliseconds(given.ms);
            var happened = Event with
            {
                At = at,
                Address = given.address,
                Actor = given.actor,
                Subjects = [.. given.subjects.Select((id, i) => new EventSubject(i % 2 == 0 ? "visit" : "visit-x", id))],
                Data = new Dictionary<string, object> { ["text"] = given.text, ["number"] = given.number },
            };
            var bytes = EventEncoding.Encode(happened);
            var read = EventEncoding.Decode(bytes);
            return read.At == at && read.Actor == given.actor && (long)read.Data["number"] == given.number && EventEncoding.Encode(read).AsSpan().SequenceEqual(bytes)
                && (string)read.Data["text"] == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given.text));
        }, iter: 3_000);

    [Fact]
    public void One_changed_byte_makes_another_event_or_none()
    {
        var bytes = EventEncoding.Encode(Event);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((at, with) =>
        {
            byte[] changed = [.. bytes];
            changed[at] = with;
            try
            {
                // What is accepted is exactly what would be written.
                return EventEncoding.Encode(EventEncoding.Decode(changed)).AsSpan().SequenceEqual(changed);
            }
            catch (Exception e) when (e is MalformedException or UnknownVersionException)
            {
                return true;
            }
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\": 1"), InlineData("\"v\":1}", "\"v\":1}\n"), InlineData("\"v\":1", "\"v\":01"), InlineData("\"v\":1", "\"v\":0"), InlineData(",\"v\":1", "")]
    [InlineData("\"parties\":2", "\"parties\":02"), InlineData("\"parties\":2", "\"parties\":2.0"), InlineData("\"parties\":2", "\"parties\":-0"), InlineData("\"parties\":2", "\"parties\":2e0"), InlineData("\"parties\":2", "\"parties\":null"), InlineData("\"parties\":2", "\"parties\":9223372036854775808"), InlineData("\"parties\":2", "\"parties\":+2")]
    [InlineData("\"check\":\"PhotographCompared\",\"parties\":2", "\"parties\":2,\"check\":\"PhotographCompared\""), InlineData("\"parties\":2", "\"check\":2"), InlineData("\"data\":{\"check\":\"PhotographCompared\",\"parties\":2}", "\"data\":{}")]
    [InlineData("10.0.0.7", "10.0.0.\\u0037"), InlineData("10.0.0.7", "10\\/0"), InlineData("10.0.0.7", "\\u001F"), InlineData("10.0.0.7", "\\u000a"), InlineData("10.0.0.7", "\t"), InlineData("10.0.0.7", "\\x"), InlineData("10.0.0.7\"", "10.0.0.7\\\"")]
    [InlineData("01234567-89ab", "01234567-89AB"), InlineData("019aae7c-", "019aae7c"), InlineData("04:30:00.125Z", "04:30:60.125Z"), InlineData("2026-11-23", "2026-02-30"), InlineData(".125Z", ".125+"), InlineData("ba7816bf", "BA7816BF")]
    [InlineData("\"locker:00000000-0000-7000-8000-000000000004\",\"visit:00000000-0000-7000-8000-000000000003\"", "\"visit:00000000-0000-7000-8000-000000000003\",\"locker:00000000-0000-7000-8000-000000000004\"")]
    [InlineData("\"visit:00000000-0000-7000-8000-000000000003\"", "\"locker:00000000-0000-7000-8000-000000000004\""), InlineData("access.visit-admitted", ""), InlineData("access.visit-admitted", "access visit"), InlineData("\"kind\":", "\"kind\" :")]
    public void What_means_the_same_in_other_bytes_is_no_event(string part, string other)
    {
        Worked.ShouldContain(part);
        Should.Throw<MalformedException>(() => EventEncoding.Check(Encoding.UTF8.GetBytes(Worked.Replace(part, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void An_event_of_a_later_version_is_not_judged() =>
        Should.Throw<UnknownVersionException>(() => EventEncoding.Check("""{"at":"later","new":[1.5],"v":2}"""u8)).Message.ShouldContain("version 2");

    [Fact]
    public void What_the_form_cannot_hold_is_not_written()
    {
        Should.Throw<ArgumentException>(() => EventEncoding.Encode(Event with { Kind = "has space" }));
        Should.Throw<ArgumentException>(() => EventEncoding.Encode(Event with { Subjects = [new("a:b", Event.Id)] }));
        Should.Throw<ArgumentException>(() => EventEncoding.Encode(Event with { Data = new Dictionary<string, object> { ["x"] = 1.5 } }));
        Should.Throw<ArgumentException>(() => EventEncoding.Encode(Event with { Data = new Dictionary<string, object> { ["ü"] = 1L } }));
        Should.Throw<ArgumentException>(() => EventEncoding.Encode(Event with { Data = new Dictionary<string, object> { ["x"] = new string('a', 65_536) } }));
    }

    [Fact]
    public void The_form_is_plain_JSON_to_everybody_else()
    {
        using var json = JsonDocument.Parse(EventEncoding.Encode(Event with { Address = "\"\\\b\f\n\r\t\u0001\u007f\u2028ü😀" }));
        json.RootElement.GetProperty("address").GetString().ShouldBe("\"\\\b\f\n\r\t\u0001\u007f\u2028ü😀");
    }
}
