using System.Text.Json;

namespace Strongroom.Modules.Branches.Contracts;

/// <summary>When the vault is served, by weekday, in the branch's local time. A day without hours is closed.</summary>
public sealed record WeekHours(IReadOnlyDictionary<DayOfWeek, DayHours> Days)
{
    public static WeekHours None { get; } = new(new Dictionary<DayOfWeek, DayHours>());

    public static WeekHours Of(string json) =>
        json.Length == 0 ? None : new(JsonSerializer.Deserialize<Dictionary<DayOfWeek, DayHours>>(json) ?? []);

    public string ToJson() => Days.Count == 0 ? "" : JsonSerializer.Serialize(Days);

    /// <summary>Null when the vault is closed that day.</summary>
    public DayHours? On(DateOnly date, bool holiday) => holiday ? null : Days.GetValueOrDefault(date.DayOfWeek);
}

/// <summary>Half open: at <see cref="Closes"/> nobody is admitted any more.</summary>
public sealed record DayHours(TimeOnly Opens, TimeOnly Closes)
{
    public bool Contains(TimeOnly time) => Opens <= time && time < Closes;
}
