namespace Strongroom.Lab.Bank;

/// <summary>Time that passes only when the Lab says so. Timers never fire: in virtual time nothing happens by itself.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    // What is measured takes no time either: how an import cuts its batches must not hang on how quick the machine is.
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.UtcTicks;

    /// <exception cref="ArgumentOutOfRangeException">Time does not go back.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, now);
        now = instant;
    }

    public void Pass(TimeSpan span) => MoveTo(now + span);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StillTimer();

    private sealed class StillTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
