using System.Buffers.Binary;

namespace Strongroom.AuditLog.Tiles;

/// <summary>A bundle of entries: each with its length before it, in 16 bits, big-endian.</summary>
public static class EntryBundle
{
    /// <summary>Where each entry lies in the bundle.</summary>
    /// <param name="entries">As many as the bundle must hold.</param>
    /// <exception cref="MalformedException">It holds fewer, or more, or ends within one.</exception>
    public static void Split(ReadOnlySpan<byte> bundle, Span<Range> entries)
    {
        var at = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            if (bundle.Length - at < 2) throw new MalformedException($"The bundle ends after {i} of {entries.Length} entries.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle[at..]);
            at += 2;
            if (bundle.Length - at < length) throw new MalformedException($"The bundle ends within its entry {i}: {length} bytes are announced, {bundle.Length - at} are there.");
            entries[i] = at..(at + length);
            at += length;
        }
        if (at != bundle.Length) throw new MalformedException($"{bundle.Length - at} bytes stand after the bundle's last entry.");
    }

    /// <summary>The entry at a place of the bundle.</summary>
    /// <exception cref="MalformedException">The bundle is not one of that width.</exception>
    public static ReadOnlyMemory<byte> Entry(ReadOnlyMemory<byte> bundle, int width, int place)
    {
        Span<Range> entries = stackalloc Range[width];
        Split(bundle.Span, entries);
        return bundle[entries[place]];
    }
}
