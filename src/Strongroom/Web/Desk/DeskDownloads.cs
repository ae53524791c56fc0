using Strongroom.Modules.Access;
using Strongroom.Modules.Agreements;
using Strongroom.Web.Lists;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Desk;

internal sealed class LockersDownload(DeskBranch desk, ReadDeskLists lists) : IDownloads
{
    public const string Path = "/desk/lockers/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        if (await desk.Of(AccessRights.Read, asked.Branch(), cancel) is not { } branch) return null;
        var (rows, _) = await lists.Lockers(branch.Id, asked.List(), Download.Most + 1, cancel);
        return Download.Of("lockers", branch.Id, rows,
            ("Number", row => row.Locker.Number),
            ("State", row => GlyphWords.Of(row.State)),
            ("Type", row => row.Locker.Type),
            ("Height, mm", row => row.Locker.Height),
            ("Width, mm", row => row.Locker.Width),
            ("Cabinet", row => row.Locker.CabinetName),
            ("Row", row => row.Locker.Row),
            ("Column", row => row.Locker.Column),
            ("Hirer", row => row.Hirer));
    }
}

internal sealed class HiresDownload(DeskBranch desk, ReadDeskLists lists) : IDownloads
{
    public const string Path = "/desk/agreements/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        if (await desk.Of(AgreementsRights.Read, asked.Branch(), cancel) is not { } branch) return null;
        var (rows, _) = await lists.Hires(branch.Id, asked["ended"] == "true", asked.List(), Download.Most + 1, cancel);
        return Download.Of("agreements", branch.Id, rows,
            ("Agreement", row => row.Number),
            ("Locker", row => row.Locker),
            ("First hirer", row => row.Hirer),
            ("Since", row => row.StartsOn),
            ("Ended", row => row.EndedOn),
            ("Rent paid until", row => row.RentPaidUntil),
            ("On hold", row => row.Held));
    }
}
