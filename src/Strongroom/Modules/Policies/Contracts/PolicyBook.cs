using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Policies.Contracts;

/// <summary>
/// Which values of a policy are in force. A branch's version stands before the bank's, and each stands as a whole record: one stamp names
/// one decision of one authority. What a version leaves out is the pack's default (not the bank's value), and the pack's floor and ceiling
/// bind at every date, so that a bank is stricter than its law or as strict, never looser.
/// </summary>
public sealed class PolicyBook
{
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
        var now = await Standing(kind, new(jurisdiction, branch), date, cancel);
        return new(kind.Make<TPolicy>(now.Values), now.Stamp);
    }

    internal async Task<Standing> Standing(PolicyKind kind, PolicyScope scope, DateOnly date, CancellationToken cancel) =>
        Policies.Standing.Of(kind, packs.At(scope.Jurisdiction, date), await db.Set<PolicyVersion>().AsNoTracking().InForce(kind.Name, scope, date).FirstOrDefaultAsync(cancel));
}

public static class PolicyRegistration
{
    /// <summary>Called by the module that declares the record.</summary>
    public static IServiceCollection AddPolicy<TPolicy>(this IServiceCollection services) where TPolicy : IPolicy =>
        services.AddSingleton(PolicyKind.Of<TPolicy>());
}
