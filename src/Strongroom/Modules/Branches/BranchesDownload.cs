using Strongroom.Modules.Branches.Pages;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Branches;

internal sealed class BranchesDownload(ReadBranches branches) : IDownloads
{
    public const string Path = "/office/branches/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        var (lines, _) = await branches.Page(asked.List(), Download.Most + 1, cancel);
        return Download.Of("branches", null, lines,
            ("Branch", branch => branch.Name),
            ("Code", branch => branch.Code),
            ("Class", branch => BranchWords.Of(branch.LocationClass)),
            ("Law", branch => branch.Jurisdiction),
            ("Vaults", branch => branch.Vaults),
            ("Lockers", branch => branch.Lockers),
            ("Set up", branch => branch.SetUp));
    }
}
