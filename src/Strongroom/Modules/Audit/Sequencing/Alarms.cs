using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Notes;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>What the log says of itself, and whom it tells.</summary>
internal static class Alarms
{
    /// <summary>Notes why nothing is appended, once for each reason, and tells those who must look. The event waits with the others.</summary>
    public static async Task Stop(IServiceScopeFactory scopes, SystemActs acts, string node, DateTime now, LogStoppedException stopped, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var row = await db.Set<AuditSequencer>().SingleOrDefaultAsync(cancel);
        var words = stopped.Message.Length > LogTables.StoppedLength ? stopped.Message[..LogTables.StoppedLength] : stopped.Message;
        if (row is null || row.Stopped == words) return;
        (row.Stopped, row.StoppedBy) = (words, node);
        await Tell(db, acts.At(now), new Event(AuditKinds.LogStopped).With("code", stopped.Code), cancel);
        await Save(db, cancel);
    }

    /// <summary>A node is a machine's data directory: what it remembers outlives its process.</summary>
    public static string NodeOf(Settings settings) => $"{Environment.MachineName}:{settings.DataDirectory}" is { Length: > 200 } longer ? longer[..200] : $"{Environment.MachineName}:{settings.DataDirectory}";

    public static void GoOn(StrongroomDb db, Act act, AuditSequencer lead, long size)
    {
        (lead.Stopped, lead.StoppedBy) = (null, null);
        db.Append(act, new Event(AuditKinds.LogGoesOn).With("size", size));
    }

    /// <summary>Lists keys that sign from now on.</summary>
    public static async Task ListKeys(StrongroomDb db, Act act, IReadOnlyList<SigningKey> keys, long size, CancellationToken cancel)
    {
        var listed = await db.Set<AuditLogKey>().Select(row => row.Key).ToListAsync(cancel);
        foreach (var key in keys.Select(key => key.Verifier).Where(key => !listed.Contains(key.ToString())).Reverse())
        {
            db.Add(new AuditLogKey { Key = key.ToString(), FromSize = size });
            db.Append(act, new Event(AuditKinds.LogKeyListed).With("key", key.ToString()).With("size", size));
        }
    }

    /// <summary>When an event has waited too long for its leaf, or nobody has looked for any: said once, until it is well again.</summary>
    public static async Task Watch(StrongroomDb db, Act act, CancellationToken cancel)
    {
        var row = await db.Set<AuditSequencer>().SingleOrDefaultAsync(cancel);
        if (row is null) return;
        var late = await Freshness.LateSince(db, row, act.Now, cancel);
        if (late is not null == row.LateSince is not null) return;
        row.LateSince = late;
        if (late is { } since) await Tell(db, act, new Event(AuditKinds.LogLate).With("seconds", (long)(act.Now - since).TotalSeconds), cancel);
        else db.Append(act, new Event(AuditKinds.LogFresh));
        await Save(db, cancel);
    }

    private static async Task Tell(StrongroomDb db, Act act, Event alarm, CancellationToken cancel)
    {
        var id = db.Append(act, alarm);
        await act.Raise(db, new LogAlarm(id), cancel);
    }

    // Another node may say the same at the same moment; then it is said.
    private static async Task Save(StrongroomDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
        }
    }
}
