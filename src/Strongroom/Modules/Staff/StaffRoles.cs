using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;

namespace Strongroom.Modules.Staff;

/// <summary>An officer's roles of this moment: postings in force on the branch's local date; in the whole bank, on UTC's. Beside them what an emergency gives, for its minutes.</summary>
internal sealed class StaffRoles(StrongroomDb db) : IRoleSource
{
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel)
    {
        var postings = await (
            from posting in db.PostingFacts()
            where posting.Person == person
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            select new { posting.Role, posting.Branch, posting.From, posting.Until, Zone = (string?)branch.Zone }).ToListAsync(cancel);
        var held = postings.Where(posting => now.DateIn(posting.Zone ?? "UTC") is var today && posting.From <= today && !(posting.Until <= today)).ToList();
        // Who is no officer any more has nothing to be quick for; and what is apart from an emergency's role ends it, whichever came first.
        var emergencies = held.Count == 0 ? [] : await db.Set<Emergency>().AsNoTracking().Where(row => row.Holder == person).Open(db, now).Select(row => new { row.Role, row.Branch }).ToListAsync(cancel);
        return
        [
            .. held.Select(posting => new RoleGrant(posting.Role.ToString(), posting.Branch, Rights.Of(posting.Role))),
            .. emergencies.Where(one => !held.Exists(posting => (posting.Branch is null || posting.Branch == one.Branch) && Duties.Conflict(one.Role, posting.Role)))
                .Select(one => new RoleGrant(one.Role.ToString(), one.Branch, Rights.InEmergency(one.Role), Emergency: true)),
        ];
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
