using System.Globalization;
using System.Text;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;

namespace Strongroom.AuditLog.Witnesses;

/// <summary>What a log asks of a witness: the body of `add-checkpoint` (C2SP tlog-witness).</summary>
/// <param name="OldSize">Of the checkpoint that the witness signed last, as far as the log knows.</param>
/// <param name="Proof">That the new checkpoint goes on from the old one; empty when the old size is 0.</param>
public sealed record CosignRequest(long OldSize, IReadOnlyList<Hash> Proof, SignedNote Checkpoint)
{
    /// <summary>In bytes: a checkpoint, 63 hashes and the first line.</summary>
    public const int LongestBytes = SignedNote.LongestBytes + 4 * 1024;

    private const string OldWord = "old ";

    /// <exception cref="MalformedException">They are no such request.</exception>
    public static CosignRequest Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestBytes) throw new MalformedException($"The request has at most {LongestBytes} bytes, not {bytes.Length}.");
        var text = SignedNote.Decode(bytes);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || text[..end].Split('\n') is not [var old, .. var proof] || !old.StartsWith(OldWord, StringComparison.Ordinal))
            throw new MalformedException("The request has not the form: old size, proof, empty line, checkpoint.");
        if (proof.Length > Proofs.Longest) throw new MalformedException($"The proof has {proof.Length} hashes; {Proofs.Longest} is the most.");
        return new(Notes.Checkpoint.ParseSize(old[OldWord.Length..]), [.. proof.Select(Hash.Parse)], SignedNote.Parse(text[(end + 2)..]));
    }

    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{OldWord}{OldSize}\n");
        foreach (var hash in Proof) text.Append(hash).Append('\n');
        return SignedNote.StrictUtf8.GetBytes(text.Append('\n').Append(Checkpoint).ToString());
    }
}
