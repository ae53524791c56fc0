using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>Who tries a door that is not theirs stands in the log, and cannot fill it.</summary>
public abstract class TurnedAwayTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task Who_is_turned_away_stands_in_the_log_once_a_minute_for_each_address_without_what_was_asked_for()
    {
        using var browser = await world.SignIn(world.Bank.Custodian);

        await Try("/office/staff", 3);
        await Try("/office/staff/01900000-0000-7000-8000-00000000dead", 1);
        (await Told()).ShouldBe(["GET /office/staff", "GET /office/staff/{Id:guid}"]);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Try("/office/staff", 2);
        (await Told()).ShouldBe(["GET /office/staff", "GET /office/staff/{Id:guid}", "GET /office/staff"]);

        async Task Try(string address, int times)
        {
            for (var again = 0; again < times; again++)
            {
                using var answer = await browser.GetAsync(address);
                answer.Leads().ShouldStartWith("/forbidden");
            }
        }
    }

    private async Task<IReadOnlyList<string>> Told()
    {
        var me = world.Bank.Custodian.Person;
        var events = await world.Read(db => db.Set<AuditEvent>().Where(row => row.Kind == AuditKinds.TurnedAway.Name && row.Actor == me).OrderBy(row => row.Id).Select(row => row.Body).ToListAsync());
        return [.. events.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("data").GetProperty("address").GetString()!)];
    }
}

public sealed class Turned_away_on_sqlite(BankWorld<Sqlite> world) : TurnedAwayTests<Sqlite>(world);

public sealed class Turned_away_on_postgres(BankWorld<Postgres> world) : TurnedAwayTests<Postgres>(world);
