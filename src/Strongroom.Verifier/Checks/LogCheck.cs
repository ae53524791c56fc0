using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Verifier.Checks;

/// <summary>What an auditor asks of a log.</summary>
/// <param name="Origin">The log's name when it is not its key's.</param>
/// <param name="Since">Files with older checkpoints of this log, which the auditor kept.</param>
/// <param name="Events">The bank's export of its events, one line each.</param>
/// <param name="Late">An event may be dated so much earlier than one that stands before it: transactions take their time, clocks differ.</param>
internal sealed record Question(
    VerifierKey Key, string? Origin, IReadOnlyList<VerifierKey> Witnesses, IReadOnlyList<string> Since, string? Events, TimeSpan Late);

/// <summary>
/// Checks a published log from its signature down to its last entry: checkpoint, witnesses, the tiles from the top to the bottom, the entries, the
/// export, the older checkpoints. Goes on after a fault where that makes sense, so that an auditor sees all of it.
/// </summary>
internal sealed class LogCheck(ILogReader log, Question question, Findings findings, IProgress<long>? progress = null)
{
    /// <returns>The checkpoint when it is the log's, whatever else was found.</returns>
    public async Task<SignedCheckpoint?> Run(CancellationToken cancel)
    {
        try
        {
            if (await Checkpoint(cancel) is not { } signed) return null;
            var checkpoint = signed.Checkpoint;
            foreach (var witness in question.Witnesses) Witnessed(signed.Note, witness);
            var older = question.Since.Select(Older).OfType<(string File, Checkpoint Checkpoint)>().ToList();

            var tiles = new TileCheck(log, checkpoint, findings);
            await tiles.Run(cancel);
            await using (var export = question.Events is { } file ? new ExportCheck(file, checkpoint, findings) : null)
            {
                var entries = new EntryCheck(log, tiles, checkpoint.Size, question.Late, export, findings, progress);
                await entries.Run(cancel);
                export?.End();
            }
            if (log is FolderLog folder) await LeftoverCheck.Run(folder, checkpoint.Size, findings, cancel);
            foreach (var (name, one) in older) await GoesOn(name, one, checkpoint, cancel);
            if (findings.Verdict == Verdict.Holds) Tell(checkpoint);
            return signed;
        }
        catch (LogUnavailableException e)
        {
            findings.Unknown($"{e.Message}");
            return null;
        }
    }

    private async Task<SignedCheckpoint?> Checkpoint(CancellationToken cancel)
    {
        try
        {
            if (await log.ReadCheckpoint(cancel) is { } bytes) return SignedCheckpoint.Open(bytes, question.Key, question.Origin);
            findings.Unknown($"There is no checkpoint: this is no log, or not its address.");
        }
        catch (MalformedException e)
        {
            findings.Broken($"The checkpoint is malformed: {e.Message}");
        }
        catch (UntrustedException e)
        {
            findings.Broken($"{e.Message}");
        }
        return null;
    }

    private void Witnessed(SignedNote note, VerifierKey witness)
    {
        switch (note.Check(witness))
        {
            case { State: SignatureState.Good, At: { } at }:
                findings.Good($"The witness {witness.Name} signed it on {at:yyyy-MM-dd HH:mm:ss} UTC.");
                break;
            case { State: SignatureState.Missing }:
                findings.Broken($"The witness {witness.Name} did not sign the checkpoint: whoever stole the log's key could have made it for your eyes alone.");
                break;
            default:
                findings.Broken($"The signature of the witness {witness.Name} on the checkpoint is wrong: it was made for another checkpoint, or forged.");
                break;
        }
    }

    private (string, Checkpoint)? Older(string file)
    {
        try
        {
            return (file, SignedCheckpoint.Open(File.ReadAllBytes(file), question.Key, question.Origin).Checkpoint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MalformedException or UntrustedException)
        {
            findings.Unknown($"The older checkpoint {file} is of no use: {e.Message}");
            return null;
        }
    }

    private async Task GoesOn(string file, Checkpoint older, Checkpoint now, CancellationToken cancel)
    {
        if (older.Size > now.Size)
        {
            findings.Broken($"The log has shrunk: {file} was signed for {older.Size:#,0} entries, now there are {now.Size:#,0}. Its end was cut off, or an old checkpoint is shown again.");
            return;
        }
        if (older.Size == now.Size && older.Root != now.Root)
        {
            findings.Broken($"The log was forked: {file} and the checkpoint are both signed for {now.Size:#,0} entries, with different roots ({older.Root} and {now.Root}).");
            return;
        }
        try
        {
            var proof = await new TiledTree(log, now.Size).Consistency(older.Size, cancel);
            // Every tree goes on from the empty one.
            if (older.Size == 0 || Proofs.IsConsistent(older.Size, older.Root.Bytes, now.Size, now.Root.Bytes, proof))
                findings.Good($"It goes on from {file}, which had {older.Size:#,0} entries.");
            else
                findings.Broken($"The log was forked: its first {older.Size:#,0} entries are not those that {file} was signed for. Entries were changed, deleted or put in before number {older.Size:#,0}, or you are shown another log than before.");
        }
        catch (Exception e) when (e is TileMissingException or MalformedException)
        {
            findings.Broken($"Whether the log goes on from {file} cannot be shown, as it must: {e.Message}");
        }
    }

    private void Tell(Checkpoint checkpoint)
    {
        findings.Good($"{checkpoint.Size:#,0} entries, each in its form and under the root {checkpoint.Root}, signed by {question.Key.Name}.");
        if (question.Since.Count == 0 && question.Witnesses.Count == 0)
            findings.Remark($"That nothing was cut off at the end, and that others see the same log, only an older checkpoint (--since) or a witness (--witness) can show.");
    }
}
