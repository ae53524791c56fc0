using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Contracts;

/// <summary>An event of the log. <see cref="Body"/> is the entry as docs/audit-log-format.md has it.</summary>
public sealed record EventFacts
{
    public EventId Id { get; init; }

    public DateTime At { get; init; }

    public string Kind { get; init; } = "";

    public PersonId? Actor { get; init; }

    public byte[] Body { get; init; } = [];
}

/// <summary>
/// An event with its place in the log: dense from 0, given after its commit and never again, so that whoever remembers the last place read misses
/// nothing and reads nothing twice. No instant does that: transactions do not end in the order of their times.
/// </summary>
public sealed record SequencedEvent
{
    public long Place { get; init; }

    public EventId Id { get; init; }

    public DateTime At { get; init; }

    public string Kind { get; init; } = "";
}

/// <summary>What an event is about.</summary>
public sealed record EventAbout
{
    public EventId Event { get; init; }

    public string Kind { get; init; } = "";

    public Guid Id { get; init; }
}

public static class EventFactsContract
{
    public static IQueryable<EventFacts> EventFacts(this StrongroomDb db) => db.Set<AuditEvent>().AsNoTracking()
        .Select(row => new EventFacts { Id = row.Id, At = row.At, Kind = row.Kind, Actor = row.Actor, Body = row.Body });

    public static IQueryable<SequencedEvent> SequencedEvents(this StrongroomDb db) =>
        from leaf in db.Set<AuditLeaf>().AsNoTracking()
        join row in db.Set<AuditEvent>() on leaf.Event equals row.Id
        select new SequencedEvent { Place = leaf.Index, Id = row.Id, At = row.At, Kind = row.Kind };

    public static IQueryable<EventAbout> EventAbouts(this StrongroomDb db) => db.Set<AuditSubject>().AsNoTracking().Select(row => new EventAbout { Event = row.Event, Kind = row.Kind, Id = row.Id });
}
