using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>Looks each second for what the log has new and for what came due.</summary>
internal sealed partial class WebhookWorker(SendWebhooks send, TimeProvider clock, IConfiguration configuration, ILogger<WebhookWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Background.IsOn(configuration)) return;
        using var timer = new PeriodicTimer(Pause);
        try
        {
            do
            {
                try
                {
                    while (await send.RunOnce(clock.UtcNow(), stoppingToken) == SendWebhooks.Batch)
                    {
                    }
                }
                catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
                {
                    // The database was away: the lease ends, and what was taken is taken again.
                    Log.Broken(logger, broken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The webhooks broke off; they go on in a second")]
        public static partial void Broken(ILogger logger, Exception broken);
    }
}

/// <summary>What was delivered can be replayed for thirty days; then the other side reads it from the API.</summary>
internal sealed class ForgetOldDeliveries(StrongroomDb db) : IJob
{
    public const string EachNight = "0 57 2 * * ?";

    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int AtOnce = 1_000;

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var border = now - Kept;
        List<WebhookDelivery> rows;
        do
        {
            rows = await db.Set<WebhookDelivery>().Where(row => row.Since < border && row.State != DeliveryState.Waiting).OrderBy(row => row.Since).Take(AtOnce).ToListAsync(cancel);
            db.RemoveRange(rows);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
        while (rows.Count == AtOnce);
    }
}
