using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>Who may approve in whose place: an officer whose posting there counts now and whose every role goes together with the one that is stood in for.</summary>
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
        // What concerns the whole bank meets the duties of every branch. One that grants nothing makes nobody fit, and keeps apart all the same.
        var all = await db.PostingsInForce(
            db.PostingFacts().Where(posting => branch == null || db.PostingFacts().Any(other => other.Officer == posting.Officer && (other.Branch == null || other.Branch == branch))), now, cancel);
        var roles = all[delegator].Where(one => one.Counts && IsThere(one) && Rights.Of(one.Facts.Role).Contains(right)).Select(one => one.Facts.Role).ToList();
        var fit = all
            .Where(person => person.Key != delegator && person.Any(one => one.Counts && IsThere(one))
                && roles.Exists(role => person.All(one => !(branch is null || IsThere(one)) || Duties.StandsIn(one.Facts.Role, one.Facts.Branch is null, role))))
            .Select(person => person.Key).ToList();
        return await db.UserFacts().Where(user => fit.Contains(user.Person) && !user.Disabled).Select(user => user.Person).ToHashSetAsync(cancel);

        bool IsThere(StandingPosting one) => one.Facts.Branch is null || one.Facts.Branch == branch;
    }

    public async Task<bool> WorksHere(PersonId person, DateTime now, CancellationToken cancel) =>
        (await db.PostingsInForce(db.PostingFacts().Where(posting => posting.Person == person), now, cancel))[person].Any(one => one.Counts);
}
