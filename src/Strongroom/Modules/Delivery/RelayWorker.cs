using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Strongroom.Data.Jobs;

namespace Strongroom.Modules.Delivery;

/// <summary>Runs the relay whenever a message was queued in this process, and every two seconds for what came due or from elsewhere.</summary>
internal sealed partial class RelayWorker(Relay relay, RelayBell bell, TimeProvider clock, IConfiguration configuration, ILogger<RelayWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Background.IsOn(configuration)) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await relay.RunOnce(clock.UtcNow(), stoppingToken) == Relay.Batch)
                {
                }
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                // The database was away, or a listener is broken: the lease ends, and the message is tried again.
                Log.Broken(logger, broken);
            }
            await bell.Wait(Pause, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The mail relay broke off; it goes on in two seconds")]
        public static partial void Broken(ILogger logger, Exception broken);
    }
}

/// <summary>Rings when a message was committed. Rung twice before anyone listens, it has rung once.</summary>
internal sealed class RelayBell
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Returns when it rings, when the pause is over, or when the server stops.</summary>
    public async Task Wait(TimeSpan pause, TimeProvider clock, CancellationToken stop)
    {
        using var time = new CancellationTokenSource(pause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop);
        try
        {
            await rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}

/// <summary>Rings after the commit and not before: the relay would find nothing, and then wait.</summary>
internal sealed class RingAfterCommit(RelayBell bell) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> queued = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && db.ChangeTracker.Entries<Message>().Any(entry => entry.State == EntityState.Added))
            queued.AddOrUpdate(db, this);
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && queued.Remove(db)) bell.Ring();
        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}
