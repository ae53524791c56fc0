namespace Strongroom.Web.Live;

/// <summary>Rings for the open pages of this process that listen to a key. Rung twice before anyone waits, it has rung once.</summary>
internal sealed class Bell<TKey> where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, HashSet<Ear>> listening = [];

    public bool IsHeard
    {
        get
        {
            lock (gate) return listening.Count > 0;
        }
    }

    public void Ring(params IEnumerable<TKey> keys)
    {
        lock (gate)
        {
            foreach (var key in keys)
            {
                if (!listening.TryGetValue(key, out var ears)) continue;
                foreach (var ear in ears) ear.Hear(key);
            }
        }
    }

    /// <summary>Where nobody can say what happened: everybody looks for themselves.</summary>
    public void RingAll()
    {
        lock (gate)
        {
            foreach (var (key, ears) in listening)
            {
                foreach (var ear in ears) ear.Hear(key);
            }
        }
    }

    public Ear Listen(params IReadOnlyList<TKey> keys)
    {
        var ear = new Ear(this, keys);
        lock (gate)
        {
            foreach (var key in keys)
            {
                if (!listening.TryGetValue(key, out var ears)) listening.Add(key, ears = []);
                ears.Add(ear);
            }
        }
        return ear;
    }

    internal sealed class Ear(Bell<TKey> bell, IReadOnlyList<TKey> keys) : IDisposable
    {
        private HashSet<TKey> heard = [];
        private TaskCompletionSource rung = NewWait();

        internal void Hear(TKey key)
        {
            heard.Add(key);
            rung.TrySetResult();
        }

        /// <summary>Returns what rang since the last time; nothing when the pause was over first.</summary>
        public async Task<IReadOnlySet<TKey>> Wait(TimeSpan pause, CancellationToken stop)
        {
            Task waiting;
            lock (bell.gate) waiting = rung.Task;
            try
            {
                await waiting.WaitAsync(pause, stop);
            }
            catch (TimeoutException)
            {
            }
            lock (bell.gate)
            {
                var all = heard;
                (heard, rung) = ([], NewWait());
                return all;
            }
        }

        public void Dispose()
        {
            lock (bell.gate)
            {
                foreach (var key in keys)
                {
                    if (bell.listening.TryGetValue(key, out var ears) && ears.Remove(this) && ears.Count == 0) bell.listening.Remove(key);
                }
            }
        }

        private static TaskCompletionSource NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
