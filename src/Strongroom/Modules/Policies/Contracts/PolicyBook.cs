using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Policies.Contracts;

/// <summary>
/// Which values of a policy are in force. A branch's version stands before the bank's, and each stands as a whole record: one stamp names
/// one decision of one authority. What a version leaves out is the pack's default (not the bank's value), and the pack's floor and ceiling
/// bind at every date, so that a bank is stricter than its law or as strict, never looser.
/// </summary>
public sealed class PolicyBook
{
    /// <summary>The right to decide a policy, for the module that sets a branch's.</summary>
    public const string SetRight = PoliciesRights.Set;

    private readonly StrongroomDb db;
    private readonly Packs packs;

    internal PolicyBook(StrongroomDb db, Packs packs)
    {
        this.db = db;
        this.packs = packs;
    }

    /// <summary>Every law the program has a pack of.</summary>
    public IReadOnlyList<Jurisdiction> Jurisdictions => packs.Jurisdictions;

    /// <summary>The values for a decision at a branch on its local date. One SQL.</summary>
    public async Task<InForce<TPolicy>> At<TPolicy>(string jurisdiction, BranchId? branch, DateOnly date, CancellationToken cancel) where TPolicy : IPolicy
    {
        var kind = packs.Kind(typeof(TPolicy).Name) ?? throw new InvalidOperationException($"{typeof(TPolicy).Name} is not registered by AddPolicy.");
        var standing = await Standing(kind, new(jurisdiction, branch), date, cancel);
        return new(kind.Make<TPolicy>(standing.Values), standing.Stamp);
    }

    /// <summary>Branches that ever decided this policy for themselves: all others have the bank's.</summary>
    public async Task<IReadOnlySet<BranchId>> BranchesWithTheirOwn<TPolicy>(CancellationToken cancel) where TPolicy : IPolicy
    {
        var kind = typeof(TPolicy).Name;
        return await db.Set<PolicyVersion>().AsNoTracking().Where(row => row.Kind == kind && row.Branch != null).Select(row => row.Branch!.Value).Distinct().ToHashSetAsync(cancel);
    }

    /// <summary>
    /// Writes a new version within the caller's act; who asks for one goes by <see cref="DecidePolicy"/>. A version of the same date stands before
    /// the ones decided earlier, so a mistake is mended by deciding again, never by editing.
    /// </summary>
    /// <param name="today">The local date of the branch; UTC's for the bank.</param>
    internal async Task<Outcome<PolicySet>> Set(Act act, PolicyScope scope, string kind, PolicyChange change, DateOnly today, CancellationToken cancel)
    {
        if ((await Plan(act, scope, kind, change, today, cancel)).Refused(out var refusal, out var plan)) return refusal;
        var version = plan.After.Version!;
        db.Add(version);
        db.Append(act, PolicyDecision.Event(plan.Kind, plan.Before, plan.After));
        return new PolicySet(version.Id, version.Number, version.EffectiveFrom);
    }

    /// <summary>What <see cref="Set"/> would write: nothing is written yet.</summary>
    internal async Task<Outcome<PolicyPlan>> Plan(Act act, PolicyScope scope, string kind, PolicyChange change, DateOnly today, CancellationToken cancel)
    {
        if (packs.Kind(kind) is not { } policy) return new NoSuch("policy");
        var standing = await Standing(policy, scope, change.EffectiveFrom, cancel);
        if (PolicyDecision.Fault(policy, standing.Pack, change, today) is { } fault) return fault;
        var version = new PolicyVersion
        {
            Id = act.NewId<Noun.PolicyVersion>(),
            Kind = policy.Name,
            Jurisdiction = scope.Jurisdiction,
            Branch = scope.Branch,
            EffectiveFrom = change.EffectiveFrom,
            Number = 1 + await NewestNumber(policy.Name, scope, cancel),
            Values = JsonSerializer.Serialize(change.Values),
            MadeBy = act.Actor.Person,
            MadeAt = act.Now,
        };
        return new PolicyPlan(policy, standing, Policies.Standing.Of(policy, standing.Pack, version));
    }

    /// <summary>0 where nothing was decided yet.</summary>
    internal async Task<int> NewestNumber(string kind, PolicyScope scope, CancellationToken cancel) =>
        await db.Set<PolicyVersion>().Of(kind, scope).MaxAsync(row => (int?)row.Number, cancel) ?? 0;

    internal async Task<Standing> Standing(PolicyKind kind, PolicyScope scope, DateOnly date, CancellationToken cancel) => Policies.Standing.Of(
        kind, packs.At(scope.Jurisdiction, date), await db.Set<PolicyVersion>().AsNoTracking().InForce(kind.Name, scope, date).FirstOrDefaultAsync(cancel));
}

/// <summary>A policy before and after a version that was not written yet.</summary>
internal sealed record PolicyPlan(PolicyKind Kind, Standing Before, Standing After);

/// <summary>For listeners, which have no scope of their own: the policies as a database has them.</summary>
public sealed class PolicyBooks
{
    private readonly Packs packs;

    internal PolicyBooks(Packs packs) => this.packs = packs;

    public PolicyBook Of(StrongroomDb db) => new(db, packs);
}

public static class PolicyRegistration
{
    /// <summary>Called by the module that declares the record.</summary>
    public static IServiceCollection AddPolicy<TPolicy>(this IServiceCollection services) where TPolicy : IPolicy =>
        services.AddSingleton(PolicyKind.Of<TPolicy>());
}
