using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>The first and the last of all dates, where days are added to what was asked: none of them breaks anything.</summary>
public abstract class FarDatesTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task Pages_and_lists_are_shown()
    {
        using var manager = await world.SignIn(world.Bank.Manager);
        foreach (var date in new[] { "0001-01-01", "9999-12-31" })
        {
            foreach (var address in new[] { $"/api/v1/branches/{world.Bank.Branch}/calendar?from={date}", $"/desk/vault-register?branch={world.Bank.Branch}&date={date}", $"/desk/visits?branch={world.Bank.Branch}&from={date}&until={date}" })
                (await manager.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }
        using var auditor = await world.SignIn(world.Bank.Auditor);
        foreach (var date in new[] { "0001-01-01", "9999-12-31" }) (await auditor.GetAsync($"/audit?from={date}&to={date}")).StatusCode.ShouldBe(HttpStatusCode.OK, date);
    }

    [Fact]
    public async Task Rent_that_is_paid_for_ever_admits()
    {
        var hire = await world.NewHire();
        var version = await world.Read(db => db.AgreementFacts().Where(row => row.Id == hire.Agreement).Select(row => row.Version).SingleAsync());
        await world.Lab.Do<UpdatePapers, Done>(world.Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(new(2026, 11, 1), new(2026, 11, 1), DateOnly.MaxValue), default), version: version);

        (await world.Bank.Admit(await world.Bank.Identify(await world.Bank.CheckIn(hire)))).Result.ShouldBe(Answer.Pass);
    }
}

public sealed class Far_dates_on_sqlite(OpenDayWorld<Sqlite> world) : FarDatesTests<Sqlite>(world);

public sealed class Far_dates_on_postgres(OpenDayWorld<Postgres> world) : FarDatesTests<Postgres>(world);
