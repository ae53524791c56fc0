using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Stores;

/// <summary>
/// Keeps full tiles of hashes in memory, which never change: 8 KiB each, the least used forgotten first. Partial tiles, bundles and the checkpoint
/// pass through. For several threads at once.
/// </summary>
public sealed class CachedLog(ILogReader log, int tiles = 1024) : ILogReader
{
    private readonly Lock turn = new();
    private readonly Dictionary<TilePath, LinkedListNode<(TilePath Path, byte[] Bytes)>> kept = [];
    private readonly LinkedList<(TilePath Path, byte[] Bytes)> used = new();

    public ValueTask<byte[]?> ReadCheckpoint(CancellationToken cancel) => log.ReadCheckpoint(cancel);

    public async ValueTask<byte[]?> ReadTile(TilePath tile, CancellationToken cancel)
    {
        if (tile.IsBundle || !tile.IsFull) return await log.ReadTile(tile, cancel);
        lock (turn)
        {
            if (kept.TryGetValue(tile, out var known))
            {
                used.Remove(known);
                used.AddLast(known);
                return known.Value.Bytes;
            }
        }
        var bytes = await log.ReadTile(tile, cancel);
        if (bytes is null) return null;
        lock (turn)
        {
            if (!kept.TryAdd(tile, used.AddLast((tile, bytes)))) used.RemoveLast();
            if (kept.Count <= tiles) return bytes;
            kept.Remove(used.First!.Value.Path);
            used.RemoveFirst();
        }
        return bytes;
    }
}
