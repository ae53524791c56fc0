using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Stores;

namespace Strongroom.AuditLog.Tiles;

/// <summary>
/// The right edge of a log that grows: what the one writer holds in memory, at most a bundle and eight tiles. Append entries, take the tiles that
/// came new, keep them, then sign and publish a checkpoint of <see cref="Size"/> and <see cref="Root"/>. When the keeping fails, throw the tree away
/// and open it anew at the size that was kept. Not for several threads at once.
/// </summary>
public sealed class GrowingTree
{
    private const int Height = 8;

    private readonly ArrayBufferWriter<byte> bundle = new(64 * 1024);
    private readonly List<Range> unhashed = new(TilePath.Full);
    private readonly List<Hash>[] tiles = [.. Enumerable.Range(0, TilePath.Levels).Select(_ => new List<Hash>(TilePath.Full))];
    private readonly int[] taken = new int[TilePath.Levels];
    private List<TileFile> full = [];

    /// <summary>The log before its first entry.</summary>
    public GrowingTree() { }

    public long Size { get; private set; }

    /// <summary>Takes up a log where it was left, reading its right edge.</summary>
    /// <param name="size">Of the last checkpoint that was published, or of what was kept after it.</param>
    /// <exception cref="TileMissingException">The log has not the tiles of that size.</exception>
    /// <exception cref="MalformedException">Its tiles have another root, or its entries other hashes: nothing may be appended.</exception>
    public static async Task<GrowingTree> Open(ILogReader log, long size, Hash root, CancellationToken cancel)
    {
        var tree = new GrowingTree { Size = size };
        for (var level = 0; level < TilePath.Levels; level++)
        {
            var hashes = TilePath.HashesAt(size, level);
            var width = (int)(hashes % TilePath.Full);
            tree.taken[level] = width;
            if (width == 0) continue;
            tree.tiles[level].AddRange(TreeHash.Read(await log.Tile(new(level, hashes / TilePath.Full, width), cancel)));
        }
        if (tree.tiles[0].Count is > 0 and var count)
        {
            var path = new TilePath(TilePath.Entries, size / TilePath.Full, count);
            var bytes = await log.Tile(path, cancel);
            tree.bundle.Write(bytes);
            var (entries, leaves) = (new Range[count], new Hash[count]);
            EntryBundle.Split(bytes, entries);
            TreeHash.OfLeaves(bytes, entries, leaves);
            if (!leaves.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(tree.tiles[0]))) throw new MalformedException($"{path} holds other entries than the tile of its hashes.");
        }
        return tree.Root() == root ? tree : throw new MalformedException($"The tiles of {size} entries have the root {tree.Root()}, not {root}.");
    }

    /// <summary>Appends an entry of at most <see cref="TilePath.LongestEntry"/> bytes.</summary>
    /// <returns>Its index: the first entry's is 0.</returns>
    /// <exception cref="ArgumentException">It is longer.</exception>
    public long Append(ReadOnlySpan<byte> entry)
    {
        if (entry.Length > TilePath.LongestEntry) throw new ArgumentException($"An entry has at most {TilePath.LongestEntry} bytes, not {entry.Length}.", nameof(entry));
        var space = bundle.GetSpan(2 + entry.Length);
        BinaryPrimitives.WriteUInt16BigEndian(space, (ushort)entry.Length);
        entry.CopyTo(space[2..]);
        bundle.Advance(2 + entry.Length);
        unhashed.Add((bundle.WrittenCount - entry.Length)..bundle.WrittenCount);
        var index = Size++;
        if (Size % TilePath.Full == 0) CloseBundle(Size / TilePath.Full - 1);
        return index;
    }

    public Hash Root()
    {
        HashEntries();
        Hash? root = null;
        foreach (var (level, index) in CompactRange.Cover(0, Size).Reverse())
        {
            var count = 1 << (level % Height);
            var subtree = TreeHash.OfPerfectTree(CollectionsMarshal.AsSpan(tiles[level / Height]).Slice((int)(index * count % TilePath.Full), count));
            root = root is { } right ? TreeHash.OfNode(subtree, right) : subtree;
        }
        return root ?? TreeHash.Empty;
    }

    /// <summary>The tiles and bundles that came new since this was last asked: the full ones, and the partial ones of the tree as it now is.</summary>
    public IReadOnlyList<TileFile> TakeTiles()
    {
        HashEntries();
        var news = full;
        full = [];
        for (var level = 0; level < TilePath.Levels; level++)
        {
            var width = tiles[level].Count;
            if (width == 0 || width == taken[level]) continue;
            taken[level] = width;
            var path = new TilePath(level, TilePath.HashesAt(Size, level) / TilePath.Full, width);
            if (level == 0) news.Add(new(path with { Level = TilePath.Entries }, bundle.WrittenSpan.ToArray()));
            news.Add(new(path, Bytes(tiles[level])));
        }
        return news;
    }

    private void CloseBundle(long index)
    {
        HashEntries();
        full.Add(new(new(TilePath.Entries, index, TilePath.Full), bundle.WrittenSpan.ToArray()));
        bundle.ResetWrittenCount();
        Close(0, index);
    }

    /// <summary>A full tile's root is the next hash of the level above, which may be full with it.</summary>
    private void Close(int level, long index)
    {
        full.Add(new(new(level, index, TilePath.Full), Bytes(tiles[level])));
        tiles[level + 1].Add(TreeHash.OfPerfectTree(CollectionsMarshal.AsSpan(tiles[level])));
        tiles[level].Clear();
        taken[level] = 0;
        if (tiles[level + 1].Count == TilePath.Full) Close(level + 1, index / TilePath.Full);
    }

    private void HashEntries()
    {
        if (unhashed.Count == 0) return;
        Span<Hash> leaves = new Hash[unhashed.Count];
        TreeHash.OfLeaves(bundle.WrittenSpan, CollectionsMarshal.AsSpan(unhashed), leaves);
        tiles[0].AddRange(leaves);
        unhashed.Clear();
    }

    private static byte[] Bytes(List<Hash> hashes) => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(hashes)).ToArray();
}
