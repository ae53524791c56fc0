using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data.Jobs;

internal sealed class ForgetOldJobRuns(StrongroomDb db) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var border = now - Kept;
        await db.Set<JobRun>().Where(row => row.Due < border).ExecuteDeleteAsync(cancel);
    }
}
