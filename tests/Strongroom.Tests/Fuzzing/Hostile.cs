using System.Text;
using System.Text.Json.Nodes;

namespace Strongroom.Tests.Fuzzing;

/// <summary>What somebody sends who means no good, or whose program is broken.</summary>
internal sealed class Hostile(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\t\r\n", "null", "undefined", "NaN", "true", "0", "-1", "1e999", "9223372036854775808", "' OR '1'='1", "'; DROP TABLE person; --", "\" OR 1=1 --", "1) UNION SELECT 1,2,3 --",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "%s%n%x", "{0}{1}", "../../../../etc/passwd", "..\\..\\windows", "file:///etc/passwd", "http://169.254.169.254/",
        "\u0000", "a\u0000b", "\u202Eevil", "\uFEFF", "\uD83D\uDE00", "अ\u0300\u0300\u0300", "İstanbul", "a\r\nSet-Cookie: x=1", "a\r\nBcc: everybody@example.in", "=cmd|' /C calc'!A0", "()", "[]", "\\",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{01900000-0000-7000-8000-000000000000}", "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "24:00", "-00:01",
        "2026-11-23T06:00:00+14:00", "urn:uuid:01900000-0000-7000-8000-000000000000", "%00", "%2e%2e%2f", "%u0041",
    ];

    public string Text() => random.Next(12) switch
    {
        0 => new string('A', 70_000),
        1 => new string('\u0939', 3_000),
        2 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0xD7FF))),
        _ => Texts[random.Next(Texts.Length)],
    };

    /// <summary>The body with up to three things wrong; now and then none, so that something happens in this bank.</summary>
    public byte[] Spoil(JsonNode? good)
    {
        var body = good?.DeepClone() ?? new JsonObject();
        for (var times = random.Next(4); times > 0; times--) body = SpoilOnce(body);
        var text = body?.ToJsonString() ?? "null";
        return random.Next(40) switch
        {
            0 => [],
            1 => "null"u8.ToArray(),
            2 => "[]"u8.ToArray(),
            3 => Encoding.UTF8.GetBytes(text[..random.Next(text.Length + 1)]),
            4 => [.. Encoding.UTF8.GetBytes(text), 0xC3, 0x28],
            5 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            6 => Encoding.UTF8.GetBytes(new string('[', 5_000) + new string(']', 5_000)),
            7 => Encoding.UTF8.GetBytes($$"""{"a":{{text}},"a":{{text}}}"""),
            8 => Encoding.UTF8.GetBytes(text + text),
            9 => Encoding.UTF8.GetBytes("{" + string.Concat(Enumerable.Range(0, 3_000).Select(at => $"\"p{at}\":1,")) + "\"z\":1}"),
            10 => Encoding.UTF8.GetBytes($"\"{new string('x', 1_000_000)}\""),
            11 => Encoding.Unicode.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private JsonNode? SpoilOnce(JsonNode? body)
    {
        if (body is not JsonObject made) return Value();
        var names = made.Select(pair => pair.Key).ToList();
        if (names.Count == 0 || random.Next(8) == 0)
        {
            // What no form has: a property that somebody hopes is bound.
            made[new[] { "id", "Id", "version", "branch", "isAdmin", "role", "state", "actor", "person", "__proto__", "$type", "approvedBy", "until" }[random.Next(13)]] = Value();
            return made;
        }
        var name = names[random.Next(names.Count)];
        switch (random.Next(6))
        {
            case 0:
                made.Remove(name);
                break;
            case 1 when made[name] is JsonObject below:
                made[name] = SpoilOnce(below.DeepClone());
                break;
            case 2:
                var kept = made[name]?.DeepClone();
                made.Remove(name);
                made[name.ToUpperInvariant()] = kept;
                break;
            case 3:
                made[name] = new JsonArray(made[name]?.DeepClone(), made[name]?.DeepClone());
                break;
            default:
                made[name] = Value();
                break;
        }
        return made;
    }

    private JsonNode? Value() => random.Next(12) switch
    {
        0 => null,
        1 => true,
        2 => random.Next(-2, 3),
        3 => long.MaxValue,
        4 => 1.5,
        5 => new JsonArray(),
        6 => new JsonObject(),
        7 => new JsonArray([.. Enumerable.Range(0, 300).Select(_ => (JsonNode?)1)]),
        8 => Nested(60),
        _ => Text(),
    };

    private static JsonNode Nested(int deep)
    {
        JsonNode node = 1;
        for (var level = 0; level < deep; level++) node = new JsonObject { ["a"] = node };
        return node;
    }
}
