using System.Security.Cryptography;
using System.Text;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.Data;

namespace Strongroom.Modules.Audit.Contracts;

public static class AuditLog
{
    internal const string OpeningColumn = "audit_disclosure.opening";

    /// <summary>Appends to the log in the caller's transaction: the event, its subjects and its mark for the sequencer.</summary>
    public static EventId Append(this StrongroomDb db, Act act, Event happened)
    {
        // A client is no person, so the event has no actor: it says itself whose act it is, and stands in the client's timeline.
        if (act.Actor.Client is { } client) happened.About(client.Id).With(Event.ByClient, client.Id.ToString());
        var id = act.NewId<Noun.Event>();
        var commitments = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, value, person, key) in happened.Withheld)
        {
            byte[] opening = [.. RandomNumberGenerator.GetBytes(16), .. Encoding.UTF8.GetBytes(value)];
            commitments.Add(name, SHA256.HashData(opening));
            db.Add(new AuditDisclosure { Event = id, Name = name, Person = person, Opening = key.Seal(OpeningColumn, id.Value, opening) });
        }
        var body = EventEncoding.Encode(new(id.Value, act.Now, happened.Kind.Name, act.Actor.Person?.Value, act.Actor.Address,
            [.. happened.Subjects.Select(subject => new EventSubject(subject.Kind, subject.Id))], happened.Data, commitments));
        db.Add(new AuditEvent
        {
            Id = id,
            At = act.Now,
            Kind = happened.Kind.Name,
            Actor = act.Actor.Person,
            Body = body,
            LeafHash = TreeHash.OfLeaf(body).Bytes.ToArray(),
        });
        foreach (var subject in happened.Subjects)
            db.Add(new AuditSubject { Event = id, Kind = subject.Kind, Id = subject.Id });
        db.Add(new AuditPending { Event = id });
        return id;
    }
}

/// <summary>Kinds of what any room may do.</summary>
public static class AuditKinds
{
    public static readonly AuditKind Refused = new("refused", "Refused");

    /// <summary>A page or an endpoint that its asker has no right to; once a minute for each, however often it is asked for.</summary>
    public static readonly AuditKind TurnedAway = new("audit.turned-away", "Turned away at the door");

    /// <summary>Reading many rows at once is an event of its own, as the law watches it.</summary>
    public static readonly AuditKind ListDownloaded = new("audit.list-downloaded", "List downloaded as CSV");
    public static readonly AuditKind RegisterPrinted = new("audit.register-printed", "Register printed as PDF");

    public static readonly AuditKind LogKeyListed = new("audit.log-key-listed", "Log signed by a further key from here on");
    public static readonly AuditKind LogStopped = new("audit.log-stopped", "Log stopped: what is stored is not what was published");
    public static readonly AuditKind LogGoesOn = new("audit.log-goes-on", "Log goes on after it was stopped");
    public static readonly AuditKind LogLate = new("audit.log-late", "Log late: events wait for their leaves");
    public static readonly AuditKind LogFresh = new("audit.log-fresh", "Log fresh again");
    public static readonly AuditKind RestoreAccepted = new("audit.restore-accepted", "Database accepted that was set back");
}
