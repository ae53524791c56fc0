using Strongroom.Web;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Keys;

internal sealed class CustodyDownload(ReadKeys keys, DeskBranch desk) : IDownloads
{
    public const string Path = "/desk/custody/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        if (await desk.Of(KeysRights.Read, asked.Branch(), cancel) is not { } branch || await keys.Custody(branch.Id, 0, cancel, Download.Most + 1) is not { } custody) return null;
        return Download.Of("hand-overs", branch.Id, custody.History,
            ("When, UTC", entry => entry.From),
            ("Key", entry => entry.Number),
            ("To", entry => entry.Holder ?? "the safe"),
            ("Gave", entry => entry.GivenBy),
            ("Took", entry => entry.TakenBy));
    }
}

internal sealed class HirerKeysDownload(ReadKeys keys, DeskBranch desk) : IDownloads
{
    public const string Path = "/desk/custody/hirer-keys/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        if (await desk.Of(KeysRights.Read, asked.Branch(), cancel) is not { } branch
            || await keys.HirerKeys(branch.Id, asked["plain"] == "true", asked.List(), Download.Most + 1, cancel) is not { } found) return null;
        return Download.Of("hirer-keys", branch.Id, found.Rows,
            ("Key", key => key.Number),
            ("Locker", key => key.Locker),
            ("Embossed", key => key.Embossed));
    }
}
