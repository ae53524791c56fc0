using Strongroom.Modules.Staff.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Staff.Recertifying;

/// <summary>Who looked at which role and what they decided: the auditor's register.</summary>
internal sealed class RecertificationsDownload(ReadRecertifications read) : IDownloads
{
    public const string Path = "/office/recertification/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel) => Download.Of("recertifications", null, await read.Register(Download.Most + 1, cancel),
        ("Officer", line => line.Name),
        ("Staff number", line => line.StaffNumber),
        ("Role", line => Duties.Words(line.Role)),
        ("Where", line => line.BranchName ?? "the whole bank"),
        ("Decision", line => line.Decision == Recertified.Confirmed ? "confirmed" : "ended"),
        ("Decided by", line => line.By),
        ("Decided at", line => line.At),
        ("Was due", line => line.WasDue),
        ("Due again", line => line.NextDue),
        ("Officer last acted", line => line.LastActed));
}
