using System.Globalization;
using System.Text;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Notes;

/// <summary>
/// The proof that an entry stands in a log, to be checked without asking the log (C2SP tlog-proof, a file named .tlog-proof). Ours carry the entry
/// itself as extra data; it is believed because it hashes to the leaf.
/// </summary>
public sealed record Receipt(long Index, IReadOnlyList<Hash> Proof, SignedNote Checkpoint, ReadOnlyMemory<byte>? Extra = null)
{
    /// <summary>In bytes: a checkpoint, an entry in base64, and room for the proof.</summary>
    public const int LongestBytes = SignedNote.LongestBytes + 4 * (TilePath.LongestEntry + 2) / 3 + 8 * 1024;

    private const string FirstLine = "c2sp.org/tlog-proof@v1", ExtraWord = "extra ", IndexWord = "index ";

    /// <exception cref="MalformedException">They are no receipt.</exception>
    public static Receipt Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestBytes) throw new MalformedException($"A receipt has at most {LongestBytes} bytes, not {bytes.Length}.");
        var text = SignedNote.Decode(bytes);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw new MalformedException("The receipt has no empty line before its checkpoint.");
        var lines = text[..end].Split('\n');
        if (lines[0] != FirstLine) throw new MalformedException($"The receipt does not begin with the line {FirstLine}.");
        var at = 1;
        ReadOnlyMemory<byte>? extra = null;
        if (at < lines.Length && lines[at].StartsWith(ExtraWord, StringComparison.Ordinal))
            extra = Base64.TryDecode(lines[at++][ExtraWord.Length..], out var decoded) ? decoded : throw new MalformedException("The receipt's extra data is not base64.");
        if (at >= lines.Length || !lines[at].StartsWith(IndexWord, StringComparison.Ordinal)) throw new MalformedException("The receipt does not tell the entry's index.");
        var index = Notes.Checkpoint.ParseSize(lines[at++][IndexWord.Length..]);
        if (lines.Length - at > Proofs.Longest) throw new MalformedException($"The receipt's proof has {lines.Length - at} hashes; {Proofs.Longest} is the most.");
        return new(index, [.. lines[at..].Select(Hash.Parse)], SignedNote.Parse(text[(end + 2)..]), extra);
    }

    public byte[] ToBytes()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        if (Extra is { } extra) text.Append(ExtraWord).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{IndexWord}{Index}\n");
        foreach (var hash in Proof) text.Append(hash).Append('\n');
        return SignedNote.StrictUtf8.GetBytes(text.Append('\n').Append(Checkpoint).ToString());
    }

    /// <summary>Whether the leaf stands where the receipt says, in a tree that the key signed.</summary>
    /// <returns>The checkpoint; null when the proof does not lead from the leaf to its root.</returns>
    /// <exception cref="MalformedException">The checkpoint is none.</exception>
    /// <exception cref="UntrustedException">The key did not sign it.</exception>
    public SignedCheckpoint? Check(in Hash leaf, VerifierKey key, string? origin = null)
    {
        var opened = SignedCheckpoint.Open(Checkpoint, key, origin);
        return Proofs.IsIncluded(leaf, Index, opened.Checkpoint.Size, opened.Checkpoint.Root.Bytes, Proof) ? opened : null;
    }
}
