using System.Threading.Channels;
using Strongroom.Data;
using Strongroom.Data.Jobs;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>Runs the sequencer every second, on whichever node leads, and until nothing waits; watches on every node whether the log is fresh.</summary>
internal sealed partial class SequencerWorker(
    Sequencer sequencer, Cosigning cosigning, SystemActs acts, IServiceScopeFactory scopes, TimeProvider clock, IConfiguration configuration, ILogger<SequencerWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), BetweenWatches = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Background.IsOn(configuration)) return;
        // Real seconds, whatever the clock of the business says. Nobody's start waits for what an outage or the Lab left to be done.
        await Task.Yield();
        await Task.WhenAll(Every(Pause, Sequence, stoppingToken), Every(BetweenWatches, Watch, stoppingToken), cosigning.Run(stoppingToken));
    }

    /// <summary>An orderly stop hands the lease over. A server that is merely torn down leaves it to run out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Background.IsOn(configuration)) await sequencer.StepDown(cancellationToken);
    }

    private async Task Sequence(CancellationToken cancel)
    {
        while (await sequencer.RunOnce(cancel) == Sequencer.Batch)
        {
        }
    }

    private async Task Watch(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await sequencer.Remember(scope.ServiceProvider.GetRequiredService<StrongroomDb>(), cancel);
        await Alarms.Watch(scope.ServiceProvider.GetRequiredService<StrongroomDb>(), acts.At(clock.UtcNow()), cancel);
    }

    private async Task Every(TimeSpan pause, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            do
            {
                try
                {
                    await work(stop);
                }
                catch (Exception broken) when (!stop.IsCancellationRequested)
                {
                    // The database was away: the next look finds what is left to do.
                    Log.Broken(logger, broken);
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The audit log's sequencer broke off; it goes on in a moment")]
        public static partial void Broken(ILogger logger, Exception broken);
    }
}

/// <summary>Rings when a checkpoint was published. Rung twice before anyone listens, it has rung once.</summary>
internal sealed class CheckpointBell
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rung.Writer.TryWrite(true);

    public async Task Wait(CancellationToken stop) => await rung.Reader.ReadAsync(stop);
}
