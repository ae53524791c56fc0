using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Staff.Contracts;

/// <summary>When two records of one person are merged, R16 must still know whose relative the person is.</summary>
public static class TakeOverRelatives
{
    /// <summary>Everybody who is or ever was an officer: what they signed stands under the one record.</summary>
    public static IQueryable<PersonId> PersonsOfStaff(this StrongroomDb db) => db.Set<Officer>().AsNoTracking().Select(row => row.Person);

    public static async Task TakeOverDeclarations(this StrongroomDb db, Act act, PersonId from, PersonId into, CancellationToken cancel)
    {
        var rows = await db.Set<Relative>().Where(row => row.WithdrawnAt == null && (row.Person == from || row.Person == into)).ToListAsync(cancel);
        foreach (var row in rows.Where(row => row.Person == from))
        {
            // The officer may have declared both records.
            if (rows.Exists(other => other.Person == into && other.Officer == row.Officer && !ReferenceEquals(other, row))) row.WithdrawnAt = act.Now;
            else row.Person = into;
        }
    }
}
