using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Witnesses;

namespace Strongroom.Verifier.Witnessing;

/// <summary>An answer of the witness, as HTTP says it.</summary>
internal sealed record WitnessReply(int Status, string Body, string ContentType = "text/plain; charset=utf-8");

/// <summary>
/// What a witness remembers: of each log the latest checkpoint that it signed, a file each. A checkpoint is compared with it, kept and signed under one
/// lock, in this order, so that of two requests at once the smaller tree can never be signed after the larger, and a power cut forgets nothing
/// that was answered.
/// </summary>
internal sealed class WitnessBook : IDisposable
{
    private readonly SigningKey key;
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly Dictionary<string, (VerifierKey[] Keys, Lock Turn)> logs;
    private readonly FileStream only;

    /// <param name="logs">The keys of the logs; a log may have several while it changes from one to the next.</param>
    /// <exception cref="IOException">Another witness has the folder.</exception>
    public WitnessBook(SigningKey key, IEnumerable<VerifierKey> logs, string folder, TimeProvider time)
    {
        (this.key, this.folder, this.time) = (key, Directory.CreateDirectory(folder).FullName, time);
        this.logs = logs.GroupBy(log => log.Name).ToDictionary(keys => keys.Key, keys => (keys.ToArray(), new Lock()), StringComparer.Ordinal);
        only = new(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <exception cref="InvalidDataException">What is kept of this log cannot be read: nothing may be signed before somebody has looked.</exception>
    public WitnessReply Add(ReadOnlySpan<byte> body)
    {
        CosignRequest request;
        Checkpoint asked;
        try
        {
            request = CosignRequest.Parse(body);
            asked = Checkpoint.Parse(request.Checkpoint.Text);
        }
        catch (MalformedException e)
        {
            return new(400, e.Message + "\n");
        }
        if (!logs.TryGetValue(asked.Origin, out var log)) return new(404, "This witness does not know the log.\n");
        if (Trusted(request.Checkpoint, log.Keys) is not { } signed) return new(403, "No key of the log signed the checkpoint.\n");
        if (request.OldSize > asked.Size) return new(400, "The old size is larger than the checkpoint's.\n");
        lock (log.Turn) return Compare(request, signed);
    }

    public void Dispose() => only.Dispose();

    /// <summary>The size of the tree that was signed last; 0 when none was.</summary>
    public long Size(string origin) => Kept(origin)?.Size ?? 0;

    private WitnessReply Compare(CosignRequest request, SignedCheckpoint signed)
    {
        var now = signed.Checkpoint;
        var kept = Kept(now.Origin);
        var size = kept?.Size ?? 0;
        if (request.OldSize != size) return Conflict(size);
        if (kept is not null && size == now.Size && kept.Root != now.Root) return Conflict(size);
        var goesOn = size == 0
            // Of a log that nothing is known of, the first word is taken; but an empty tree has one root only.
            ? request.Proof.Count == 0 && (now.Size > 0 || now.Root == TreeHash.Empty)
            : Proofs.IsConsistent(size, kept!.Root.Bytes, now.Size, now.Root.Bytes, request.Proof);
        if (!goesOn) return new(422, "The proof does not show that the checkpoint goes on from the one that was signed before.\n");

        DurableFile.Replace(FileOf(now.Origin), signed.Note.ToBytes());
        return new(200, key.Cosign(signed.Note.Text, time.GetUtcNow().UtcDateTime) + "\n");
    }

    private Checkpoint? Kept(string origin)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(FileOf(origin));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        try
        {
            return Trusted(SignedNote.Parse(bytes), logs[origin].Keys) is { } signed && signed.Checkpoint.Origin == origin
                ? signed.Checkpoint : throw new InvalidDataException($"{FileOf(origin)} is not signed by a key of {origin}.");
        }
        catch (MalformedException e)
        {
            throw new InvalidDataException($"{FileOf(origin)} is no checkpoint: {e.Message}", e);
        }
    }

    private static SignedCheckpoint? Trusted(SignedNote note, VerifierKey[] keys)
    {
        foreach (var key in keys)
        {
            // A line by a known key that is wrong spoils the note, though another key's may be right.
            if (note.Check(key).State == SignatureState.Broken) return null;
        }
        return keys.FirstOrDefault(key => note.Check(key).State == SignatureState.Good) is { } good ? SignedCheckpoint.Open(note, good) : null;
    }

    private static WitnessReply Conflict(long size) => new(409, size.ToString(CultureInfo.InvariantCulture) + "\n", CosignAnswer.SizeType);

    // An origin may hold any character; its hash is a file's name everywhere.
    private string FileOf(string origin) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) + ".checkpoint");
}
