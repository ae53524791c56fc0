using System.Text;

namespace Strongroom.AuditLog.Notes;

/// <summary>A text with signatures (C2SP signed-note). The text means nothing before a signature by a key one trusts was checked.</summary>
/// <param name="Text">With the newline at its end.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>In bytes, of a whole note: many times what sixteen signatures of any known kind need.</summary>
    public const int LongestBytes = 256 * 1024;

    public const int MostSignatures = 100;

    internal static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="MalformedException">They are no note, or one beyond the limits.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestBytes) throw new MalformedException($"A note has at most {LongestBytes} bytes, not {bytes.Length}.");
        return Parse(Decode(bytes));
    }

    public byte[] ToBytes() => StrictUtf8.GetBytes(ToString());

    /// <summary>The note as it is written.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => $"{signature}\n"))}";

    /// <summary>The same text with one more signature; one by the same key gives way.</summary>
    public SignedNote With(NoteSignature signature) =>
        this with { Signatures = [.. Signatures.Where(other => (other.Name, other.KeyId) != (signature.Name, signature.KeyId)), signature] };

    /// <summary>
    /// Whether this key signed. Of several lines by one key each must be good, so that nobody can hide a forged one behind it; together they count
    /// once. Lines of other keys are passed over, as the specification wants.
    /// </summary>
    public Signed Check(VerifierKey key)
    {
        var state = new Signed(SignatureState.Missing, null);
        foreach (var signature in Signatures.Where(line => line.Name == key.Name && line.KeyId == key.Id))
        {
            var one = key.Check(Text, signature);
            if (one.State == SignatureState.Broken) return one;
            if (state.State == SignatureState.Missing || one.At > state.At) state = one;
        }
        return state;
    }

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new MalformedException("The text is not UTF-8.", e);
        }
    }

    internal static SignedNote Parse(string note)
    {
        if (note.Any(c => c < ' ' && c != '\n')) throw new MalformedException("The note holds a control character (a carriage return, perhaps).");
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw new MalformedException("The note has no empty line between text and signatures.");
        if (!note.EndsWith('\n')) throw new MalformedException("The note does not end with a newline.");
        var lines = note[(end + 2)..].Split('\n')[..^1];
        if (lines.Length == 0) throw new MalformedException("The note has no signature.");
        if (lines.Length > MostSignatures) throw new MalformedException($"The note has {lines.Length} signatures; {MostSignatures} is the most.");
        return new(note[..(end + 1)], [.. lines.Select(NoteSignature.Parse)]);
    }
}
