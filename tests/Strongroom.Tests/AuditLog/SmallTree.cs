using Strongroom.AuditLog.Merkle;

namespace Strongroom.Tests.AuditLog;

/// <summary>RFC 6962, section 2.1, word for word and slow: what the library is held against.</summary>
internal static class SmallTree
{
    public static Hash Root(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length == 0) return TreeHash.Empty;
        if (leaves.Length == 1) return leaves[0];
        var left = 1;
        while (2 * left < leaves.Length) left *= 2;
        return TreeHash.OfNode(Root(leaves[..left]), Root(leaves[left..]));
    }

    public static Hash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(Leaf)];

    public static Hash Leaf(int index) => TreeHash.OfLeaf(BitConverter.GetBytes(index));
}
