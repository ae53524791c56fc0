using System.Numerics;

namespace Strongroom.AuditLog.Merkle;

/// <summary>
/// The leaves [Begin, End) as the fewest perfect subtrees that cover them: at most two for each bit of the end. Grows at its end, and takes in a
/// neighbour; from a beginning of 0 it has the tree's root. Not for several threads at once.
/// </summary>
public sealed class CompactRange
{
    private readonly List<Subtree> subtrees = [];

    /// <summary>The empty range before a leaf.</summary>
    public CompactRange(long begin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        (Begin, End) = (begin, begin);
    }

    /// <summary>A range from its subtrees, in the order of <see cref="Cover"/>.</summary>
    public CompactRange(long begin, long end, IReadOnlyList<Hash> hashes) : this(begin)
    {
        var cover = Cover(begin, end);
        if (cover.Count != hashes.Count) throw new ArgumentException($"[{begin}, {end}) has {cover.Count} subtrees, not {hashes.Count}.", nameof(hashes));
        for (var i = 0; i < cover.Count; i++) subtrees.Add(new(cover[i].Level, hashes[i]));
        End = end;
    }

    public long Begin { get; }

    public long End { get; private set; }

    /// <summary>From the left to the right.</summary>
    public IReadOnlyList<Hash> Hashes => [.. subtrees.Select(subtree => subtree.Hash)];

    /// <summary>The subtrees of a range from the left to the right: the index of one of level L is that of its first leaf over 2^L.</summary>
    public static IReadOnlyList<(int Level, long Index)> Cover(long begin, long end)
    {
        if (begin < 0 || end < begin) throw new ArgumentOutOfRangeException(nameof(end), "A range ends not before it begins.");
        List<(int, long)> cover = [];
        while (begin < end)
        {
            var level = BitOperations.Log2((ulong)(end - begin));
            if (begin > 0) level = Math.Min(level, BitOperations.TrailingZeroCount(begin));
            cover.Add((level, begin >> level));
            begin += 1L << level;
        }
        return cover;
    }

    public void Append(in Hash leaf) => Append(0, leaf);

    /// <summary>Appends a perfect subtree of 2^level leaves.</summary>
    /// <exception cref="ArgumentException">The end is no multiple of 2^level: such a subtree does not stand there.</exception>
    public void Append(int level, Hash subtree)
    {
        if ((End & ((1L << level) - 1)) != 0) throw new ArgumentException($"No subtree of level {level} begins at {End}.", nameof(level));
        End += 1L << level;
        // Two siblings make their parent. A left sibling that begins before this range is not ours to have.
        for (; subtrees.Count > 0 && subtrees[^1].Level == level && ((End >> level) & 1) == 0; level++)
        {
            subtree = TreeHash.OfNode(subtrees[^1].Hash, subtree);
            subtrees.RemoveAt(subtrees.Count - 1);
        }
        subtrees.Add(new(level, subtree));
    }

    /// <summary>Takes in the range that begins where this one ends.</summary>
    public void Merge(CompactRange next)
    {
        if (next.Begin != End) throw new ArgumentException($"A range that begins at {next.Begin} does not follow one that ends at {End}.", nameof(next));
        foreach (var subtree in next.subtrees) Append(subtree.Level, subtree.Hash);
    }

    /// <summary>The root of the tree of the first <see cref="End"/> leaves.</summary>
    /// <exception cref="InvalidOperationException">The range begins later than the tree.</exception>
    public Hash Root()
    {
        if (Begin != 0) throw new InvalidOperationException("Only a range from the first leaf has the tree's root.");
        if (subtrees.Count == 0) return TreeHash.Empty;
        var root = subtrees[^1].Hash;
        for (var i = subtrees.Count - 2; i >= 0; i--) root = TreeHash.OfNode(subtrees[i].Hash, root);
        return root;
    }

    private readonly record struct Subtree(int Level, Hash Hash);
}
