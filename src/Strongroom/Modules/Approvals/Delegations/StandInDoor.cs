using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals.Delegations;

/// <summary>Who stands in for somebody finds the door to requests open, and no more: what they read and decide there is looked up for each request.</summary>
internal sealed class StandInDoor(StrongroomDb db) : IRoleSource
{
    public const string RoleName = "StandIn";

    private static readonly HashSet<string> Door = [ApprovalsRights.Read];

    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel) =>
        [.. (await db.Set<Delegation>().AsNoTracking().Where(row => row.StandIn == person).InForce(db, now).Select(row => row.Branch).Distinct().ToListAsync(cancel))
            .Select(branch => new RoleGrant(RoleName, branch, Door))];

    public Task<IReadOnlyList<PersonId>> EverHolding(string right, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonId>>([]);
}
