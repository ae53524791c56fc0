using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// The one text of what is signed: JSON in UTF-8 without white space, members in ordinal order of their names, enums by name, nulls left out.
/// The order in which a record declares its properties does not change the hash; a value does.
/// </summary>
internal static class CanonicalPayload
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Encode(object payload)
    {
        using var stream = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(stream, Compact))
            Write(json, JsonSerializer.SerializeToNode(payload, payload.GetType(), Plain));
        return stream.ToArray();
    }

    public static byte[] HashOf(object payload) => SHA256.HashData(Encode(payload));

    /// <summary>What was encoded, as the record it was: for payloads that are kept and carried out later.</summary>
    public static T Decode<T>(byte[] text) => JsonSerializer.Deserialize<T>(text, Plain) ?? throw new JsonException($"The text holds no {typeof(T).Name}.");

    private static void Write(Utf8JsonWriter json, JsonNode? node)
    {
        switch (node)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonObject members:
                json.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }
                json.WriteEndObject();
                break;
            case JsonArray items:
                json.WriteStartArray();
                foreach (var item in items) Write(json, item);
                json.WriteEndArray();
                break;
            default:
                node.WriteTo(json);
                break;
        }
    }
}
