namespace Strongroom.Modules.Policies.Contracts;

/// <summary>
/// A policy is an immutable record whose properties are the bank's numbers, declared by the module that obeys it.
/// Each property carries its words and unit; default, floor and ceiling come from the branch's jurisdiction pack.
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
}

/// <summary>The values in force and which version they are, for a decision to store ("AccessPolicy 3 of the branch", "… of the pack IN 2026-1").</summary>
public sealed record InForce<TPolicy>(TPolicy Values, string Stamp) where TPolicy : IPolicy;
