using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Branches.Contracts;

public sealed record SetBranchPolicyRequest(DateOnly EffectiveFrom, [property: Required] IReadOnlyDictionary<string, JsonElement> Values);

/// <summary>A branch's own version of a policy: here, because Policies knows neither branches nor their law and zone.</summary>
internal sealed class SetBranchPolicy(StrongroomDb db, Write write, DecidePolicy decide)
{
    public Task<Outcome<PolicySet>> Handle(BranchId id, string kind, SetBranchPolicyRequest request, CancellationToken cancel) =>
        write.Do<PolicySet>("branches.set-policy", new { id, kind, request }, async act =>
        {
            var branch = await db.Set<Branch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Read, id)) return new NoSuch("branch");
            if (!act.Actor.MayAt(PolicyBook.SetRight, id)) return new NotYours().About(id);
            return await decide.Handle(act, new(kind, branch.Jurisdiction, id, branch.Zone, request.EffectiveFrom, request.Values), branch.Name, cancel);
        }, cancel);
}
