using System.Globalization;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Access.Visits;

internal sealed class VisitsDownload(DeskBranch desk, ReadVisitLists lists) : IDownloads
{
    public const string Path = "/desk/visits/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        if (await desk.Of(AccessRights.Read, asked.Branch(), cancel) is not { } branch
            || await lists.Visits(branch, asked.Day("from"), asked.Day("until"), asked.List(), Download.Most + 1, cancel, AskedDays.With(asked["with"])) is not { } found) return null;
        return Download.Of("visits", branch.Id, found.Rows,
            ("Number of the day", row => row.Number),
            ("Locker", row => row.Locker),
            ("Operated by", row => row.Operator),
            ("State", row => VisitLife.Words(row.State)),
            ("Arrived, UTC", row => row.ArrivedAt),
            ("Admitted, UTC", row => row.AdmittedAt),
            ("Left alone, UTC", row => row.AloneAt),
            ("Ended, UTC", row => row.EndedAt));
    }
}

internal sealed class OldVisitsDownload(DeskBranch desk, ReadVisitLists lists) : IDownloads
{
    public const string Path = "/desk/visits/register/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        if (await desk.Of(AccessRights.Read, asked.Branch(), cancel) is not { } branch
            || await lists.Register(branch, asked.Day("from"), asked.Day("until"), asked.List(), Download.Most + 1, cancel) is not { } found) return null;
        return Download.Of("register", branch.Id, found.Rows,
            ("Date", row => row.Date),
            ("In", row => row.TimeIn),
            ("Out", row => row.TimeOut),
            ("Locker", row => row.Locker),
            ("Operated by", row => row.Operator),
            ("Officer", row => row.Officer));
    }
}

internal static class AskedDays
{
    public static VisitsWith? With(string? text) => Enum.TryParse<VisitsWith>(text, out var with) && Enum.IsDefined(with) ? with : null;

    /// <summary>A day as a date field sends it; anything else is no day.</summary>
    public static DateOnly? Day(this IQueryCollection asked, string name) => Of(asked[name]);

    public static DateOnly? Of(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
