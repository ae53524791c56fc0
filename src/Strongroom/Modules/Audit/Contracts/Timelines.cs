using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Audit.Contracts;

/// <summary>One event as a timeline shows it. <see cref="Data"/> holds the event's codes and counts as text.</summary>
public sealed record TimelineEvent(EventId Id, DateTime At, string Kind, PersonId? Actor, IReadOnlyDictionary<string, string> Data);

public static class Timelines
{
    /// <summary>The events about a subject, newest first, at most <paramref name="take"/> older than <paramref name="before"/> (keyset paging).</summary>
    public static async Task<IReadOnlyList<TimelineEvent>> TimelineOf(
        this StrongroomDb db, Subject subject, DateTime? before, int take, CancellationToken cancel)
    {
        var rows = await (
            from about in db.Set<AuditSubject>().AsNoTracking()
            join happened in db.Set<AuditEvent>() on about.Event equals happened.Id
            where about.Kind == subject.Kind && about.Id == subject.Id && (before == null || happened.At < before)
            orderby happened.At descending, happened.Id descending
            select new { happened.Id, happened.At, happened.Kind, happened.Actor, happened.Body }).Take(take).ToListAsync(cancel);
        return [.. rows.Select(row => new TimelineEvent(row.Id, row.At, row.Kind, row.Actor, DataOf(row.Body)))];
    }

    private static Dictionary<string, string> DataOf(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("data", out var data)
            ? data.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString())
            : [];
    }
}
