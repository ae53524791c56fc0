using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Contact.Notices;

/// <summary>Rings for the persons whose notices moved: after the commit and not before, for who looks then would find nothing.</summary>
internal sealed class RingNotices(Bell<PersonId> bell) : SaveChangesInterceptor
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
            bell.Ring(persons);
        }
        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}
