using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strongroom.AuditLog.Merkle;

/// <summary>
/// SHA-256 (FIPS 180-4) of sixteen messages at once, one in each lane of a 512-bit register. A call of the platform's SHA-256 costs more than the
/// hashing of a node's 65 bytes; here it falls away, and verifying a log takes less than a third of the time. Where the processor has no such
/// registers, <see cref="TreeHash"/> takes the platform's; the tests hold both against each other.
/// </summary>
internal static class Sha256Lanes
{
    public const int Count = 16;

    private const int Block = 64, NodeBlocks = 2, LongestHere = 4096;

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static readonly uint[] Start = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    public static bool Supported => Avx512F.IsSupported;

    /// <summary>Parents of sixteen pairs at a time. Reads a group whole before it writes, so that parents may lie over children.</summary>
    /// <returns>How many were made: the rest is for the caller.</returns>
    public static int Nodes(ReadOnlySpan<Hash> children, Span<Hash> parents)
    {
        Span<byte> messages = stackalloc byte[Count * NodeBlocks * Block];
        Span<Vector512<uint>> state = stackalloc Vector512<uint>[8];
        messages.Clear();
        for (var lane = 0; lane < Count; lane++)
        {
            var message = messages.Slice(lane * NodeBlocks * Block, NodeBlocks * Block);
            message[0] = 0x01;
            message[1 + 2 * Hash.Size] = 0x80;
            BinaryPrimitives.WriteUInt64BigEndian(message[^8..], 8 * (1 + 2 * Hash.Size));
        }
        var done = 0;
        for (; done + Count <= parents.Length; done += Count)
        {
            for (var lane = 0; lane < Count; lane++)
                MemoryMarshal.AsBytes(children.Slice(2 * (done + lane), 2)).CopyTo(messages[(lane * NodeBlocks * Block + 1)..]);
            Begin(state);
            for (var block = 0; block < NodeBlocks; block++) Compress(state, messages, NodeBlocks * Block, block * Block);
            for (var lane = 0; lane < Count; lane++) Digest(state, lane, ref parents[done + lane]);
        }
        return done;
    }

    /// <summary>Leaves, those of about one length together, because the lanes of a group run as long as its longest.</summary>
    public static void Leaves(ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> entries, Span<Hash> hashes)
    {
        var order = ArrayPool<(int Blocks, int Entry)>.Shared.Rent(entries.Length);
        var count = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var length = entries[i].GetOffsetAndLength(bytes.Length).Length;
            if (length > LongestHere) hashes[i] = TreeHash.OfLeaf(bytes[entries[i]]);
            else order[count++] = (Blocks(length), i);
        }
        order.AsSpan(0, count).Sort((one, other) => one.Blocks - other.Blocks);
        var scratch = ArrayPool<byte>.Shared.Rent(Count * Blocks(LongestHere) * Block);
        for (var at = 0; at < count; at += Count) Group(bytes, entries, order.AsSpan(at, Math.Min(Count, count - at)), scratch, hashes);
        ArrayPool<byte>.Shared.Return(scratch);
        ArrayPool<(int, int)>.Shared.Return(order);
    }

    private static void Group(ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> entries, ReadOnlySpan<(int Blocks, int Entry)> group, Span<byte> scratch, Span<Hash> hashes)
    {
        var blocks = group[^1].Blocks;
        var stride = blocks * Block;
        for (var lane = 0; lane < group.Length; lane++)
        {
            var entry = bytes[entries[group[lane].Entry]];
            var message = scratch.Slice(lane * stride, group[lane].Blocks * Block);
            message[0] = 0x00;
            entry.CopyTo(message[1..]);
            message[(1 + entry.Length)..].Clear();
            message[1 + entry.Length] = 0x80;
            BinaryPrimitives.WriteUInt64BigEndian(message[^8..], 8 * (ulong)(1 + entry.Length));
        }
        Span<Vector512<uint>> state = stackalloc Vector512<uint>[8];
        Begin(state);
        for (var block = 0; block < blocks; block++)
        {
            // A lane whose message has ended runs on over whatever lies there; its hash was taken.
            Compress(state, scratch, stride, block * Block);
            for (var lane = 0; lane < group.Length; lane++)
                if (group[lane].Blocks == block + 1) Digest(state, lane, ref hashes[group[lane].Entry]);
        }
    }

    // The prefix before it; the one bit and the length after it.
    private static int Blocks(int entry) => (1 + entry + 1 + 8 + Block - 1) / Block;

    private static void Begin(Span<Vector512<uint>> state)
    {
        for (var i = 0; i < state.Length; i++) state[i] = Vector512.Create(Start[i]);
    }

    private static void Digest(ReadOnlySpan<Vector512<uint>> state, int lane, ref Hash hash)
    {
        var words = MemoryMarshal.Cast<Vector512<uint>, uint>(state);
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt32BigEndian(hash.Writable[(4 * i)..], words[i * Count + lane]);
    }

    private static void Compress(Span<Vector512<uint>> state, ReadOnlySpan<byte> messages, int stride, int offset)
    {
        Span<Vector512<uint>> schedule = stackalloc Vector512<uint>[16];
        var words = MemoryMarshal.Cast<Vector512<uint>, uint>(schedule);
        for (var lane = 0; lane < Count; lane++)
        {
            var from = MemoryMarshal.Cast<byte, uint>(messages.Slice(lane * stride + offset, Block));
            for (var word = 0; word < 16; word++) words[word * Count + lane] = BinaryPrimitives.ReverseEndianness(from[word]);
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var round = 0; round < 64; round += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, Word(schedule, round));
            Round(h, a, b, ref c, d, e, f, ref g, Word(schedule, round + 1));
            Round(g, h, a, ref b, c, d, e, ref f, Word(schedule, round + 2));
            Round(f, g, h, ref a, b, c, d, ref e, Word(schedule, round + 3));
            Round(e, f, g, ref h, a, b, c, ref d, Word(schedule, round + 4));
            Round(d, e, f, ref g, h, a, b, ref c, Word(schedule, round + 5));
            Round(c, d, e, ref f, g, h, a, ref b, Word(schedule, round + 6));
            Round(b, c, d, ref e, f, g, h, ref a, Word(schedule, round + 7));
        }
        state[0] += a; state[1] += b; state[2] += c; state[3] += d;
        state[4] += e; state[5] += f; state[6] += g; state[7] += h;
    }

    /// <summary>The round's word and constant; from the seventeenth on the word is made of those before and takes the oldest one's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Word(Span<Vector512<uint>> schedule, int round)
    {
        ref var word = ref schedule[round & 15];
        if (round >= 16)
        {
            var (near, far) = (schedule[(round - 2) & 15], schedule[(round - 15) & 15]);
            var nearMixed = Xor(Avx512F.RotateRight(near, 17), Avx512F.RotateRight(near, 19), Vector512.ShiftRightLogical(near, 10));
            var farMixed = Xor(Avx512F.RotateRight(far, 7), Avx512F.RotateRight(far, 18), Vector512.ShiftRightLogical(far, 3));
            word = word + farMixed + schedule[(round - 7) & 15] + nearMixed;
        }
        return word + Vector512.Create(Constants[round]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, ref Vector512<uint> d,
        Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, ref Vector512<uint> h, Vector512<uint> word)
    {
        var choice = Avx512F.TernaryLogic(e, f, g, 0xCA);
        var majority = Avx512F.TernaryLogic(a, b, c, 0xE8);
        var first = h + Xor(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25)) + choice + word;
        d += first;
        h = first + Xor(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22)) + majority;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) => Avx512F.TernaryLogic(a, b, c, 0x96);
}
