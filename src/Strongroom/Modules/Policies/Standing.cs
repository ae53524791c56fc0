using System.Text.Json;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Policies;

/// <summary>A policy's values on one date, from one version (or none) and the pack.</summary>
internal sealed record Standing(IReadOnlyDictionary<string, object> Values, string Stamp, PolicyVersion? Version, Pack Pack)
{
    public static Standing Of(PolicyKind kind, Pack pack, PolicyVersion? version)
    {
        var chosen = version is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(version.Values)!;
        var values = kind.Settings.ToDictionary(setting => setting.Name, setting =>
            // A value whose setting has changed its type since counts as left out.
            pack[kind, setting].Bound((chosen.TryGetValue(setting.Name, out var json) ? setting.Read(json) : null) ?? pack[kind, setting].Default));
        return new(values, StampOf(kind, pack, version), version, pack);
    }

    private static string StampOf(PolicyKind kind, Pack pack, PolicyVersion? version) => version switch
    {
        null => $"{kind.Name} of {pack}",
        { Branch: null } => $"{kind.Name} {version.Number} of the bank, {pack}",
        _ => $"{kind.Name} {version.Number} of the branch, {pack}",
    };
}

internal static class PolicyVersions
{
    /// <summary>Best first: the branch's before the bank's, the newest date before older ones, of one date the last decided.</summary>
    public static IQueryable<PolicyVersion> InForce(this IQueryable<PolicyVersion> versions, string kind, PolicyScope scope, DateOnly date) => versions
        .Where(row => row.Kind == kind && row.Jurisdiction == scope.Jurisdiction && row.EffectiveFrom <= date
            && (row.Branch == null || row.Branch == scope.Branch))
        .OrderBy(row => row.Branch == null)
        .ThenByDescending(row => row.EffectiveFrom)
        .ThenByDescending(row => row.Number);

    /// <summary>The bank's in the jurisdiction, or the branch's own: those that share a count of numbers.</summary>
    public static IQueryable<PolicyVersion> Of(this IQueryable<PolicyVersion> versions, string kind, PolicyScope scope) => versions
        .Where(row => row.Kind == kind && row.Branch == scope.Branch && (scope.Branch != null || row.Jurisdiction == scope.Jurisdiction));
}
