using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strongroom.Tests.Fuzzing;

/// <summary>What our own description of the API promises of an answer.</summary>
internal sealed class Schemas(JsonNode document)
{
    /// <returns>Where the body is not what is promised for this operation and status; empty when it is.</returns>
    public IReadOnlyList<string> Faults(string method, string pattern, int status, string? mediaType, string body)
    {
        var path = document["paths"]?[PathOf(pattern)]?[method.ToLowerInvariant()];
        if (path is null) return [$"{method} {pattern} is not described"];
        var answer = path["responses"]?[status.ToString(CultureInfo.InvariantCulture)];
        if (answer is null) return [$"an answer {status} is not described"];
        if (answer["content"] is not JsonObject { Count: > 0 } content) return body.Length == 0 ? [] : ["an answer without a body is described, and there is one"];
        if (mediaType is null || content[mediaType]?["schema"] is not { } schema) return [$"an answer of {mediaType} is not described"];
        if (!mediaType.Contains("json", StringComparison.Ordinal)) return [];
        List<string> faults = [];
        Look(JsonNode.Parse(body), schema, "$", faults);
        return faults;
    }

    /// <summary>A route's pattern without what it demands of its parameters.</summary>
    private static string PathOf(string pattern)
    {
        var path = string.Join('/', pattern.Split('/').Select(segment => segment.StartsWith('{') ? segment.Split(':')[0].TrimEnd('}', '?') + "}" : segment));
        return path.Length > 1 ? path.TrimEnd('/') : path;
    }

    private void Look(JsonNode? value, JsonNode schema, string at, List<string> faults)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Look(value, document["components"]!["schemas"]![reference.Split('/')[^1]]!, at, faults);
            return;
        }
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            if (!choices.Any(choice => Holds(value, choice!, at))) faults.Add($"{at} is none of what it may be");
            return;
        }
        if (schema["allOf"] is JsonArray parts)
            foreach (var part in parts) Look(value, part!, at, faults);
        var types = schema["type"] switch { JsonArray many => [.. many.Select(one => one!.GetValue<string>())], JsonValue one => [one.GetValue<string>()], _ => Array.Empty<string>() };
        if (types.Length > 0 && !types.Any(type => IsOf(value, type))) faults.Add($"{at} is {value?.ToJsonString() ?? "null"}, promised is {string.Join(" or ", types)}");
        if (schema["enum"] is JsonArray words && value is not null && !words.Any(word => JsonNode.DeepEquals(word, value))) faults.Add($"{at} is {value.ToJsonString()}, which is no word of its list");
        switch (value)
        {
            case JsonObject made:
                foreach (var name in (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !made.ContainsKey(name))) faults.Add($"{at}.{name} is missing");
                foreach (var (name, one) in made)
                {
                    if (schema["properties"]?[name] is { } known) Look(one, known, $"{at}.{name}", faults);
                    else if (schema["additionalProperties"] is JsonObject other) Look(one, other, $"{at}.{name}", faults);
                    else if (schema["properties"] is not null) faults.Add($"{at}.{name} is not described");
                }
                break;
            case JsonArray list when schema["items"] is { } item:
                for (var index = 0; index < list.Count; index++) Look(list[index], item, $"{at}[{index}]", faults);
                break;
        }
    }

    private bool Holds(JsonNode? value, JsonNode schema, string at)
    {
        List<string> faults = [];
        Look(value, schema, at, faults);
        return faults.Count == 0;
    }

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        _ => false,
    };
}
