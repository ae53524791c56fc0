using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Stores;

namespace Strongroom.AuditLog.Tiles;

/// <summary>
/// A tree of a given size as its tiles show it: roots, proofs, entries. It believes the tiles; whoever does not trust them checks what it gives
/// against a root that somebody signed.
/// </summary>
public sealed class TiledTree(ILogReader log, long size)
{
    private const int Height = 8;

    public long Size { get; } = size;

    /// <summary>The root of the first <paramref name="leaves"/> leaves, of the whole tree when not given.</summary>
    /// <exception cref="TileMissingException"/>
    public ValueTask<Hash> Root(CancellationToken cancel, long? leaves = null) => Range(0, leaves ?? Size, cancel);

    /// <summary>From the leaf's sibling up, for <see cref="Proofs.IsIncluded(in Hash, long, long, ReadOnlySpan{byte}, IReadOnlyList{Hash})"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree is smaller.</exception>
    /// <exception cref="TileMissingException"/>
    public Task<IReadOnlyList<Hash>> Inclusion(long index, CancellationToken cancel) => Roots(Proofs.Inclusion(index, 0, Size), cancel);

    /// <summary>That this tree goes on from the one of an older size; empty for zero and for the same size.</summary>
    /// <exception cref="TileMissingException"/>
    public Task<IReadOnlyList<Hash>> Consistency(long oldSize, CancellationToken cancel) =>
        oldSize == 0 ? Task.FromResult<IReadOnlyList<Hash>>([]) : Roots(Proofs.Consistency(0, oldSize, Size), cancel);

    /// <summary>That the subtree [start, end) stands in this tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such subtree.</exception>
    /// <exception cref="TileMissingException"/>
    public Task<IReadOnlyList<Hash>> Consistency(long start, long end, CancellationToken cancel) => Roots(Proofs.Consistency(start, end, Size), cancel);

    /// <exception cref="ArgumentOutOfRangeException">The tree is smaller.</exception>
    /// <exception cref="TileMissingException"/>
    public async ValueTask<Hash> Leaf(long index, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return await Subtree(0, index, cancel);
    }

    /// <exception cref="ArgumentOutOfRangeException">The tree is smaller.</exception>
    /// <exception cref="TileMissingException"/>
    /// <exception cref="MalformedException">The bundle is not one.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> Entry(long index, CancellationToken cancel)
    {
        var tile = TilePath.In(Size, TilePath.Entries, index / TilePath.Full);
        return EntryBundle.Entry(await log.Tile(tile, cancel), tile.Width, (int)(index % TilePath.Full));
    }

    private async Task<IReadOnlyList<Hash>> Roots(List<(long Start, long End)> ranges, CancellationToken cancel)
    {
        List<Hash> roots = [];
        foreach (var (start, end) in ranges) roots.Add(await Range(start, end, cancel));
        return roots;
    }

    /// <summary>Folded from the right: of a proof's ranges only the tree's right edge is no perfect subtree.</summary>
    private async ValueTask<Hash> Range(long start, long end, CancellationToken cancel)
    {
        Hash? root = null;
        foreach (var (level, index) in CompactRange.Cover(start, end).Reverse())
        {
            var subtree = await Subtree(level, index, cancel);
            root = root is { } right ? TreeHash.OfNode(subtree, right) : subtree;
        }
        return root ?? TreeHash.Empty;
    }

    private async ValueTask<Hash> Subtree(int level, long index, CancellationToken cancel)
    {
        var count = 1 << (level % Height);
        var first = index * count;
        var tile = TilePath.In(Size, level / Height, first / TilePath.Full);
        var hashes = await log.Tile(tile, cancel);
        return TreeHash.OfPerfectTree(TreeHash.Read(hashes).Slice((int)(first % TilePath.Full), count));
    }
}
