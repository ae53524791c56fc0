using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Audit;

/// <summary>
/// Whatever changes leaves an event, and the event says what it is about: so the log is what open pages listen to. Rings after the commit, for who
/// looks before it would find nothing.
/// </summary>
internal sealed class RingSubjects(Bell<Subject> bell) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<AuditSubject>> appended = [];
    private ConcurrentDictionary<EventId, bool> told = [];

    /// <summary>The events that rang here since the last time it was asked: they need not ring again.</summary>
    public IReadOnlyCollection<EventId> TakeTold() => [.. Interlocked.Exchange(ref told, []).Keys];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && bell.IsHeard)
        {
            var subjects = db.ChangeTracker.Entries<AuditSubject>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
            if (subjects.Count > 0) appended.AddOrUpdate(db, subjects);
        }
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && appended.TryGetValue(db, out var subjects))
        {
            appended.Remove(db);
            foreach (var subject in subjects) told[subject.Event] = true;
            bell.Ring(subjects.SelectMany(subject => new Subject(subject.Kind, subject.Id).WithItsKind));
        }
        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}
