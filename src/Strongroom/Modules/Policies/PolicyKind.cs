using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Policies;

/// <summary>One property of a policy record, by its name in JSON.</summary>
internal sealed record Setting(string Name, SettingType Type, string Label, string Unit, string? Rule, ImmutableArray<string>? Words);

/// <summary>A policy record as data: made from its properties, once, at start.</summary>
internal sealed record PolicyKind(string Name, Type Type, ImmutableArray<Setting> Settings)
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>"Access policy".</summary>
    public string Title => Name[..1] + string.Concat(Name[1..].Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    public static PolicyKind Of<TPolicy>() where TPolicy : IPolicy => new(typeof(TPolicy).Name, typeof(TPolicy),
        [.. typeof(TPolicy).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(Of)]);

    public TPolicy Make<TPolicy>(IReadOnlyDictionary<string, object> values) where TPolicy : IPolicy =>
        new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, JsonSerializer.SerializeToNode(value.Value)))).Deserialize<TPolicy>(Json)!;

    private static Setting Of(PropertyInfo property)
    {
        var words = property.GetCustomAttribute<SettingAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} has no [Setting]: nobody could set it.");
        return new(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name), TypeOf(property), words.Label, words.Unit, words.Rule,
            words.Words is { } listed ? [.. listed] : null);
    }

    private static SettingType TypeOf(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(int) => SettingType.Number,
        var type when type == typeof(bool) => SettingType.Switch,
        var type when type == typeof(string) => SettingType.Text,
        var type => throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} is a {type.Name}; a setting is an int, a bool or a string."),
    };
}

internal static class SettingValues
{
    public const int TextLength = 200;

    /// <summary>The value in its .NET type, or null when the JSON is of another type.</summary>
    public static object? Read(this Setting setting, JsonElement json) => setting.Type switch
    {
        SettingType.Number => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : null,
        SettingType.Switch => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
        SettingType.Text => json.ValueKind == JsonValueKind.String && json.GetString()!.Length <= TextLength ? json.GetString()!.Trim() : null,
    };

    /// <summary>Words of a text that the setting does not know; empty when all is well.</summary>
    public static IReadOnlyList<string> UnknownWords(this Setting setting, string text) => setting.Words is not { } known
        ? []
        : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Except(known)];

    public static string InWords(this Setting setting, object value) => setting.Type switch
    {
        SettingType.Number => $"{value} {setting.Unit}".TrimEnd(),
        SettingType.Switch => value is true ? "yes" : "no",
        SettingType.Text => value is "" ? "none" : (string)value,
    };
}
