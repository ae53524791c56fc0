using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Policies;

/// <summary>What a law says of one setting. Floor and ceiling are inside the limits; null is no limit.</summary>
internal sealed record Limits(object Default, int? Floor, int? Ceiling, string? Rule)
{
    public bool Allow(object value) => value is not int number || (!(number < Floor) && !(number > Ceiling));

    /// <summary>A newer pack also binds what a bank decided before it: a value outside counts as the nearest one inside.</summary>
    public object Bound(object value) => value is not int number ? value : Math.Min(Math.Max(number, Floor ?? int.MinValue), Ceiling ?? int.MaxValue);
}

/// <summary>One version of one jurisdiction's data, in force from a date until the next.</summary>
internal sealed record Pack(Jurisdiction Jurisdiction, string Version, DateOnly EffectiveFrom, IReadOnlyDictionary<(string Kind, string Setting), Limits> All)
{
    public Limits this[PolicyKind kind, Setting setting] => All[(kind.Name, setting.Name)];

    public override string ToString() => $"pack {Jurisdiction.Code} {Version}";
}

/// <summary>
/// Every jurisdiction this program knows, read from Packs/*.json. A pack that lacks a registered setting, names an unknown one or
/// has a value of the wrong type keeps the server from starting: a decision must never meet a hole in the law.
/// </summary>
internal sealed class Packs
{
    private readonly Dictionary<string, PolicyKind> kinds;
    private readonly Dictionary<string, List<Pack>> packs;

    public Packs(IEnumerable<PolicyKind> kinds) : this(kinds, Embedded())
    {
    }

    internal Packs(IEnumerable<PolicyKind> kinds, IEnumerable<string> files)
    {
        this.kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);
        packs = files.Select(file => PackFile.Read(file, [.. this.kinds.Values])).ToDictionary(file => file[0].Jurisdiction.Code);
    }

    public IReadOnlyCollection<PolicyKind> Kinds => kinds.Values;

    public IReadOnlyList<Jurisdiction> Jurisdictions => [.. packs.Values.Select(versions => versions[0].Jurisdiction)];

    public PolicyKind? Kind(string name) => kinds.GetValueOrDefault(name);

    public bool Knows(string jurisdiction) => packs.ContainsKey(jurisdiction);

    /// <summary>The newest version in force on the date; before the first one, the first: older law is not in the file.</summary>
    public Pack At(string jurisdiction, DateOnly date) => packs.TryGetValue(jurisdiction, out var versions)
        ? versions.FindLast(version => version.EffectiveFrom <= date) ?? versions[0]
        : throw new InvalidOperationException($"There is no pack for jurisdiction {jurisdiction}.");

    private static IEnumerable<string> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Policies.Packs.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}

/// <summary>A pack as it stands in its file.</summary>
internal sealed record PackFile(string Jurisdiction, string Name, List<PackFile.VersionData> Versions)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    internal sealed record VersionData(string Version, DateOnly EffectiveFrom, Dictionary<string, Dictionary<string, SettingData>> Policies);

    internal sealed record SettingData(JsonElement Default, int? Floor = null, int? Ceiling = null, string? Rule = null);

    /// <summary>The versions of one file, oldest first.</summary>
    public static List<Pack> Read(string json, IReadOnlyCollection<PolicyKind> kinds)
    {
        var file = JsonSerializer.Deserialize<PackFile>(json, Strict)!;
        if (file.Versions.Count == 0) throw new InvalidOperationException($"Pack {file.Jurisdiction} has no version.");
        return [.. file.Versions.OrderBy(version => version.EffectiveFrom).Select(version => file.Read(version, kinds))];
    }

    private Pack Read(VersionData version, IReadOnlyCollection<PolicyKind> kinds)
    {
        var unknown = version.Policies.SelectMany(policy => policy.Value.Keys.Select(setting => (policy.Key, setting)))
            .Except(kinds.SelectMany(kind => kind.Settings.Select(setting => (kind.Name, setting.Name)))).ToList();
        if (unknown.Count > 0) throw Broken(version, $"{unknown[0].Item1}.{unknown[0].Item2}", "is in no policy");
        return new(new(Jurisdiction, Name), version.Version, version.EffectiveFrom,
            kinds.SelectMany(kind => kind.Settings.Select(setting => (kind, setting)))
                .ToDictionary(one => (one.kind.Name, one.setting.Name), one => Read(version, one.kind, one.setting)));
    }

    private Limits Read(VersionData version, PolicyKind kind, Setting setting)
    {
        var name = $"{kind.Name}.{setting.Name}";
        if (!version.Policies.GetValueOrDefault(kind.Name, []).TryGetValue(setting.Name, out var data)) throw Broken(version, name, "is missing");
        var value = setting.Read(data.Default) ?? throw Broken(version, name, $"has a default that is no {setting.Type}");
        if (setting.Type != SettingType.Number && (data.Floor ?? data.Ceiling) is not null) throw Broken(version, name, "has limits but is no number");
        var limits = new Limits(value, data.Floor, data.Ceiling, data.Rule);
        return limits.Allow(value) ? limits : throw Broken(version, name, "has a default outside its limits");
    }

    private InvalidOperationException Broken(VersionData version, string name, string what) => new($"Pack {Jurisdiction} {version.Version}: {name} {what}.");
}
