using System.Globalization;
using System.Text.Json;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Modules.Policies.Contracts;

/// <summary>A policy that somebody wants decided.</summary>
/// <param name="Zone">In whose date it begins: the branch's, UTC for the bank.</param>
/// <param name="EffectiveFrom">Where it is approved on a later day, it begins on that day.</param>
public sealed record PolicyToDecide(string Kind, string Jurisdiction, BranchId? Branch, string Zone, DateOnly EffectiveFrom, IReadOnlyDictionary<string, JsonElement> Values)
{
    internal PolicyScope Scope => new(Jurisdiction, Branch);

    internal PolicyChange On(DateOnly today) => new(EffectiveFrom < today ? today : EffectiveFrom, Values);
}

/// <summary>
/// Decides a policy within the caller's act, who has asked for the right: at once for the software and for the bank's only administrator, as long as there never
/// was a second one; otherwise it waits until others have approved it.
/// </summary>
internal sealed class DecidePolicy(PolicyBook book, ApprovalBook approvals)
{
    /// <param name="place">"MG Road", "all branches in India": for the approvers to read.</param>
    public async Task<Outcome<PolicySet>> Handle(Act act, PolicyToDecide wanted, string place, CancellationToken cancel)
    {
        var today = act.Now.DateIn(wanted.Zone);
        PolicyChange change = new(wanted.EffectiveFrom, wanted.Values);
        if (act.Actor.Person is null || await approvals.NobodyElseYet(ApprovedPolicy.Kind.Approve, cancel)) return await book.Set(act, wanted.Scope, wanted.Kind, change, today, cancel);

        // What would be refused now is not asked for.
        if ((await book.Plan(act, wanted.Scope, wanted.Kind, change, today, cancel)).Refused(out var refusal, out var plan)) return refusal;
        var policy = await book.Approvals(wanted.Jurisdiction, wanted.Branch, today, cancel);
        wanted = wanted with { Kind = plan.Kind.Name };
        var approval = await approvals.Ask<ApprovedPolicy, PolicyToDecide>(act, new(wanted, Words(plan, wanted, place), wanted.Branch, Subjects: [], policy.OthersForPolicy, policy.Life), cancel);
        return new PolicySet(null, null, wanted.EffectiveFrom, approval);
    }

    private static ApprovalWords Words(PolicyPlan plan, PolicyToDecide wanted, string place)
    {
        var from = wanted.EffectiveFrom.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return new($"{plan.Kind.Title} for {place} from {from}",
        [
            new("Where", place),
            new("In force from", $"{from}, or the day of the last approval if that is later"),
            new("Before", plan.Before.Stamp),
            .. plan.Kind.Settings.Select(setting => (setting.Label, Old: setting.InWords(plan.Before.Values[setting.Name]), New: setting.InWords(plan.After.Values[setting.Name])))
                .OrderBy(setting => setting.Old == setting.New)
                .Select(setting => new ApprovalLine(setting.Label, setting.Old == setting.New ? $"{setting.New}, as before" : $"{setting.Old} → {setting.New}")),
        ]);
    }
}

/// <summary>The policy that others have approved.</summary>
internal sealed class ApprovedPolicy(PolicyBook book) : IApprovedAtOnce<PolicyToDecide>
{
    public static ApprovalKind Kind { get; } = new("policies.set", "Decide a policy", PoliciesRights.Set, PoliciesRights.Read, PoliciesRights.Set, Apart: []);

    /// <summary>Versions are never edited: what can change is that another one was decided meanwhile.</summary>
    public async Task<IReadOnlyList<BoundRow>> Bound(PolicyToDecide payload, CancellationToken cancel) =>
        [new($"policy:{payload.Kind}:{payload.Jurisdiction}:{payload.Branch}", await book.NewestNumber(payload.Kind, payload.Scope, cancel))];

    public async Task<Refusal?> CarryOut(Act act, PolicyToDecide payload, CancellationToken cancel)
    {
        var today = act.Now.DateIn(payload.Zone);
        return (await book.Set(act, payload.Scope, payload.Kind, payload.On(today), today, cancel)).Refusal;
    }
}
