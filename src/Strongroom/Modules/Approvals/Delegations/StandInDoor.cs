using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals.Delegations;

/// <summary>
/// Who works here and stands in for somebody finds the door to requests open, and no more: what they read and decide there is looked up for each request.
/// </summary>
internal sealed class StandInDoor(StrongroomDb db, IStandIns standIns) : IRoleSource
{
    private const string RoleName = "StandIn";

    private static readonly HashSet<string> Door = [ApprovalsRights.Read];

    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel)
    {
        var places = await db.Set<Delegation>().AsNoTracking().Where(row => row.StandIn == person).InForce(db, now).Select(row => row.Branch).Distinct().ToListAsync(cancel);
        if (places.Count == 0 || !await standIns.WorksHere(person, now, cancel)) return [];
        return [.. places.Select(branch => new RoleGrant(RoleName, branch, Door, StandIn: true))];
    }

    public Task<IReadOnlyList<PersonId>> EverHolding(string right, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonId>>([]);
}
