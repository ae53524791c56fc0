using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Modules.Staff.Recertifying;

namespace Strongroom.Modules.Staff;

/// <summary>
/// An officer's roles of this moment: postings in force on the branch's local date; in the whole bank, on UTC's. What belongs apart from an earlier one is no role, nor
/// is what nobody confirmed within its year. Beside them what an emergency gives, for its minutes.
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
        var inForce = postings.Select(posting => (posting.Facts, Today: now.DateIn(posting.Zone ?? "UTC"))).Where(posting => posting.Facts.InForce(posting.Today)).ToList();
        List<RoleGrant> grants = [];
        foreach (var (posting, today) in inForce)
        {
            if (Duties.KeptFromCounting(posting, inForce.Select(one => one.Facts)) is not null) continue;
            if (posting.LapsesOn <= today && !await Stays(posting, now, cancel)) continue;
            grants.Add(new(posting.Role.ToString(), posting.Branch, Rights.Of(posting.Role)));
        }
        // Who is no officer any more has nothing to be quick for; and what is apart from an emergency's role ends it, whichever came first.
        if (inForce.Count == 0) return grants;
        var emergencies = await db.Set<Emergency>().AsNoTracking().Where(row => row.Holder == person).Open(db, now).Select(row => new { row.Role, row.Branch }).ToListAsync(cancel);
        grants.AddRange(emergencies
            .Where(one => !inForce.Exists(posting => (posting.Facts.Branch is null || posting.Facts.Branch == one.Branch) && Duties.Conflict(one.Role, posting.Facts.Role)))
            .Select(one => new RoleGrant(one.Role.ToString(), one.Branch, Rights.InEmergency(one.Role), Emergency: true)));
        return grants;
    }

    // Asked of none but administrators whom nobody has confirmed.
    private async Task<bool> Stays(PostingFacts lapsed, DateTime now, CancellationToken cancel) =>
        lapsed.Role == Role.Admin && RecertificationRules.LastAdministratorsStay((await db.AdministratorsStanding(now, cancel)).Count(person => person != lapsed.Person));

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
