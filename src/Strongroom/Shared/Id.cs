using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strongroom.Shared;

/// <summary>
/// The identity of one noun: a UUIDv7 that knows what it names, so that a locker's id cannot be passed where a person's is asked.
/// Made by <see cref="Ids"/> only. Text form: 36 characters, lower case, with hyphens.
/// </summary>
[JsonConverter(typeof(IdJsonConverterFactory))]
public readonly record struct Id<TNoun>(Guid Value) : IParsable<Id<TNoun>> where TNoun : INoun
{
    public static Id<TNoun> Parse(string s, IFormatProvider? provider) => new(Guid.ParseExact(s, "D"));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id<TNoun> result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}

internal sealed class IdJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(IdJsonConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class IdJsonConverter<TNoun> : JsonConverter<Id<TNoun>> where TNoun : INoun
    {
        public override Id<TNoun> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, Id<TNoun> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

        public override Id<TNoun> ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Id<TNoun>.Parse(reader.GetString()!, null);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Id<TNoun> value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());
    }
}
