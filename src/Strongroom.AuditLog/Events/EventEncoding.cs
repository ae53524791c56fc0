using System.Globalization;
using System.Text;
using System.Text.Json;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Events;

/// <summary>
/// The bytes of an event, version 1: a JSON object in UTF-8 without white space, its members in the order of their names, strings with only the escapes
/// that JSON demands (as RFC 8785 writes them), integers in decimal, no fractions, no null. Two programs that mean the same event write the
/// same bytes, so that the hash is the event's and not the program's. docs/audit-log-format.md has each rule.
/// </summary>
public static class EventEncoding
{
    public const int Version = 1, LongestKind = 80, LongestSubjectKind = 40, LongestName = 64;

    internal const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <exception cref="ArgumentException">The event breaks a rule of the form, or is longer than an entry may be.</exception>
    public static byte[] Encode(LogEvent happened)
    {
        var json = new StringBuilder(256);
        json.Append('{');
        if (happened.Actor is { } actor) json.Append("\"actor\":\"").Append(actor.ToString("D")).Append("\",");
        if (happened.Address is { } address) String(json.Append("\"address\":"), address).Append(',');
        json.Append("\"at\":\"").Append(happened.At.ToString(TimeForm, CultureInfo.InvariantCulture)).Append("\",");
        if (happened.Committed.Count > 0) Members(json, "committed", happened.Committed, (text, hash) => Commitment(text, hash)).Append(',');
        if (happened.Data.Count > 0) Members(json, "data", happened.Data, Value).Append(',');
        json.Append("\"id\":\"").Append(happened.Id.ToString("D")).Append("\",\"kind\":\"").Append(Code(happened.Kind, LongestKind)).Append("\",\"subjects\":[");
        var first = true;
        foreach (var subject in happened.Subjects.Distinct().OrderBy(subject => subject.Kind, StringComparer.Ordinal).ThenBy(subject => subject.Id))
        {
            if (subject.Kind.Contains(':')) throw new ArgumentException($"\"{subject.Kind}\" is no kind of subject.", nameof(happened));
            json.Append(first ? "\"" : ",\"").Append(Code(subject.Kind, LongestSubjectKind)).Append(':').Append(subject.Id.ToString("D")).Append('"');
            first = false;
        }
        // A lone half of a surrogate pair, which no UTF-8 can hold, becomes U+FFFD.
        var bytes = Encoding.UTF8.GetBytes(json.Append("],\"v\":1}").ToString());
        return bytes.Length <= TilePath.LongestEntry ? bytes : throw new ArgumentException($"The event has {bytes.Length} bytes, an entry at most {TilePath.LongestEntry}.", nameof(happened));
    }

    /// <summary>Whether the bytes are an event in its one form, and which.</summary>
    /// <exception cref="MalformedException">They are not.</exception>
    /// <exception cref="UnknownVersionException">They are of a version that this program does not know.</exception>
    public static EventHead Check(ReadOnlySpan<byte> entry) => new EventScanner(entry).Event();

    /// <summary>The event in the bytes.</summary>
    /// <exception cref="MalformedException">They are none in its one form.</exception>
    /// <exception cref="UnknownVersionException">They are of a version that this program does not know.</exception>
    public static LogEvent Decode(ReadOnlySpan<byte> entry)
    {
        var head = Check(entry);
        var reader = new Utf8JsonReader(entry);
        using var json = JsonDocument.ParseValue(ref reader);
        var root = json.RootElement;
        return new(head.Id, head.At, root.GetProperty("kind").GetString()!,
            root.TryGetProperty("actor", out var actor) ? actor.GetGuid() : null,
            root.TryGetProperty("address", out var address) ? address.GetString() : null,
            [.. root.GetProperty("subjects").EnumerateArray().Select(subject => subject.GetString()!.Split(':')).Select(parts => new EventSubject(parts[0], Guid.Parse(parts[1])))],
            Each(root, "data").ToDictionary(member => member.Name, member => member.Value.ValueKind == JsonValueKind.Number ? (object)member.Value.GetInt64() : member.Value.GetString()!, StringComparer.Ordinal),
            Each(root, "committed").ToDictionary(member => member.Name, member => Convert.FromHexString(member.Value.GetString()!), StringComparer.Ordinal));
    }

    private static JsonElement.ObjectEnumerator Each(JsonElement root, string name) => root.TryGetProperty(name, out var members) ? members.EnumerateObject() : default;

    private static StringBuilder Members<T>(StringBuilder json, string name, IReadOnlyDictionary<string, T> members, Action<StringBuilder, T> write)
    {
        json.Append('"').Append(name).Append("\":{");
        var first = true;
        foreach (var (member, value) in members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            write(json.Append(first ? "\"" : ",\"").Append(Code(member, LongestName)).Append("\":"), value);
            first = false;
        }
        return json.Append('}');
    }

    private static void Commitment(StringBuilder json, byte[] hash)
    {
        if (hash.Length != 32) throw new ArgumentException($"A commitment has 32 bytes, not {hash.Length}.", nameof(hash));
        json.Append('"').Append(Convert.ToHexStringLower(hash)).Append('"');
    }

    private static void Value(StringBuilder json, object value)
    {
        if (value is long number) json.Append(number.ToString(CultureInfo.InvariantCulture));
        else String(json, value as string ?? throw new ArgumentException($"A value is a string or a long, not {value?.GetType().Name ?? "null"}.", nameof(value)));
    }

    private static string Code(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && !text.Any(c => c is < '!' or > '~' or '"' or '\\')
            ? text : throw new ArgumentException($"\"{Base64.Short(text)}\" is no code: 1 to {longest} printable ASCII characters, no space, no quotation mark, no backslash.", nameof(text));

    private static StringBuilder String(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }
        return json.Append('"');
    }
}

/// <summary>An event of a version that came after this program: whether it is well formed cannot be told here.</summary>
public sealed class UnknownVersionException : Exception
{
    public UnknownVersionException() : base("The event is of a version that this program does not know.") { }

    public UnknownVersionException(string message) : base(message) { }

    public UnknownVersionException(string message, Exception inner) : base(message, inner) { }
}
