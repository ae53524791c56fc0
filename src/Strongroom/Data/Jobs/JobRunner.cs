using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data.Jobs;

/// <summary>Runs a job once in the whole cluster: who inserts its row (job, due) does it, the others leave.</summary>
internal sealed partial class JobRunner(IServiceScopeFactory scopes, IEnumerable<JobPlan> plans, TimeProvider clock, ILogger<JobRunner> logger)
{
    private readonly Dictionary<string, JobPlan> byName = plans.ToDictionary(plan => plan.Name, StringComparer.Ordinal);

    /// <returns>False when another node has this run.</returns>
    public async Task<bool> Run(string name, DateTime due, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        if (!await Claim(db, name, due.ToMilliseconds(), cancel)) return false;

        string? error = null;
        try
        {
            await using var work = scopes.CreateAsyncScope();
            work.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
            await ((IJob)work.ServiceProvider.GetRequiredService(byName[name].Job)).Run(clock.UtcNow(), cancel);
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            Log.Failed(logger, broken, name, due);
            error = $"{broken.GetType().Name}: {broken.Message}";
        }
        await End(db, error, cancel);
        return true;
    }

    private async Task<bool> Claim(StrongroomDb db, string name, DateTime due, CancellationToken cancel)
    {
        db.Add(new JobRun { Job = name, Due = due, Node = Environment.MachineName, StartedAt = clock.UtcNow() });
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException broken) when (Collision.Of(broken, db) is Collision.NotUnique { Table: "job_run" })
        {
            return false;
        }
    }

    private async Task End(StrongroomDb db, string? error, CancellationToken cancel)
    {
        var run = db.Set<JobRun>().Local.Single();
        run.EndedAt = clock.UtcNow();
        run.Error = error?.Length > JobRunTable.ErrorLength ? error[..JobRunTable.ErrorLength] : error;
        await db.SaveChangesAsync(cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Job {Job} of {Due:u} broke off")]
        public static partial void Failed(ILogger logger, Exception broken, string job, DateTime due);
    }
}
