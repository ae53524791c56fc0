using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;

namespace Strongroom.Modules.Exchange;

/// <summary>Runs the office's imports one after the other; after a start, those that the last stop cut short.</summary>
internal sealed partial class ImportWorker(IServiceScopeFactory scopes, ImportBell bell, IConfiguration configuration, ILogger<ImportWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Background.IsOn(configuration)) return;
        // Off the start of the server: the first look reads the database.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RunNext(stoppingToken))
                {
                }
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Broken(logger, broken);
            }
            await bell.Wait(stoppingToken);
        }
    }

    /// <returns>False when none waits.</returns>
    public async Task<bool> RunNext(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var next = await db.Set<Import>().AsNoTracking()
            .Where(row => row.Source == ImportSource.Office && (row.State == ImportState.Waiting || row.State == ImportState.Running))
            .OrderBy(row => row.StartedAt).FirstOrDefaultAsync(cancel);
        if (next is null) return false;
        try
        {
            await scope.ServiceProvider.GetRequiredService<Importer>().Resume(next.Id, cancel);
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            // The importer has noted why; the next one has nothing to do with it.
            Log.Stopped(logger, broken, next.Id);
        }
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The imports broke off; they go on when the next one is started")]
        public static partial void Broken(ILogger logger, Exception broken);

        [LoggerMessage(LogLevel.Error, "Import {Import} stopped")]
        public static partial void Stopped(ILogger logger, Exception broken, ImportId import);
    }
}
