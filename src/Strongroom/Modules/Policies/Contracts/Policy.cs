using System.Text.Json;

namespace Strongroom.Modules.Policies.Contracts;

/// <summary>
/// A policy is an immutable record whose properties are the bank's numbers, declared by the module that obeys it
/// (<c>services.AddPolicy&lt;AccessPolicy&gt;()</c>). Each property carries its words and unit; default, floor and ceiling come from
/// the branch's jurisdiction pack. A property is an <see cref="int"/>, a <see cref="bool"/> or a <see cref="string"/>.
/// </summary>
public interface IPolicy;

/// <param name="Label">What the office page calls it: "Photograph counts as old after".</param>
/// <param name="Unit">"years", "minutes", "visits"; empty for words and switches.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string label, string unit = "") : Attribute
{
    public string Label { get; } = label;

    public string Unit { get; } = unit;

    /// <summary>The rule of the domain that the setting serves ("R12"), or null.</summary>
    public string? Rule { get; init; }

    /// <summary>Of a text: the only words it may hold, separated by commas; null where any text will do.</summary>
    public string[]? Words { get; init; }
}

public enum SettingType { Number, Switch, Text }

/// <summary>
/// The values in force and where they are from, for a decision to store: "AccessPolicy 3 of the branch, pack IN 2026-1",
/// "AccessPolicy of pack IN 2026-1". With the versions that are never edited, the stamp is enough to find the values again.
/// </summary>
public sealed record InForce<TPolicy>(TPolicy Values, string Stamp) where TPolicy : IPolicy;

/// <summary>Whose policy: the bank's in one jurisdiction, or one branch's. The branch's jurisdiction is the caller's to know.</summary>
public sealed record PolicyScope(string Jurisdiction, BranchId? Branch);

/// <summary>A data file of one law: what it prescribes where a bank has decided nothing, and how far a bank may go.</summary>
public sealed record Jurisdiction(string Code, string Name);

/// <param name="Values">By the names of the settings in JSON ("photographYears"); what is left out is the pack's default.</param>
public sealed record PolicyChange(DateOnly EffectiveFrom, IReadOnlyDictionary<string, JsonElement> Values);

/// <summary>A version that was decided; or nothing yet, and the request that others must approve first.</summary>
/// <param name="EffectiveFrom">As asked; a request that is approved later begins on that day.</param>
public sealed record PolicySet(PolicyVersionId? Id, int? Number, DateOnly EffectiveFrom, ApprovalId? Approval = null);
