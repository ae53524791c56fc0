using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;
using Strongroom.AuditLog.Witnesses;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Publishing;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>
/// Asks the witnesses to sign what was published, while nobody waits. One that is away is asked again with the next checkpoint; one that holds another tree
/// stops the log.
/// </summary>
internal sealed partial class Cosigning(IServiceScopeFactory scopes, Witnesses witnesses, Settings settings, CheckpointBell bell, SystemActs acts, TimeProvider clock, ILogger<Cosigning> logger)
{
    private readonly Dictionary<string, long> signed = new(StringComparer.Ordinal);

    public async Task Run(CancellationToken stop)
    {
        if (witnesses.All.Count == 0) return;
        try
        {
            while (true)
            {
                await bell.Wait(stop);
                await RunOnce(stop);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Has the newest checkpoint signed by every witness that answers.</summary>
    public async Task RunOnce(CancellationToken cancel)
    {
        foreach (var witness in witnesses.All)
        {
            try
            {
                await Ask(witness, cancel);
            }
            catch (WitnessRefusedException refused) when (OpenTree.IsContradiction(refused))
            {
                Log.Refused(logger, refused.Message);
                await Alarms.Stop(scopes, acts, Alarms.NodeOf(settings), clock.UtcNow(), new LogStoppedException(LogStoppedException.Witness, refused.Message, refused), cancel);
            }
            catch (Exception away) when (!cancel.IsCancellationRequested)
            {
                Log.Away(logger, away, witness.Key.Name);
            }
        }
    }

    private async Task Ask(WitnessClient witness, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var newest = await db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancel);
        if (newest is null || await db.Set<AuditCosignature>().AnyAsync(row => row.Size == newest.Size && row.Witness == witness.Key.Name, cancel)) return;
        var note = SignedNote.Parse(newest.Note);
        var ours = VerifierKey.Parse(await db.Set<AuditLogKey>().OrderByDescending(row => row.FromSize).Select(row => row.Key).FirstAsync(cancel));
        var line = await witness.Cosign(SignedCheckpoint.Open(note, ours), new TiledTree(new DatabaseLog(db, witnesses), newest.Size), signed.GetValueOrDefault(witness.Key.Name), cancel);
        signed[witness.Key.Name] = newest.Size;
        db.Add(new AuditCosignature { Size = newest.Size, Witness = witness.Key.Name, Line = line.ToString() });
        await db.SaveChangesAsync(cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "A witness contradicts the audit log: {Words}")]
        public static partial void Refused(ILogger logger, string words);

        [LoggerMessage(LogLevel.Warning, "The witness {Witness} did not sign the newest checkpoint; it is asked again with the next")]
        public static partial void Away(ILogger logger, Exception away, string witness);
    }
}
