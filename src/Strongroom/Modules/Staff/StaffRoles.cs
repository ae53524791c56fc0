using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;

namespace Strongroom.Modules.Staff;

/// <summary>
/// An officer's roles of this moment: postings in force on the branch's local date; in the whole bank, on UTC's. What belongs apart from an earlier one is no role, nor
/// is what nobody confirmed within its year. Beside them what an emergency gives, for its minutes.
/// </summary>
internal sealed class StaffRoles(StrongroomDb db) : IRoleSource
{
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel)
    {
        var own = (await db.PostingsInForce(db.PostingFacts().Where(posting => posting.Person == person), now, cancel))[person].ToList();
        List<RoleGrant> grants = [.. own.Where(one => one.Counts).Select(one => new RoleGrant(one.Facts.Role.ToString(), one.Facts.Branch, Rights.Of(one.Facts.Role)))];
        // Who has no role in the bank any more has nothing to be quick for.
        if (grants.Count == 0) return grants;
        var emergencies = await db.Set<Emergency>().AsNoTracking().Where(row => row.Holder == person).Open(db, now).Select(row => new { row.Role, row.Branch }).ToListAsync(cancel);
        grants.AddRange(emergencies.Where(one => EmergencyDecision.Gives(one.Role, one.Branch, [.. own.Select(Post.Of)]))
            .Select(one => new RoleGrant(one.Role.ToString(), one.Branch, Rights.InEmergency(one.Role), Emergency: true)));
        return grants;
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
