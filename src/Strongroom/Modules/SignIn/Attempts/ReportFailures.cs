using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.SignIn.Attempts;

/// <summary>Once a minute: what failed anonymously goes to the log as a sum by account and by address; counts that are forgotten are removed.</summary>
internal sealed class ReportFailures(StrongroomDb db, Write write, ILogger<ReportFailures> log)
{
    public Task Run(CancellationToken cancel) => write.Do<Done>("sign-in.report-failures", "", async act =>
    {
        foreach (var row in await db.Set<AttemptCount>().Where(row => row.Unreported > 0).ToListAsync(cancel))
        {
            var byAddress = row.Of.StartsWith(AttemptCount.AddressPrefix, StringComparison.Ordinal);
            var happened = new Event(SignInAudit.Failures).About(row.Person).With("count", row.Unreported).With("by", byAddress ? "address" : "account");
            if (byAddress) happened.With("address", row.Of[AttemptCount.AddressPrefix.Length..]);
            db.Append(act, happened);
            log.LogWarning("{Count} failed sign-ins by {Of}", row.Unreported, row.Of);
            row.Unreported = 0;
        }
        var longAgo = act.Now - AttemptRule.Account.ForgottenAfter;
        db.RemoveRange(await db.Set<AttemptCount>().Where(row => row.LastAt < longAgo && row.Unreported == 0).Take(500).ToListAsync(cancel));
        return Done.It;
    }, cancel);
}

internal sealed class ReportFailuresEachMinute(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReportFailuresEachMinute> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
                await scope.ServiceProvider.GetRequiredService<ReportFailures>().Run(stoppingToken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "Failed sign-ins could not be reported; the next minute tries again");
            }
        }
    }
}
