using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Web;

/// <summary>
/// The branch a desk page works for: the one named in the address if the officer may work there, else the first where they may.
/// Null for somebody with no branch at all.
/// </summary>
public sealed class DeskBranch(StrongroomDb db, CurrentActor current)
{
    public async Task<BranchFacts?> Of(string right, Guid? asked, CancellationToken cancel) => await Open(right)
        .Where(branch => asked == null || branch.Id == new BranchId(asked.Value))
        .OrderBy(branch => branch.Name).FirstOrDefaultAsync(cancel);

    /// <summary>The zone of that branch, in which a page of the whole desk tells its times; UTC for somebody with no branch.</summary>
    public async Task<string> ZoneOf(string right, CancellationToken cancel) => (await Of(right, null, cancel))?.Zone ?? "UTC";

    /// <summary>All branches where the officer has the right, by name.</summary>
    public Task<List<BranchFacts>> All(string right, CancellationToken cancel) => Open(right).OrderBy(branch => branch.Name).ToListAsync(cancel);

    private IQueryable<BranchFacts> Open(string right)
    {
        var branches = current.Now.BranchesWith(right);
        return branches is null ? db.BranchFacts() : db.BranchFacts().Where(branch => branches.Contains(branch.Id));
    }
}
