using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Strongroom.Modules.Contact.Notices;

/// <summary>Rings for the persons who look at a page of this process. Rung twice before anyone listens, it has rung once.</summary>
internal sealed class NoticeBell
{
    private readonly ConcurrentDictionary<PersonId, ConcurrentDictionary<Channel<bool>, bool>> listening = new();

    public void Ring(PersonId person)
    {
        if (!listening.TryGetValue(person, out var channels)) return;
        foreach (var channel in channels.Keys) channel.Writer.TryWrite(true);
    }

    public Ear Listen(PersonId person)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        listening.GetOrAdd(person, _ => []).TryAdd(channel, true);
        return new(this, person, channel);
    }

    internal sealed class Ear(NoticeBell bell, PersonId person, Channel<bool> channel) : IDisposable
    {
        /// <summary>Returns when it rings or the pause is over.</summary>
        public async Task Wait(TimeSpan pause, CancellationToken stop)
        {
            using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
            time.CancelAfter(pause);
            try
            {
                await channel.Reader.ReadAsync(time.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
            }
        }

        // The person's own place stays when the last page is closed: a few bytes, and no race with the next page that opens.
        public void Dispose()
        {
            if (bell.listening.TryGetValue(person, out var channels)) channels.TryRemove(channel, out _);
        }
    }
}

/// <summary>Rings after the commit and not before: who looks then would find nothing.</summary>
internal sealed class RingNotices(NoticeBell bell) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<PersonId>> added = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db)
        {
            var persons = db.ChangeTracker.Entries<PersonNotice>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).Select(entry => entry.Entity.Person).Distinct().ToList();
            if (persons.Count > 0) added.AddOrUpdate(db, persons);
        }
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && added.TryGetValue(db, out var persons))
        {
            added.Remove(db);
            foreach (var person in persons) bell.Ring(person);
        }
        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}
