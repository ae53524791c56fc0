using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Verifier.Checks;

/// <summary>
/// The tiles above the leaves, from the root down: the right edge against the checkpoint, then each tile against the hash that stands for it above. Keeps
/// level 1 for the check of the leaves: 32 bytes for 256 entries.
/// </summary>
internal sealed class TileCheck(ILogReader log, Checkpoint checkpoint, Findings findings)
{
    private const int AtOnce = 8;

    private readonly Dictionary<(int Level, long Index), Hash[]?> tiles = [];

    /// <summary>What level 1 says is the root of a full tile of leaves; null when it could not be learnt.</summary>
    public Hash? RootOfLeafTile(long index) => Parent(0, index);

    public async Task Run(CancellationToken cancel)
    {
        for (var level = TilePath.Levels - 1; level >= 0; level--)
        {
            var hashes = TilePath.HashesAt(checkpoint.Size, level);
            var count = (hashes + TilePath.Full - 1) / TilePath.Full;
            // Of the leaves' tiles only the partial one belongs to the edge.
            for (var first = level == 0 ? hashes / TilePath.Full : 0; first < count; first += AtOnce)
                await Task.WhenAll(Enumerable.Range(0, (int)Math.Min(AtOnce, count - first)).Select(i => Read(level, first + i, cancel)));
        }
        Edge();
        foreach (var ((level, index), hashes) in tiles.Where(tile => tile.Value is { Length: TilePath.Full }).OrderByDescending(tile => tile.Key.Level).ThenBy(tile => tile.Key.Index))
        {
            if (Parent(level, index) is { } expected && TreeHash.OfPerfectTree(hashes) != expected)
                findings.Broken($"{TilePath.In(checkpoint.Size, level, index)} is not the tile that was logged: it does not hash to what {TilePath.In(checkpoint.Size, level + 1, index / TilePath.Full)} holds for it. It covers the entries from {index << (8 * (level + 1)):#,0} on.");
        }
    }

    private Hash? Parent(int level, long index) =>
        tiles.GetValueOrDefault((level + 1, index / TilePath.Full)) is { } above && index % TilePath.Full < above.Length ? above[index % TilePath.Full] : null;

    private async Task Read(int level, long index, CancellationToken cancel)
    {
        var path = TilePath.In(checkpoint.Size, level, index);
        Hash[]? hashes = null;
        try
        {
            hashes = TreeHash.Read(await log.Tile(path, cancel)).ToArray();
        }
        catch (TileMissingException)
        {
            lock (tiles) findings.Broken($"{path} is missing, though the checkpoint promises it.");
        }
        catch (MalformedException e)
        {
            lock (tiles) findings.Broken($"{e.Message}");
        }
        lock (tiles) tiles[(level, index)] = hashes;
    }

    private void Edge()
    {
        Hash? root = null;
        List<string> edge = [];
        foreach (var (level, index) in CompactRange.Cover(0, checkpoint.Size).Reverse())
        {
            var count = 1 << (level % 8);
            var tile = index * count / TilePath.Full;
            edge.Add(TilePath.In(checkpoint.Size, level / 8, tile).ToString());
            if (tiles[(level / 8, tile)] is not { } hashes) return;
            var subtree = TreeHash.OfPerfectTree(hashes.AsSpan((int)(index * count % TilePath.Full), count));
            root = root is { } right ? TreeHash.OfNode(subtree, right) : subtree;
        }
        if ((root ?? TreeHash.Empty) != checkpoint.Root)
            findings.Broken($"The tiles at the tree's edge ({string.Join(", ", edge.Distinct())}) have the root {root ?? TreeHash.Empty}; the checkpoint was signed for {checkpoint.Root}.");
    }
}
