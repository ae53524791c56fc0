using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>Who may approve in whose place: an officer posted there now whose every role goes together with the one that is stood in for.</summary>
internal sealed class StandIns(StrongroomDb db, PolicyBook policies) : IStandIns
{
    public async Task<StandInTerms?> Terms(BranchId? branch, DateTime now, CancellationToken cancel)
    {
        var at = branch is { } id ? await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel) : null;
        if (at is null && branch is not null) return null;
        var zone = at?.Zone ?? "UTC";
        return new((await policies.Approvals(at?.Jurisdiction, branch, now.DateIn(zone), cancel)).StandInDays, zone, at?.Name);
    }

    public async Task<IReadOnlySet<PersonId>> Fit(PersonId delegator, string right, BranchId? branch, DateTime now, CancellationToken cancel)
    {
        var zone = await db.BranchFacts().Where(row => row.Id == branch).Select(row => row.Zone).SingleOrDefaultAsync(cancel) ?? "UTC";
        var today = now.DateIn(zone);
        // What concerns the whole bank meets the duties of every branch.
        var postings = (await db.PostingFacts()
            .Where(posting => (branch == null || posting.Branch == null || posting.Branch == branch) && posting.From <= today && (posting.Until == null || today < posting.Until))
            .Select(posting => new { posting.Person, posting.Branch, posting.Role }).ToListAsync(cancel)).ToLookup(posting => posting.Person);
        var roles = postings[delegator].Where(posting => (posting.Branch is null || posting.Branch == branch) && Rights.Of(posting.Role).Contains(right)).Select(posting => posting.Role).ToList();
        var fit = postings
            .Where(person => person.Key != delegator && person.Any(posting => posting.Branch is null || posting.Branch == branch)
                && roles.Exists(role => person.All(posting => Duties.StandsIn(posting.Role, posting.Branch is null, role))))
            .Select(person => person.Key).ToList();
        return await db.UserFacts().Where(user => fit.Contains(user.Person) && !user.Disabled).Select(user => user.Person).ToHashSetAsync(cancel);
    }
}
