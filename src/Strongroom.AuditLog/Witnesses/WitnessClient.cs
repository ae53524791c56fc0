using System.Net;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Witnesses;

/// <summary>The log's side of a witness.</summary>
/// <param name="client">Its timeout bounds one request; witnesses are asked while nobody waits.</param>
/// <param name="prefix">The witness's submission prefix.</param>
/// <param name="key">The witness's, of type <see cref="SignatureType.Cosignature"/>.</param>
public sealed class WitnessClient(HttpClient client, Uri prefix, VerifierKey key)
{
    private const int Attempts = 3, LongestAnswer = 64 * 1024;

    private readonly Uri address = new(prefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");

    public VerifierKey Key => key;

    /// <summary>
    /// Gets the witness's signature. When it holds another size than believed it says so, and is asked again with the proof from there.
    /// </summary>
    /// <param name="believedSize">Of what it signed last; 0 when not known.</param>
    /// <exception cref="WitnessRefusedException">It will not sign. When it holds a larger tree, or another of this size, this log was set back or forked: stop and look.</exception>
    /// <exception cref="HttpRequestException">It could not be reached.</exception>
    public async Task<NoteSignature> Cosign(SignedCheckpoint checkpoint, TiledTree tree, long believedSize, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var proof = await tree.Consistency(believedSize, cancel);
            using var body = new ByteArrayContent(new CosignRequest(believedSize, proof, checkpoint.Note).ToBytes());
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var said = await Said(answer, cancel);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    return Signature(checkpoint.Note, said);
                case HttpStatusCode.Conflict when attempt < Attempts && answer.Content.Headers.ContentType?.MediaType == CosignAnswer.SizeType:
                    var size = Checkpoint.ParseSize(said.TrimEnd('\n'));
                    if (size > tree.Size) throw new WitnessRefusedException($"The witness {key.Name} signed a tree of {size} entries, this one has {tree.Size}: the log was set back.", size);
                    believedSize = size;
                    continue;
                default:
                    throw new WitnessRefusedException($"The witness {key.Name} answered {(int)answer.StatusCode}: {Base64.Short(said)}", null, answer.StatusCode);
            }
        }
    }

    private NoteSignature Signature(SignedNote note, string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var signature = NoteSignature.Parse(line);
            if (new SignedNote(note.Text, [signature]).Check(key).State == SignatureState.Good) return signature;
        }
        throw new WitnessRefusedException($"The witness {key.Name} answered without a signature of its own.", null);
    }

    private static async Task<string> Said(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return SignedNote.Decode(bytes.AsSpan(0, length));
    }
}

/// <param name="holds">The size that the witness holds, when it told.</param>
public sealed class WitnessRefusedException(string message, long? holds, HttpStatusCode? answer = null) : Exception(message)
{
    public long? Holds { get; } = holds;

    /// <summary>What it answered; 409 and 422 say that this log and what the witness signed do not go together.</summary>
    public HttpStatusCode? Answer { get; } = answer;
}

/// <summary>What both sides of `add-checkpoint` agree on.</summary>
public static class CosignAnswer
{
    /// <summary>The content type of a 409 that tells the size the witness holds.</summary>
    public const string SizeType = "text/x.tlog.size";
}
