namespace Strongroom.AuditLog.Events;

/// <summary>What an entry of a bank's log says: one thing that happened.</summary>
/// <param name="At">UTC, in whole milliseconds.</param>
/// <param name="Kind">"module.what-happened": printable ASCII without quotation mark and backslash, at most 80.</param>
/// <param name="Actor">The person who acted; null for the software itself.</param>
/// <param name="Address">The network address that the act came from.</param>
/// <param name="Data">Codes, counts, dates: each value is a <see cref="string"/> or a <see cref="long"/>. Names as of a kind, at most 64.</param>
/// <param name="Committed">SHA-256(salt ‖ value) of what the log must not show: 32 bytes each.</param>
public sealed record LogEvent(
    Guid Id, DateTime At, string Kind, Guid? Actor, string? Address,
    IReadOnlyCollection<EventSubject> Subjects, IReadOnlyDictionary<string, object> Data, IReadOnlyDictionary<string, byte[]> Committed);

/// <summary>What an event is about. Kind as an event's, without a colon, at most 40.</summary>
public readonly record struct EventSubject(string Kind, Guid Id);

/// <summary>What is needed of each of millions of events.</summary>
public readonly record struct EventHead(Guid Id, DateTime At);
