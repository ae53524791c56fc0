using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Approvals.Delegations;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals;

/// <summary>
/// Who has which rights at this moment, and who may stand in for whom: looked up anew for each look at requests, and once for all of them, so that a list costs little
/// more than one. Never kept for a later look: who lost a right meanwhile has not got it.
/// </summary>
internal sealed class WhoMayNow(StrongroomDb db, IEnumerable<IRoleSource> roles, IStandIns standIns, DateTime now)
{
    private readonly Dictionary<PersonId, Actor?> persons = [];
    private readonly Dictionary<(PersonId, string, BranchId?), IReadOnlySet<PersonId>> fit = [];

    // An approval counts as long as its giver could give it again: who was disabled or lost the right meanwhile has not approved.
    public async Task<bool> StillHas(PersonId person, string right, BranchId? branch, CancellationToken cancel, bool inEmergency = false) =>
        await StillIs(person, cancel) is { } still && ApprovalBook.Has(still, right, branch, inEmergency);

    /// <summary>With the roles of this moment; null who cannot sign in.</summary>
    public async Task<Actor?> StillIs(PersonId person, CancellationToken cancel)
    {
        if (!persons.TryGetValue(person, out var still)) persons[person] = still = await Ask(person, cancel);
        return still;
    }

    public async Task<IReadOnlySet<PersonId>> Fit(PersonId delegator, string right, BranchId? branch, CancellationToken cancel)
    {
        if (!fit.TryGetValue((delegator, right, branch), out var those)) fit[(delegator, right, branch)] = those = await standIns.Fit(delegator, right, branch, now, cancel);
        return those;
    }

    // A delegation holds for a request as long as its giver could decide it and its taker may stand in: looked up anew each time, as approvals are.
    public async Task<List<StandIn>> Holding(IEnumerable<Delegation> handed, ApprovalKind kind, BranchId? branch, CancellationToken cancel)
    {
        List<StandIn> holding = [];
        foreach (var one in handed.Where(one => one.Covers(kind.Name, branch)))
        {
            if (await StillHas(one.Delegator, kind.Approve, branch, cancel) && (await Fit(one.Delegator, kind.Approve, one.Branch, cancel)).Contains(one.StandIn))
                holding.Add(new(one.Id, one.StandIn, one.Delegator));
        }
        return holding;
    }

    private async Task<Actor?> Ask(PersonId person, CancellationToken cancel)
    {
        if (!await db.UserFacts().AnyAsync(user => user.Person == person && !user.Disabled, cancel)) return null;
        List<RoleGrant> grants = [];
        foreach (var source in roles) grants.AddRange(await source.GrantsOf(person, now, cancel));
        return new Actor { Person = person, User = null, Grants = grants };
    }
}
