using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data;

public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : StrongroomDb(options)
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Queues = new();

    public override bool OneWriter => true;

    protected override async Task<IDisposable?> WaitToWrite(CancellationToken cancel)
    {
        var queue = Queues.GetOrAdd(Database.GetConnectionString()!, _ => new SemaphoreSlim(1, 1));
        await queue.WaitAsync(cancel);
        return new Turn(queue);
    }

    private sealed class Turn(SemaphoreSlim queue) : IDisposable
    {
        public void Dispose() => queue.Release();
    }
}
