namespace Strongroom.BrowserTests.Support;

/// <summary>Real time, moved to another day: it runs by itself, so that the relay and the timers of the server do, and a test may move it on.</summary>
internal sealed class OffsetClock(DateTimeOffset start) : TimeProvider
{
    private long offset = (start - DateTimeOffset.UtcNow).Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref offset));

    public void Pass(TimeSpan span) => Interlocked.Add(ref offset, span.Ticks);

    public void MoveTo(DateTimeOffset instant) => Pass(instant - GetUtcNow());
}
