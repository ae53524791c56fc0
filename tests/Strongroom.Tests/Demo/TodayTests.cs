using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Lab.Demo;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Demo;

/// <summary>What ./run starts beside the server: a branch that goes on by itself, in steps that know nothing of each other. Each test has days of its own.</summary>
public abstract class TodayTests<TEngine> : IAsyncLifetime where TEngine : IEngine
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly OpenDayWorld<TEngine> world = new();

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Hirers_come_are_served_and_leave_and_the_next_morning_begins_with_nobody_inside()
    {
        await Served();
        await Served();
        var branch = Branch(visited: false);

        await GoOn(branch, TimeSpan.FromHours(3));
        (await Visits()).Count(visit => visit.State == VisitState.Closed).ShouldBeGreaterThan(8);

        // Night, and a morning: whoever was still inside is led out, then yesterday is closed.
        world.Clock.Advance(TimeSpan.FromHours(21));
        await GoOn(branch, TimeSpan.FromMinutes(90));
        var days = await world.Read(db => db.Set<BranchDay>().AsNoTracking().OrderBy(day => day.Date).ToListAsync());
        days.Count.ShouldBe(2);
        days[0].ClosedAt.ShouldNotBeNull();
        (await Visits()).ShouldAllBe(visit => visit.EndedAt != null || visit.ArrivedAt > days[1].OpenedAt);
    }

    [Fact]
    public async Task Where_somebody_looks_hirers_come_to_the_counter_and_wait_for_them()
    {
        await Served();
        await Served();
        var before = (await Visits()).Select(visit => visit.Id).ToHashSet();

        await GoOn(Branch(visited: true), TimeSpan.FromMinutes(60));

        var came = (await Visits()).Where(visit => !before.Contains(visit.Id)).ToList();
        came.ShouldNotBeEmpty();
        came.ShouldAllBe(visit => visit.AdmittedAt == null, "nobody is admitted but by who sits at the screen");
        foreach (var visit in came.Where(visit => visit.EndedAt != null)) visit.ArrivedAt.ShouldBeLessThan(visit.EndedAt!.Value - TimeSpan.FromMinutes(20), "they wait patiently");
    }

    private BranchToday Branch(bool visited) =>
        new(world.Lab, new(world.Bank.Branch, visited, world.Bank.Admin, world.Bank.Manager, world.Bank.Custodian, world.Bank.CounterOfficer), Step);

    private async Task GoOn(BranchToday branch, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            world.Clock.Advance(Step);
            await branch.GoOn();
        }
    }

    private async Task Served()
    {
        var admission = await world.Bank.Admit(await world.Bank.Identify(await world.Bank.CheckIn(await world.NewHire())));
        await world.Bank.CheckOut(await world.Bank.LockUp(await world.Bank.LeaveAlone(admission.Id, admission.Version)));
    }

    private Task<List<Visit>> Visits() => world.Read(db => db.Set<Visit>().AsNoTracking().OrderBy(visit => visit.Id).ToListAsync());
}

public sealed class TodayOnSqlite : TodayTests<Sqlite>;

public sealed class TodayOnPostgres : TodayTests<Postgres>;
