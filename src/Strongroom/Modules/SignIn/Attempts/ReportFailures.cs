using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.SignIn.Attempts;

/// <summary>
/// Once a minute: what failed anonymously goes to the log as a sum by account and by address; counts that are forgotten are removed. A count that
/// moves meanwhile makes the save fail, and the next minute reports both.
/// </summary>
internal sealed partial class ReportFailures(StrongroomDb db, SystemActs acts, ILogger<ReportFailures> logger) : IJob
{
    public const string EachMinute = "0 * * * * ?";

    private const int AtOnce = 500;

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var act = acts.At(now);
        foreach (var row in await db.Set<AttemptCount>().Where(row => row.Unreported > 0).OrderBy(row => row.Of).Take(AtOnce).ToListAsync(cancel))
        {
            var byAddress = row.Of.StartsWith(AttemptCount.AddressPrefix, StringComparison.Ordinal);
            var happened = new Event(SignInAudit.Failures).About(row.Person).With("count", row.Unreported).With("by", byAddress ? "address" : "account");
            if (byAddress) happened.With("address", row.Of[AttemptCount.AddressPrefix.Length..]);
            var told = db.Append(act, happened);
            // Those of this minute made the name pause: its owner hears of it now, and not again for each further try.
            if (row.Person is { } person && !byAddress && row.Failures >= AttemptRule.Account.Free && row.Failures - row.Unreported < AttemptRule.Account.Free)
                await act.Raise(db, new SignInAttempted(person, told, now), cancel);
            Log.Failed(logger, row.Unreported, row.Of);
            row.Unreported = 0;
        }
        var longAgo = now - AttemptRule.Account.ForgottenAfter;
        db.RemoveRange(await db.Set<AttemptCount>().Where(row => row.LastAt < longAgo && row.Unreported == 0).OrderBy(row => row.LastAt).Take(AtOnce).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} failed sign-ins against {Of}")]
        public static partial void Failed(ILogger logger, int count, string of);
    }
}
