using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Web.Office;

/// <summary>Whose policies a page shows: a branch's where the address names one that the reader may see, else the bank's under a law.</summary>
/// <param name="Today">The branch's local date; UTC's for the bank.</param>
public sealed record ChosenScope(PolicyScope Scope, string Name, DateOnly Today)
{
    /// <summary>The same choice as an address says it.</summary>
    public string Query => Scope.Branch is { } branch ? $"branch={branch}" : $"jurisdiction={Scope.Jurisdiction}";

    internal static async Task<ChosenScope> Of(StrongroomDb db, PolicyBook book, Actor actor, string? jurisdiction, Guid? asked, DateTime now)
    {
        if (asked is { } id && actor.MayAt(PoliciesRights.Read, new(id)) && await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == new BranchId(id)) is { } branch)
            return new(new(branch.Jurisdiction, branch.Id), branch.Name, now.DateIn(branch.Zone));
        var law = book.Jurisdictions.FirstOrDefault(law => law.Code == jurisdiction) ?? book.Jurisdictions[0];
        return new(new(law.Code, null), $"the bank in {law.Name}", DateOnly.FromDateTime(now));
    }
}
