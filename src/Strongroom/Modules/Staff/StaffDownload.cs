using Strongroom.Web.Lists;

namespace Strongroom.Modules.Staff;

internal sealed class StaffDownload(ReadStaff staff) : IDownloads
{
    public const string Path = "/office/staff/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        var (officers, _) = await staff.Page(asked["search"], left: false, asked.List(), Download.Most + 1, cancel);
        return Download.Of("staff", null, officers,
            ("Officer", officer => officer.Name),
            ("Staff number", officer => officer.StaffNumber),
            ("Posted as", officer => string.Join("; ", officer.Postings.Select(posting => $"{Duties.Words(posting.Role)}, {posting.BranchName ?? "the whole bank"}"))),
            ("Signs in", officer => officer.SignsIn),
            ("Trained until", officer => officer.TrainedUntil));
    }
}
