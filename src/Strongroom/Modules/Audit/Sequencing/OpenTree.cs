using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;
using Strongroom.AuditLog.Witnesses;
using Strongroom.Data;
using Strongroom.Modules.Audit.Publishing;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>
/// Takes the tree up where it was left, if it is the same tree: the stored checkpoint is signed by a key of ours, the stored tiles lead to its root, and it
/// is neither smaller than nor different from what the data directory and the witnesses remember. The tree never shrinks.
/// </summary>
internal sealed partial class OpenTree(HighestCheckpoint highest, Witnesses witnesses, ILogger<OpenTree> logger)
{
    /// <exception cref="LogStoppedException">Nothing may be appended before somebody has looked.</exception>
    public async Task<GrowingTree> Run(StrongroomDb db, IReadOnlyList<SigningKey> keys, CancellationToken cancel)
    {
        var kept = highest.Read();
        var stored = await db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancel);
        if (stored is null) return kept is null ? new GrowingTree() : throw Shrunk(0, kept.Size, highest.File);

        var signed = Signed(stored.Note, keys);
        var now = signed.Checkpoint;
        if (kept?.Size > now.Size) throw Shrunk(now.Size, kept.Size, highest.File);
        if (kept is not null && kept.Origin != now.Origin) throw new LogStoppedException(LogStoppedException.Forked, $"{highest.File} is of the log {kept.Origin}, the database's of {now.Origin}: they belong to different banks.");
        var log = new DatabaseLog(db, witnesses);
        try
        {
            var tree = await GrowingTree.Open(log, now.Size, now.Root, cancel);
            if (kept is not null && await new TiledTree(log, now.Size).Root(cancel, kept.Size) != kept.Root)
                throw new LogStoppedException(LogStoppedException.Forked, $"The first {kept.Size} entries of the database's log are not those that this server published: {highest.File} was signed for another root.");
            foreach (var witness in witnesses.All) await Ask(witness, signed, log, cancel);
            return tree;
        }
        catch (Exception broken) when (broken is MalformedException or TileMissingException)
        {
            throw new LogStoppedException(LogStoppedException.Tiles, $"The stored tiles are not those of the last checkpoint: {broken.Message}", broken);
        }
    }

    /// <summary>Whether a refusal says that the tree was set back or forked, and not that the witness has troubles of its own.</summary>
    public static bool IsContradiction(WitnessRefusedException refused) => refused.Holds is not null || refused.Answer is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity;

    private async Task Ask(WitnessClient witness, SignedCheckpoint signed, DatabaseLog log, CancellationToken cancel)
    {
        try
        {
            await witness.Cosign(signed, new TiledTree(log, signed.Checkpoint.Size), 0, cancel);
        }
        catch (WitnessRefusedException refused) when (IsContradiction(refused))
        {
            throw new LogStoppedException(LogStoppedException.Witness, refused.Message, refused);
        }
        catch (Exception away) when (!cancel.IsCancellationRequested && away is HttpRequestException or OperationCanceledException or WitnessRefusedException or MalformedException)
        {
            // Whoever could silence a witness must not silence the bank's log.
            Log.NotAsked(logger, away, witness.Key.Name);
        }
    }

    private static SignedCheckpoint Signed(byte[] stored, IReadOnlyList<SigningKey> keys)
    {
        try
        {
            var note = SignedNote.Parse(stored);
            foreach (var key in keys.Where(key => note.Check(key.Verifier).State == SignatureState.Good)) return SignedCheckpoint.Open(note, key.Verifier);
        }
        catch (MalformedException malformed)
        {
            throw new LogStoppedException(LogStoppedException.Unreadable, $"The last checkpoint in the database cannot be read: {malformed.Message} It was altered.", malformed);
        }
        throw new LogStoppedException(LogStoppedException.OtherKey, "The last checkpoint in the database is signed by none of the log keys that lie in the keys folder.");
    }

    public static LogStoppedException Shrunk(long now, long was, string by) => new(LogStoppedException.Shrunk,
        $"The database's log has {now} entries, and {by} says that {was} were published: the database was set back. The log never shrinks.");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The witness {Witness} could not be asked about the log; it goes on without")]
        public static partial void NotAsked(ILogger logger, Exception away, string witness);
    }
}
