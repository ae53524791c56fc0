using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>
/// When two records of one person are merged, the old register's lines go over to the one that stays, because they only say who came. Visits served here
/// stay as they were decided.
/// </summary>
public static class TakeOverVisits
{
    /// <summary>Visits that are not over, with a person at the locker or beside its operator.</summary>
    public static IQueryable<VisitFacts> OpenVisitsWith(this StrongroomDb db, IReadOnlyCollection<PersonId> persons) => db.VisitFacts().Where(visit =>
        visit.EndedAt == null && (persons.Contains(visit.Operator) || db.Set<VisitPresent>().Any(here => here.Visit == visit.Id && persons.Contains(here.Person))));

    /// <returns>How many lines went over.</returns>
    public static async Task<int> TakeOverRegister(this StrongroomDb db, PersonId from, PersonId into, CancellationToken cancel)
    {
        var lines = await db.Set<RegisterEntry>().Where(row => row.Operator == from).ToListAsync(cancel);
        foreach (var line in lines) line.Operator = into;
        return lines.Count;
    }
}
