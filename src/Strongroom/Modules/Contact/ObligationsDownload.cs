using Strongroom.Web.Lists;

namespace Strongroom.Modules.Contact;

internal sealed class ObligationsDownload(ReadObligations obligations) : IDownloads
{
    public const string Path = "/desk/obligations/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        var board = await obligations.Board(cancel);
        return Download.Of("obligations", null, board.PastDue.Concat(board.Due).Concat(board.MetToday),
            ("Locker", line => line.LockerNumber),
            ("Branch", line => line.BranchName),
            ("State", line => line.State),
            ("What", line => line.Kind),
            ("Happened, UTC", line => line.OpenedAt),
            ("Tell by, UTC", line => line.DueAt),
            ("Told, UTC", line => line.MetAt),
            ("Hirers", line => line.Addressees),
            ("Told of them", line => line.Told));
    }
}
