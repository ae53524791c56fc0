using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Data;

internal sealed class CountRuns(CountRuns.Seen seen) : IJob
{
    public Task Run(DateTime now, CancellationToken cancel)
    {
        Interlocked.Increment(ref seen.Runs);
        return Task.CompletedTask;
    }

    public sealed class Seen
    {
        public int Runs;
    }
}

internal sealed class BreakOff : IJob
{
    public Task Run(DateTime now, CancellationToken cancel) => throw new InvalidOperationException("The well ran dry.");
}

public class JobsWorld<TEngine> : World<TEngine> where TEngine : IEngine
{
    protected override void Configure(WebApplicationBuilder builder) => builder.Services
        .AddSingleton<CountRuns.Seen>().AddJob<CountRuns>("0 0 0 * * ?").AddJob<BreakOff>("0 0 0 * * ?");
}

public abstract class JobsTests<TEngine>(JobsWorld<TEngine> world) : IClassFixture<JobsWorld<TEngine>> where TEngine : IEngine
{
    private static readonly DateTime Due = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);

    private JobRunner Runner => world.App.Services.GetRequiredService<JobRunner>();

    [Fact]
    public async Task A_run_that_several_nodes_start_at_once_is_done_by_one_of_them()
    {
        var seen = world.App.Services.GetRequiredService<CountRuns.Seen>();
        var before = seen.Runs;

        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner.Run("CountRuns", Due, default)));

        ran.Count(done => done).ShouldBe(1);
        (seen.Runs - before).ShouldBe(1);
        (await Run("CountRuns")).EndedAt.ShouldNotBeNull();
        (await Runner.Run("CountRuns", Due.AddDays(1), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_breaks_off_says_why_and_the_server_goes_on()
    {
        (await Runner.Run("BreakOff", Due, default)).ShouldBeTrue();

        (await Run("BreakOff")).Error.ShouldBe("InvalidOperationException: The well ran dry.");
    }

    [Fact]
    public async Task Idempotency_keys_are_forgotten_after_thirty_days_and_not_before()
    {
        var now = world.Clock.UtcNow();
        await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            foreach (var (key, days) in new[] { ("old", 31), ("young", 29) })
                db.Add(new IdempotencyRow { Owner = Guid.Empty, Key = key, Fingerprint = [1], Answer = null, At = now.AddDays(-days) });
            await db.SaveChangesAsync();
            await services.GetRequiredService<ForgetOldIdempotencyKeys>().Run(now, default);
            return 0;
        });

        (await world.Read(db => db.Set<IdempotencyRow>().Select(row => row.Key).ToListAsync())).ShouldBe(["young"]);
    }

    [Fact]
    public async Task Runs_are_forgotten_after_ninety_days()
    {
        await Runner.Run("CountRuns", Due.AddDays(-91), default);

        await world.In(async services =>
        {
            await services.GetRequiredService<ForgetOldJobRuns>().Run(world.Clock.UtcNow(), default);
            return 0;
        });

        (await world.Read(db => db.Set<JobRun>().AnyAsync(run => run.Due < Due))).ShouldBeFalse();
    }

    private Task<JobRun> Run(string job) => world.Read(db => db.Set<JobRun>().SingleAsync(run => run.Job == job && run.Due == Due));
}

public sealed class Jobs_on_sqlite(JobsWorld<Sqlite> world) : JobsTests<Sqlite>(world);

public sealed class Jobs_on_postgres(JobsWorld<Postgres> world) : JobsTests<Postgres>(world);
