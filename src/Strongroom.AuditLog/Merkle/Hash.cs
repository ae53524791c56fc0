using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strongroom.AuditLog.Merkle;

/// <summary>32 bytes of SHA-256. Written as standard base64 with padding.</summary>
[InlineArray(Size)]
public struct Hash : IEquatable<Hash>
{
    /// <summary>In bytes.</summary>
    public const int Size = 32;

    private byte first;

    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static Hash Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        return MemoryMarshal.Read<Hash>(bytes);
    }

    /// <exception cref="MalformedException">It is not the canonical base64 of 32 bytes.</exception>
    public static Hash Parse(string base64) =>
        Base64.TryDecode(base64, out var bytes) && bytes.Length == Size ? Of(bytes) : throw new MalformedException($"\"{Base64.Short(base64)}\" is not a hash in base64.");

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in first, Size);

    [UnscopedRef]
    internal Span<byte> Writable => MemoryMarshal.CreateSpan(ref first, Size);

    public readonly bool Equals(Hash other) => Bytes.SequenceEqual(other.Bytes);

    public override readonly bool Equals(object? obj) => obj is Hash other && Equals(other);

    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    public override readonly string ToString() => Convert.ToBase64String(Bytes);

    public static bool operator ==(Hash left, Hash right) => left.Equals(right);

    public static bool operator !=(Hash left, Hash right) => !left.Equals(right);
}
