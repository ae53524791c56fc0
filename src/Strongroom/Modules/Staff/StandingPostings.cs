using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Recertifying;

namespace Strongroom.Modules.Staff;

/// <summary>A posting in force.</summary>
/// <param name="Counts">It grants its role: it is confirmed within its year, and no earlier one belongs apart from it.</param>
internal sealed record StandingPosting(PostingFacts Facts, bool Counts);

internal static class StandingPostings
{
    /// <summary>
    /// What is in force at an instant, each on the local date of its branch and what is of the whole bank on UTC's; and which of them grant anything. Of administrators whom
    /// nobody confirmed the last ones count all the same.
    /// </summary>
    /// <param name="postings">With one of an officer all of theirs: they are held against each other.</param>
    public static async Task<ILookup<PersonId, StandingPosting>> PostingsInForce(this StrongroomDb db, IQueryable<PostingFacts> postings, DateTime now, CancellationToken cancel)
    {
        var rows = await (
            from posting in postings
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            select new { Facts = posting, Zone = (string?)branch.Zone }).ToListAsync(cancel);
        var inForce = rows.Select(row => (row.Facts, Today: now.DateIn(row.Zone ?? "UTC"))).Where(row => row.Facts.InForce(row.Today)).ToList();
        var byOfficer = inForce.ToLookup(row => row.Facts.Officer, row => row.Facts);
        // Asked only where an administrator is whom nobody has confirmed.
        var standing = inForce.Exists(row => row.Facts.Role == Role.Admin && row.Facts.LapsesOn <= row.Today) ? await db.AdministratorsStanding(now, cancel) : [];
        return inForce.ToLookup(row => row.Facts.Person, row => new StandingPosting(row.Facts,
            (row.Today < row.Facts.LapsesOn || (row.Facts.Role == Role.Admin && RecertificationRules.LastAdministratorsStay(standing.Count(person => person != row.Facts.Person))))
            && Duties.KeptFromCounting(row.Facts, byOfficer[row.Facts.Officer]) is null));
    }
}
