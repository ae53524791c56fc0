using System.Globalization;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Audit.Contracts;

/// <summary>
/// A kind of event. Each module declares its own in one static class; the sentence is what a timeline shows, in plain words.
/// </summary>
/// <param name="Name">"module.what-happened", stable for ever: the log is full of it.</param>
/// <param name="Sentence">"Hirer admitted to the vault".</param>
public sealed record AuditKind(string Name, string Sentence);

/// <summary>
/// An event about to be appended. Subjects and data are ids, codes, counts and hashes; a person's own words and attributes go
/// through <see cref="Withhold"/>, which puts only a salted commitment into the log.
/// </summary>
public sealed class Event(AuditKind kind)
{
    private readonly SortedSet<Subject> subjects = new(Comparer<Subject>.Create((a, b) =>
        string.CompareOrdinal(a.Kind, b.Kind) is var byKind and not 0 ? byKind : a.Id.CompareTo(b.Id)));

    /// <summary>The member that names the client who acted.</summary>
    public const string ByClient = "by-client";

    internal AuditKind Kind { get; } = kind;

    internal IReadOnlyCollection<Subject> Subjects => subjects;

    internal SortedDictionary<string, object> Data { get; } = new(StringComparer.Ordinal);

    internal List<(string Name, string Value, PersonId Person, PersonKeyInHand Key)> Withheld { get; } = [];

    public Event About<TNoun>(Id<TNoun> id) where TNoun : INoun => About([Subject.Of(id)]);

    public Event About<TNoun>(Id<TNoun>? id) where TNoun : INoun => id is { } given ? About(given) : this;

    public Event About(IEnumerable<Subject> more)
    {
        subjects.UnionWith(more);
        return this;
    }

    /// <summary>Never a name, an address, a number of a person, or free text: those are withheld.</summary>
    public Event With(string name, string? value)
    {
        if (value is not null) Data[name] = value;
        return this;
    }

    public Event With(string name, long value)
    {
        Data[name] = value;
        return this;
    }

    public Event With(string name, DateOnly value) => With(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public Event With<TEnum>(string name, TEnum value) where TEnum : struct, Enum => With(name, value.ToString());

    /// <summary>Free text and personal attributes: sealed under the person's key, committed to in the log.</summary>
    public Event Withhold(string name, string? value, PersonId person, PersonKeyInHand key)
    {
        if (value is not null) Withheld.Add((name, value, person, key));
        return this;
    }
}
