using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>
/// An officer's roles of this moment: postings in force on the branch's local date; in the whole bank, on UTC's. What belongs apart from an earlier one is no role.
/// </summary>
internal sealed class StaffRoles(StrongroomDb db) : IRoleSource
{
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel)
    {
        var postings = await (
            from posting in db.PostingFacts()
            where posting.Person == person
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            select new { Facts = posting, Zone = (string?)branch.Zone }).ToListAsync(cancel);
        var inForce = postings.Where(posting => posting.Facts.InForce(now.DateIn(posting.Zone ?? "UTC"))).Select(posting => posting.Facts).ToList();
        return [.. inForce.Where(posting => Duties.KeptFromCounting(posting, inForce) is null)
            .Select(posting => new RoleGrant(posting.Role.ToString(), posting.Branch, Rights.Of(posting.Role)))];
    }

    public async Task<IReadOnlyList<PersonId>> EverHolding(string right, CancellationToken cancel)
    {
        var roles = Enum.GetValues<Role>().Where(role => Rights.Of(role).Contains(right)).ToList();
        return await (
            from posting in db.Set<Posting>().AsNoTracking()
            join officer in db.Set<Officer>() on posting.Officer equals officer.Id
            where posting.Branch == null && roles.Contains(posting.Role)
            select officer.Person).Distinct().ToListAsync(cancel);
    }
}
