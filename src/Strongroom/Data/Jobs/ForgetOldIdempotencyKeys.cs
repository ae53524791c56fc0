using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data.Jobs;

/// <summary>A key is good for 30 days; a request repeated after that is a new one.</summary>
internal sealed class ForgetOldIdempotencyKeys(StrongroomDb db) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var border = now - Kept;
        await db.Set<IdempotencyRow>().Where(row => row.At < border).ExecuteDeleteAsync(cancel);
    }
}
