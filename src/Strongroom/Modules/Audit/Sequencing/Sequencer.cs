using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;
using Strongroom.Data;
using Strongroom.Data.Jobs;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>
/// Gives pending events their places in the tree, and publishes: leaves, tiles and the signed checkpoint in one transaction, under the epoch of its
/// leadership. Not for several threads at once.
/// </summary>
internal sealed partial class Sequencer(
    IServiceScopeFactory scopes, Settings settings, OpenTree opening, HighestCheckpoint highest, SystemActs acts, Ids ids, CheckpointBell bell, TimeProvider clock, ILogger<Sequencer> logger)
{
    /// <summary>So many at once: what an outage left is taken up in batches of these.</summary>
    public const int Batch = 2048;

    /// <summary>A leader that is silent for so long may be followed by another.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    // Idle, the row is touched only so often.
    private static readonly TimeSpan Touch = TimeSpan.FromSeconds(5);

    // Stopped, it looks again only so often: each look reads the tree's edge and asks the witnesses.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly string holder = $"{Environment.MachineName}/{Environment.ProcessId}/{ids.NewGuid(clock.UtcNow()):N}";
    private readonly string node = Alarms.NodeOf(settings);
    private long epoch;
    private GrowingTree? tree;
    private IReadOnlyList<SigningKey> keys = [];
    private DateTime? stoppedAt;

    /// <summary>Takes up to <see cref="Batch"/> events, when this node leads or may lead.</summary>
    /// <returns>How many it took: a full batch means that more may wait.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        var now = clock.UtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        try
        {
            if (await Lead(db, now, cancel) is not { } lead) return 0;
            // What a witness said since, or another look: the edge is read anew.
            if (lead.Stopped is not null)
            {
                tree = null;
                if (lead.StoppedBy != node) return 0;
                if (stoppedAt is { } at && now < at + LookAgain) return 0;
            }
            tree ??= await Open(db, lead, now, cancel);
            return await Advance(db, lead, tree, now, cancel);
        }
        catch (LogStoppedException stopped)
        {
            tree = null;
            stoppedAt = now;
            Log.Stopped(logger, stopped.Code, stopped.Message);
            await Alarms.Stop(scopes, acts, node, now, stopped, cancel);
            return 0;
        }
        catch (Exception broken) when (Collision.Of(broken, db) is { } collision)
        {
            // Another leads now, or changed the row under our eyes. Whatever was prepared in memory is not what is stored.
            tree = null;
            Log.LostRace(logger, collision.ToString());
            return 0;
        }
        catch
        {
            tree = null;
            throw;
        }
    }

    /// <summary>
    /// Whether this node, leader or not, once published more than the database now holds. It was the leader's to know; but a database that was set back may
    /// have been taken up by a node that was none.
    /// </summary>
    public async Task Remember(StrongroomDb db, CancellationToken cancel)
    {
        try
        {
            if (highest.Read() is not { } kept) return;
            var stored = await db.Set<AuditCheckpoint>().MaxAsync(row => (long?)row.Size, cancel) ?? 0;
            if (kept.Size > stored) throw OpenTree.Shrunk(stored, kept.Size, highest.File);
        }
        catch (LogStoppedException stopped)
        {
            Log.Stopped(logger, stopped.Code, stopped.Message);
            await Alarms.Stop(scopes, acts, node, clock.UtcNow(), stopped, cancel);
        }
    }

    /// <summary>Lets another node follow at once. For a server that stops.</summary>
    public async Task StepDown(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        if (await db.Set<AuditSequencer>().SingleOrDefaultAsync(row => row.Holder == holder && row.Epoch == epoch, cancel) is not { } mine) return;
        mine.Until = clock.UtcNow();
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The row when this node leads, by right or by taking over; null when another does.</summary>
    private async Task<AuditSequencer?> Lead(StrongroomDb db, DateTime now, CancellationToken cancel)
    {
        var row = await db.Set<AuditSequencer>().SingleOrDefaultAsync(cancel);
        // Its lease may have ended meanwhile: as long as the epoch is its own nobody else has written.
        if (row?.Holder == holder && row.Epoch == epoch) return row;
        tree = null;
        if (row is not null && row.Until > now) return null;
        if (row?.Stopped is not null && row.StoppedBy != node) return null;
        if (row is null)
        {
            row = new AuditSequencer { Holder = holder, Epoch = 1, Until = now + Lease, SeenAt = now };
            db.Add(row);
        }
        else
        {
            (row.Holder, row.Epoch, row.Until) = (holder, row.Epoch + 1, now + Lease);
        }
        await db.SaveChangesAsync(cancel);
        epoch = row.Epoch;
        stoppedAt = null;
        Log.Leads(logger, epoch);
        return row;
    }

    private async Task<GrowingTree> Open(StrongroomDb db, AuditSequencer lead, DateTime now, CancellationToken cancel)
    {
        foreach (var key in keys) key.Dispose();
        keys = LogKeysOf(settings);
        var opened = await opening.Run(db, keys, cancel);
        Log.Opened(logger, opened.Size);
        await Alarms.ListKeys(db, acts.At(now), keys, opened.Size, cancel);
        if (lead.Stopped is not null) Alarms.GoOn(db, acts.At(now), lead, opened.Size);
        await db.SaveChangesAsync(cancel);
        return opened;
    }

    private async Task<int> Advance(StrongroomDb db, AuditSequencer lead, GrowingTree tree, DateTime now, CancellationToken cancel)
    {
        var batch = await (
            from pending in db.Set<AuditPending>()
            join happened in db.Set<AuditEvent>() on pending.Event equals happened.Id
            orderby pending.Event
            select new { Pending = pending, happened.Body, happened.LeafHash }).Take(Batch).ToListAsync(cancel);
        if (batch.Count == 0)
        {
            if (now < lead.SeenAt + Touch) return 0;
            await Keep(db, lead, now, new Bulk(), cancel);
            return 0;
        }
        if (await db.Set<AuditCheckpoint>().MaxAsync(row => (long?)row.Size, cancel) is { } stored && stored != tree.Size)
            throw new LogStoppedException(LogStoppedException.Shrunk, $"The database's log has {stored} entries, and this sequencer left it with {tree.Size}: the database was exchanged under the running server.");

        var bulk = new Bulk();
        foreach (var one in batch)
        {
            if (!TreeHash.OfLeaf(one.Body).Bytes.SequenceEqual(one.LeafHash))
                throw new LogStoppedException(LogStoppedException.EventChanged, $"The event {one.Pending.Event} was changed after it was written and before it was sealed: its payload has not its leaf's hash.");
            bulk.Add(new AuditLeaf { Index = tree.Append(one.Body), Event = one.Pending.Event });
            db.Remove(one.Pending);
        }
        await TakeTiles(db, tree, bulk, cancel);
        var note = new Checkpoint(keys[0].Verifier.Name, tree.Size, tree.Root()).SignByAll(keys);
        db.Add(new AuditCheckpoint { Size = tree.Size, At = now, Epoch = epoch, Note = note.ToBytes() });
        await Keep(db, lead, now, bulk, cancel);
        // Only what is committed may be remembered as the highest; a crash in between leaves the one before, which this one goes on from.
        highest.Keep(note);
        bell.Ring();
        return batch.Count;
    }

    private static async Task TakeTiles(StrongroomDb db, GrowingTree tree, Bulk bulk, CancellationToken cancel)
    {
        var edges = await db.Set<AuditEdge>().ToDictionaryAsync(row => row.Level, cancel);
        foreach (var tile in tree.TakeTiles())
        {
            var bytes = tile.Bytes.ToArray();
            if (tile.Path.IsFull) bulk.Add(new AuditTile { Level = tile.Path.Level, Index = tile.Path.Index, Bytes = bytes });
            else if (edges.TryGetValue(tile.Path.Level, out var edge)) (edge.Index, edge.Width, edge.Bytes) = (tile.Path.Index, tile.Path.Width, bytes);
            else db.Add(new AuditEdge { Level = tile.Path.Level, Index = tile.Path.Index, Width = tile.Path.Width, Bytes = bytes });
        }
        foreach (var edge in edges.Values.Where(edge => TilePath.HashesAt(tree.Size, edge.Level) % TilePath.Full == 0)) db.Remove(edge);
    }

    /// <summary>With the lease: EF writes it under the epoch, and a sequencer that was followed by another ends here with nothing written.</summary>
    private static Task Keep(StrongroomDb db, AuditSequencer lead, DateTime now, Bulk bulk, CancellationToken cancel)
    {
        (lead.SeenAt, lead.Until) = (now, now + Lease);
        // Also when the clock stood still: without this update there is no fence.
        db.Entry(lead).Property(row => row.SeenAt).IsModified = true;
        return db.SaveTechnical(bulk, cancel);
    }

    private static IReadOnlyList<SigningKey> LogKeysOf(Settings settings)
    {
        try
        {
            return Contracts.LogKeys.Open(settings.KeysFolder);
        }
        catch (Data.Sealing.KeyRingException closed)
        {
            throw new LogStoppedException(LogStoppedException.NoKey, closed.Message, closed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "This node writes the audit log, epoch {Epoch}")]
        public static partial void Leads(ILogger logger, long epoch);

        [LoggerMessage(LogLevel.Information, "The audit log is taken up at {Size} entries")]
        public static partial void Opened(ILogger logger, long size);

        [LoggerMessage(LogLevel.Warning, "Another node wrote the audit log meanwhile ({Collision}); this one looks again")]
        public static partial void LostRace(ILogger logger, string collision);

        [LoggerMessage(LogLevel.Critical, "THE AUDIT LOG IS STOPPED ({Code}): {Words} Nothing is sealed until somebody has looked; docs/operations.md, “The log stands still”")]
        public static partial void Stopped(ILogger logger, string code, string words);
    }
}
