using System.Globalization;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Policies;

internal sealed record EffectiveInThePast(DateOnly Today) : Refusal("policies.in-the-past", 422,
    "A policy cannot begin in the past: decisions of those days stand as they were taken.", string.Create(CultureInfo.InvariantCulture, $"Choose {Today:d MMMM yyyy} or a later day."));

internal sealed record OutsideLimits(Setting Setting, Limits Limits, Pack Pack) : Refusal("policies.outside-limits", 422,
    $"{Setting.Label}: {Pack} allows {PolicyDecision.Range(Limits, Setting)}.", "Choose a value within the limits of the law.");

internal sealed record UnknownWord(Setting Setting, string Word) : Refusal("policies.unknown-word", 422,
    $"{Setting.Label}: “{Word}” is not known.", $"Use only these words: {string.Join(", ", Setting.Words!)}.");

internal static class PolicyDecision
{
    public static Refusal? Fault(PolicyKind kind, Pack pack, PolicyChange change, DateOnly today)
    {
        if (change.EffectiveFrom < today) return new EffectiveInThePast(today) { Field = "effectiveFrom" };
        if (change.Values.Keys.FirstOrDefault(name => kind.Settings.All(setting => setting.Name != name)) is { } unknown)
            return new Malformed($"values.{unknown}", $"{kind.Name} has no setting “{unknown}”.", "Read the policy to see its settings.") { Field = $"values.{unknown}" };
        return kind.Settings.Where(setting => change.Values.ContainsKey(setting.Name))
            .Select(setting => Fault(setting, pack[kind, setting], pack, change)).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Every value that changes, old → new: the numbers of a bank are nobody's personal data.</summary>
    public static Event Event(PolicyKind kind, Standing before, Standing after)
    {
        var version = after.Version!;
        var happened = new Event(PoliciesAudit.VersionSet).About(version.Id).About(version.Branch)
            .With("policy", kind.Name).With("number", version.Number).With("jurisdiction", version.Jurisdiction)
            .With("effective-from", version.EffectiveFrom).With("before", before.Stamp);
        foreach (var setting in kind.Settings.Where(setting => !before.Values[setting.Name].Equals(after.Values[setting.Name])))
            happened.With(setting.Name, $"{setting.InWords(before.Values[setting.Name])} → {setting.InWords(after.Values[setting.Name])}");
        return happened;
    }

    public static string Range(Limits limits, Setting setting) => ((limits.Floor, limits.Ceiling) switch
    {
        ({ } floor, { } ceiling) => $"{floor} to {ceiling} {setting.Unit}",
        ({ } floor, null) => $"{floor} {setting.Unit} or more",
        (null, { } ceiling) => $"{ceiling} {setting.Unit} or fewer",
        (null, null) => "any value",
    }).TrimEnd();

    private static Refusal? Fault(Setting setting, Limits limits, Pack pack, PolicyChange change)
    {
        var field = $"values.{setting.Name}";
        if (setting.Read(change.Values[setting.Name]) is not { } value)
            return new Malformed(field, $"{setting.Label}: {Needed(setting)} is needed.", "Correct the value and send it again.") { Field = field };
        if (!limits.Allow(value)) return new OutsideLimits(setting, limits, pack) { Field = field };
        return value is string text && setting.UnknownWords(text) is [var word, ..] ? new UnknownWord(setting, word) { Field = field } : null;
    }

    private static string Needed(Setting setting) => setting.Type switch
    {
        SettingType.Number => "a whole number",
        SettingType.Switch => "yes or no",
        SettingType.Text => $"a text of at most {SettingValues.TextLength} characters",
    };
}

internal static class PoliciesAudit
{
    public static readonly AuditKind VersionSet = new("policies.version-set", "Policy decided");
}
