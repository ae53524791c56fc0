using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strongroom.Modules.Audit;

/// <summary>
/// The bytes of an event, version 1: one JSON object in UTF-8 without white space, members in ordinal order of their names,
/// strings with only the escapes that JSON demands, integers in decimal; no fractions, no null. The order of subjects is kind, then id.
/// So that two programs that mean the same event write the same bytes.
/// </summary>
internal static class CanonicalEvent
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Encode(
        EventId id, DateTime at, string kind, PersonId? actor, string? address,
        IEnumerable<Subject> subjects, IReadOnlyDictionary<string, object> data, IReadOnlyDictionary<string, byte[]> commitments)
    {
        using var stream = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            if (actor is { } person) json.WriteString("actor", person.ToString());
            if (address is not null) json.WriteString("address", address);
            json.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            if (commitments.Count > 0) WriteCommitments(json, commitments);
            if (data.Count > 0) WriteData(json, data);
            json.WriteString("id", id.ToString());
            json.WriteString("kind", kind);
            json.WriteStartArray("subjects");
            foreach (var subject in subjects)
                json.WriteStringValue($"{subject.Kind}:{subject.Id:D}");
            json.WriteEndArray();
            json.WriteNumber("v", 1);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteCommitments(Utf8JsonWriter json, IReadOnlyDictionary<string, byte[]> commitments)
    {
        json.WriteStartObject("committed");
        foreach (var (name, hash) in commitments.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(name, Convert.ToHexStringLower(hash));
        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, IReadOnlyDictionary<string, object> data)
    {
        json.WriteStartObject("data");
        foreach (var (name, value) in data.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is long number) json.WriteNumber(name, number);
            else json.WriteString(name, (string)value);
        }
        json.WriteEndObject();
    }
}
