namespace Strongroom.Web;

/// <summary>
/// Lets each key through once a minute, for what is written down about strangers. It holds so many keys and no more: while it is full nothing new is let through,
/// because so many within a minute are a flood of which more lines say nothing new; and what is over is swept out once a minute, however many come.
/// </summary>
internal sealed class OncePerMinute<TKey>(TimeProvider clock, int most = 10_000) where TKey : notnull
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock turn = new();
    private readonly Dictionary<TKey, DateTime> told = [];
    private DateTime swept = DateTime.MinValue;

    /// <summary>Whether this key is the first of its minute.</summary>
    public bool IsFirst(TKey key)
    {
        var now = clock.UtcNow();
        lock (turn)
        {
            if (told.TryGetValue(key, out var before))
            {
                if (now < before + Pause) return false;
            }
            else if (told.Count >= most && !Sweep(now))
            {
                return false;
            }
            told[key] = now;
            return true;
        }
    }

    /// <returns>Whether there is room again.</returns>
    private bool Sweep(DateTime now)
    {
        if (now < swept + Pause) return false;
        swept = now;
        foreach (var (key, at) in told)
            if (at + Pause <= now) told.Remove(key);
        return told.Count < most;
    }
}
