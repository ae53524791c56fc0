using System.Numerics;

namespace Strongroom.AuditLog.Merkle;

/// <summary>
/// Proofs of RFC 6962, sections 2.1.1 and 2.1.2, and the same for subtrees (draft-ietf-plants-merkle-tree-certs). Half-open ranges: [start, end) are
/// the leaves from start to end - 1. A predicate here answers false to whatever it cannot follow; it never throws for what a proof holds.
/// </summary>
public static class Proofs
{
    /// <summary>More hashes than any proof has whose tree's size fits into 64 bits.</summary>
    public const int Longest = 63;

    /// <summary>Whether a leaf stands at <paramref name="index"/> of the tree of that size and root.</summary>
    public static bool IsIncluded(in Hash leaf, long index, long size, ReadOnlySpan<byte> root, IReadOnlyList<Hash> proof) =>
        IsIncluded(leaf, index, 0, size, root, proof);

    /// <summary>Whether a leaf stands at <paramref name="index"/>, counted from the whole tree's beginning, of the subtree [start, end) with that root.</summary>
    public static bool IsIncluded(in Hash leaf, long index, long start, long end, ReadOnlySpan<byte> root, IReadOnlyList<Hash> proof)
    {
        if (!IsSubtree(start, end) || index < start || index >= end || proof.Count > Longest) return false;
        var steps = new Steps(proof);
        return Climb(leaf, index - start, end - start, ref steps) is { } found && steps.UsedUp && found.Bytes.SequenceEqual(root);
    }

    /// <summary>
    /// Whether the tree of the old size and root is the beginning of the tree of the new one. The empty tree is the beginning of every tree, which
    /// proves nothing: an old size of zero answers false, and whoever holds no older tree must not ask.
    /// </summary>
    public static bool IsConsistent(long oldSize, ReadOnlySpan<byte> oldRoot, long size, ReadOnlySpan<byte> root, IReadOnlyList<Hash> proof) =>
        oldSize > 0 && IsConsistent(0, oldSize, oldRoot, size, root, proof);

    /// <summary>
    /// Whether the subtree [start, end) with its root stands in the tree of that size and root. The empty subtree stands in every tree that reaches so far, with
    /// no proof and whatever the tree's root.
    /// </summary>
    public static bool IsConsistent(long start, long end, ReadOnlySpan<byte> subtree, long size, ReadOnlySpan<byte> root, IReadOnlyList<Hash> proof)
    {
        if (start == end) return start >= 0 && end <= size && proof.Count == 0 && subtree.SequenceEqual(TreeHash.Empty.Bytes);
        if (!IsSubtree(start, end) || end > size || proof.Count > Longest) return false;
        if (start == 0 && end == size) return proof.Count == 0 && subtree.SequenceEqual(root);
        if (subtree.Length != Hash.Size) return false;
        var steps = new Steps(proof);
        return Climb(Hash.Of(subtree), start, end, size, known: true, ref steps) is var (old, whole)
            && steps.UsedUp && old.Bytes.SequenceEqual(subtree) && whole.Bytes.SequenceEqual(root);
    }

    /// <summary>Whether [start, end) is a subtree: it begins at a multiple of the smallest power of two that is not less than its length.</summary>
    public static bool IsSubtree(long start, long end) =>
        start >= 0 && start < end && (ulong)start % BitOperations.RoundUpToPowerOf2((ulong)(end - start)) == 0;

    /// <summary>The ranges whose roots prove a leaf, from its sibling up.</summary>
    internal static List<(long Start, long End)> Inclusion(long index, long start, long end)
    {
        if (!IsSubtree(start, end) || index < start || index >= end) throw new ArgumentOutOfRangeException(nameof(index), "The leaf does not stand in the tree.");
        List<(long, long)> ranges = [];
        for (var (from, to) = (start, end); to - from > 1;)
        {
            var middle = from + Split(to - from);
            ranges.Add(index < middle ? (middle, to) : (from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }
        ranges.Reverse();
        return ranges;
    }

    /// <summary>The ranges whose roots prove a subtree of the tree of that size.</summary>
    internal static List<(long Start, long End)> Consistency(long start, long end, long size)
    {
        if (!IsSubtree(start, end) || end > size) throw new ArgumentOutOfRangeException(nameof(end), "The subtree does not stand in the tree.");
        List<(long, long)> ranges = [];
        var known = true;
        var (from, to) = (0L, size);
        while ((start, end) != (from, to))
        {
            var middle = from + Split(to - from);
            if (end <= middle)
            {
                ranges.Add((middle, to));
                to = middle;
                continue;
            }
            ranges.Add((from, middle));
            if (start < middle) (start, known) = (middle, false);
            from = middle;
        }
        if (!known) ranges.Add((from, to));
        ranges.Reverse();
        return ranges;
    }

    /// <summary>The largest power of two below <paramref name="size"/>, which is at least 2.</summary>
    internal static long Split(long size) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(size - 1)));

    private static Hash? Climb(in Hash leaf, long index, long size, ref Steps steps)
    {
        if (size == 1) return leaf;
        var left = Split(size);
        var inLeft = index < left;
        var below = inLeft ? Climb(leaf, index, left, ref steps) : Climb(leaf, index - left, size - left, ref steps);
        return below is { } node && steps.Next() is { } sibling ? inLeft ? TreeHash.OfNode(node, sibling) : TreeHash.OfNode(sibling, node) : null;
    }

    /// <param name="known">Whether what is left of the subtree is all of it, whose root the asker holds.</param>
    /// <returns>The roots, by the proof, of what is left of the subtree and of the tree of that size.</returns>
    private static (Hash Subtree, Hash Tree)? Climb(in Hash subtree, long start, long end, long size, bool known, ref Steps steps)
    {
        if (start == 0 && end == size) return known ? (subtree, subtree) : steps.Next() is { } given ? (given, given) : null;
        var left = Split(size);
        var below = end <= left ? Climb(subtree, start, end, left, known, ref steps)
            : start >= left ? Climb(subtree, start - left, end - left, size - left, known, ref steps)
            : Climb(subtree, 0, end - left, size - left, known: false, ref steps);
        if (below is not var (old, tree) || steps.Next() is not { } sibling) return null;
        return end <= left ? (old, TreeHash.OfNode(tree, sibling))
            : start >= left ? (old, TreeHash.OfNode(sibling, tree))
            : (TreeHash.OfNode(sibling, old), TreeHash.OfNode(sibling, tree));
    }

    private struct Steps(IReadOnlyList<Hash> proof)
    {
        private int at;

        public readonly bool UsedUp => at == proof.Count;

        public Hash? Next() => at < proof.Count ? proof[at++] : null;
    }
}
