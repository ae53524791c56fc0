using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Policies.Contracts;

/// <param name="Stamp">What a decision of that day stores.</param>
/// <param name="Next">First day of a version that is decided but not yet in force.</param>
public sealed record PolicyLine(string Kind, string Title, string Jurisdiction, string Stamp, PolicyVersionLine? Version, DateOnly? Next);

public sealed record PolicyVersionLine(int Number, BranchId? Branch, DateOnly EffectiveFrom, PersonId? MadeBy, DateTime MadeAt, string Values);

public sealed record SettingLine(string Name, SettingType Type, string Label, string Unit, string? Rule, IReadOnlyList<string>? Words,
    object Value, object Default, int? Floor, int? Ceiling, string Limits);

/// <param name="Versions">Of the bank or, when a branch was asked for, of the branch; newest first.</param>
public sealed record PolicyDetail(string Kind, string Title, string Jurisdiction, string Pack, string Stamp, PolicyVersionLine? Version,
    IReadOnlyList<SettingLine> Settings, IReadOnlyList<PolicyVersionLine> Versions);

/// <summary>Policies as the office and the API show them.</summary>
internal sealed class ReadPolicies(StrongroomDb db, Packs packs, PolicyBook book)
{
    public async Task<IReadOnlyList<PolicyLine>> All(PolicyScope scope, DateOnly today, CancellationToken cancel)
    {
        var versions = await db.Set<PolicyVersion>().AsNoTracking()
            .Where(row => row.Jurisdiction == scope.Jurisdiction && (row.Branch == null || row.Branch == scope.Branch))
            .ToListAsync(cancel);
        return [.. packs.Kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).Select(kind =>
        {
            var standing = Standing.Of(kind, packs.At(scope.Jurisdiction, today), versions.AsQueryable().InForce(kind.Name, scope, today).FirstOrDefault());
            var next = versions.AsQueryable().Of(kind.Name, scope).Where(row => row.EffectiveFrom > today).OrderBy(row => row.EffectiveFrom).FirstOrDefault();
            return new PolicyLine(kind.Name, kind.Title, scope.Jurisdiction, standing.Stamp, standing.Version is { } version ? Line(version) : null, next?.EffectiveFrom);
        })];
    }

    public async Task<PolicyDetail?> One(string name, PolicyScope scope, DateOnly today, CancellationToken cancel)
    {
        if (packs.Kind(name) is not { } kind || !packs.Knows(scope.Jurisdiction)) return null;
        var standing = await book.Standing(kind, scope, today, cancel);
        var versions = await db.Set<PolicyVersion>().AsNoTracking().Of(kind.Name, scope).OrderByDescending(row => row.Number).ToListAsync(cancel);
        return new(kind.Name, kind.Title, scope.Jurisdiction, standing.Pack.ToString(), standing.Stamp, standing.Version is { } version ? Line(version) : null,
            [.. kind.Settings.Select(setting => Line(kind, setting, standing))], [.. versions.Select(Line)]);
    }

    /// <summary>A stored version's values in words: "5 years".</summary>
    public IReadOnlyList<(string Label, string Value)> InWords(string name, PolicyVersionLine version)
    {
        var chosen = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(version.Values)!;
        return [.. packs.Kind(name)!.Settings.Where(setting => chosen.ContainsKey(setting.Name))
            .Select(setting => (setting.Label, setting.Read(chosen[setting.Name]) is { } value ? setting.InWords(value) : chosen[setting.Name].ToString()))];
    }

    private static PolicyVersionLine Line(PolicyVersion row) => new(row.Number, row.Branch, row.EffectiveFrom, row.MadeBy, row.MadeAt, row.Values);

    private static SettingLine Line(PolicyKind kind, Setting setting, Standing standing)
    {
        var limits = standing.Pack[kind, setting];
        return new(setting.Name, setting.Type, setting.Label, setting.Unit, limits.Rule ?? setting.Rule, setting.Words,
            standing.Values[setting.Name], limits.Default, limits.Floor, limits.Ceiling, PolicyDecision.Range(limits, setting));
    }
}
