using Quartz;

namespace Strongroom.Data.Jobs;

/// <summary>
/// Says when: each plan's cron on Quartz's memory store, which forgets, and so knows nothing that a crash could lose. Times are those of
/// the plan and not of the node's start, so that all nodes name a run alike.
/// </summary>
internal sealed class JobClock(ISchedulerFactory factory, IEnumerable<JobPlan> plans, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Background.IsOn(configuration)) return;
        var scheduler = await factory.GetScheduler(stoppingToken);
        foreach (var plan in plans)
        {
            await scheduler.ScheduleJob(
                JobBuilder.Create<Alarm>().WithIdentity(plan.Name).Build(),
                TriggerBuilder.Create().WithIdentity(plan.Name).WithCronSchedule(plan.Cron, cron => cron
                    .InTimeZone(TimeZoneInfo.Utc)
                    // A run looks for all that is due, so one that was missed (a machine that slept) needs no catching up.
                    .WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)).Build(),
                cancellationToken: stoppingToken);
        }
        await scheduler.Start(stoppingToken);
        try
        {
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
    }

    private sealed class Alarm(JobRunner runner) : Quartz.IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            await runner.Run(context.JobDetail.Key.Name, (context.ScheduledFireTimeUtc ?? context.FireTimeUtc).UtcDateTime, cancellationToken);
    }
}

/// <summary>Strongroom:Background = off makes a node that only answers requests: jobs and relays run on others.</summary>
internal static class Background
{
    public static bool IsOn(IConfiguration configuration) =>
        !string.Equals(configuration["Strongroom:Background"], "off", StringComparison.OrdinalIgnoreCase);
}
