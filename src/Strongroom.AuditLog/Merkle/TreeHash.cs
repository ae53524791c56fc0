using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Strongroom.AuditLog.Merkle;

/// <summary>
/// The hashes of RFC 6962, section 2.1: a leaf is SHA-256(0x00 ‖ entry), a node SHA-256(0x01 ‖ left ‖ right), the empty tree SHA-256 of nothing.
/// The methods for many at once give the same hashes as those for one, faster.
/// </summary>
public static class TreeHash
{
    private const byte LeafPrefix = 0x00, NodePrefix = 0x01;

    /// <summary>The root of the tree without leaves.</summary>
    public static Hash Empty { get; } = Hash.Of(SHA256.HashData([]));

    public static Hash OfLeaf(ReadOnlySpan<byte> entry)
    {
        byte[]? rented = null;
        var message = entry.Length < 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        message[0] = LeafPrefix;
        entry.CopyTo(message[1..]);
        Hash hash = default;
        SHA256.HashData(message[..(entry.Length + 1)], hash.Writable);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    public static Hash OfNode(in Hash left, in Hash right)
    {
        Span<byte> message = stackalloc byte[1 + Hash.Size + Hash.Size];
        message[0] = NodePrefix;
        left.Bytes.CopyTo(message[1..]);
        right.Bytes.CopyTo(message[(1 + Hash.Size)..]);
        Hash hash = default;
        SHA256.HashData(message, hash.Writable);
        return hash;
    }

    /// <summary>The leaf hashes of <paramref name="entries"/>, pieces of <paramref name="bytes"/>.</summary>
    /// <param name="hashes">As many as entries.</param>
    public static void OfLeaves(ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> entries, Span<Hash> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hashes.Length, entries.Length);
        if (Sha256Lanes.Supported && entries.Length >= Sha256Lanes.Count)
        {
            Sha256Lanes.Leaves(bytes, entries, hashes);
            return;
        }
        for (var i = 0; i < entries.Length; i++) hashes[i] = OfLeaf(bytes[entries[i]]);
    }

    /// <summary>Each parent of two neighbours.</summary>
    /// <param name="children">An even number of hashes.</param>
    /// <param name="parents">Half as many; may be the beginning of <paramref name="children"/>.</param>
    public static void OfNodes(ReadOnlySpan<Hash> children, Span<Hash> parents)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(children.Length, 2 * parents.Length);
        var done = Sha256Lanes.Supported ? Sha256Lanes.Nodes(children, parents) : 0;
        for (; done < parents.Length; done++) parents[done] = OfNode(children[2 * done], children[2 * done + 1]);
    }

    /// <summary>The root over a number of hashes that is a power of two, such as a full tile.</summary>
    public static Hash OfPerfectTree(ReadOnlySpan<Hash> hashes)
    {
        if (!System.Numerics.BitOperations.IsPow2(hashes.Length)) throw new ArgumentException("Only a power of two makes a perfect tree.", nameof(hashes));
        if (hashes.Length == 1) return hashes[0];
        var scratch = ArrayPool<Hash>.Shared.Rent(hashes.Length / 2);
        Span<Hash> level = scratch.AsSpan(0, hashes.Length / 2);
        OfNodes(hashes, level);
        for (; level.Length > 1; level = level[..(level.Length / 2)]) OfNodes(level, level[..(level.Length / 2)]);
        var root = level[0];
        ArrayPool<Hash>.Shared.Return(scratch);
        return root;
    }

    /// <summary>Hashes as they lie in a tile, without a copy.</summary>
    /// <exception cref="MalformedException">The length is no multiple of 32.</exception>
    public static ReadOnlySpan<Hash> Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length % Hash.Size == 0 ? MemoryMarshal.Cast<byte, Hash>(bytes) : throw new MalformedException($"{bytes.Length} bytes are no whole number of hashes.");
}
