using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>Who answers for a branch: its managers, the one posted longest first. Where nobody is posted, an exception stands without an owner for all who read it.</summary>
internal static class Managers
{
    public static async Task<IReadOnlyList<PersonId>> Of(StrongroomDb db, BranchId branch, DateTime now, CancellationToken cancel)
    {
        var today = now.DateIn(await db.BranchFacts().Where(row => row.Id == branch).Select(row => row.Zone).SingleAsync(cancel));
        return await db.PostingFacts()
            .Where(posting => posting.Branch == branch && posting.Role == Role.Manager && posting.From <= today && (posting.Until == null || today < posting.Until))
            .OrderBy(posting => posting.From).Select(posting => posting.Person).ToListAsync(cancel);
    }
}
