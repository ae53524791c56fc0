using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Strongroom.Data;

namespace Strongroom.Modules.Policies.Contracts;

/// <param name="Jurisdiction">The law whose branches this is for: "IN".</param>
public sealed record SetPolicyRequest(
    [property: Required, StringLength(10)] string Jurisdiction,
    DateOnly EffectiveFrom,
    [property: Required] IReadOnlyDictionary<string, JsonElement> Values);

/// <summary>The bank's own version, for all branches of a jurisdiction that have none of their own. A branch's is Branches' to set.</summary>
internal sealed class SetPolicy(Packs packs, DecidePolicy decide, Write write)
{
    public Task<Outcome<PolicySet>> Handle(string kind, SetPolicyRequest request, CancellationToken cancel) =>
        write.Do<PolicySet>("policies.set", new { kind, request }, async act =>
        {
            if (packs.Jurisdictions.FirstOrDefault(law => law.Code == request.Jurisdiction) is not { } law) return new NoSuch("jurisdiction");
            if (!act.Actor.MayEverywhere(PoliciesRights.Set)) return new NotYours();
            // The bank's day is UTC's: it has branches in more than one zone.
            return await decide.Handle(act, new(kind, law.Code, null, "UTC", request.EffectiveFrom, request.Values), $"all branches in {law.Name}", cancel);
        }, cancel);
}
