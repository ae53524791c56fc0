namespace Strongroom.AuditLog.Notes;

/// <summary>What a key signs, and so the byte that goes into its id (C2SP signed-note).</summary>
public enum SignatureType : byte
{
    /// <summary>Ed25519 over the note's text: how a log signs.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over the text and a time (C2SP tlog-cosignature, cosignature/v1): how a witness signs.</summary>
    Cosignature = 0x04,
}

/// <summary>One signature line of a note.</summary>
/// <param name="Bytes">For Ed25519 the 64 bytes of the signature; for a cosignature the time in seconds, 8 bytes, before them.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>"— name base64", without the line's end.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Bytes.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.Span.CopyTo(bytes.AsSpan(4));
        return $"— {Name} {Convert.ToBase64String(bytes)}";
    }

    /// <exception cref="MalformedException">The line is none of a signature.</exception>
    public static NoteSignature Parse(string line)
    {
        if (line.Split(' ') is not ["—", var name, var base64] || !KeyName.IsValid(name)) throw new MalformedException($"\"{Base64.Short(line)}\" is no signature line.");
        if (!Base64.TryDecode(base64, out var bytes) || bytes.Length <= 4) throw new MalformedException($"The signature of {Base64.Short(name)} is not base64 of a key id and a signature.");
        return new(name, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
    }
}

/// <summary>What one key has to do with a note.</summary>
/// <param name="At">When a witness signed, in UTC; null for a log's signature.</param>
public readonly record struct Signed(SignatureState State, DateTime? At);

public enum SignatureState
{
    /// <summary>No line is by this key.</summary>
    Missing,

    /// <summary>A line claims to be by this key, and is not.</summary>
    Broken,

    Good,
}

internal static class KeyName
{
    private const int Longest = 1024;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Longest && !name.Any(c => c == '+' || c < ' ' || char.IsWhiteSpace(c));
}
