using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Keys;

/// <summary>R20k: surprise verification of guard keys by an officer drawn by lot.</summary>
public abstract class KeyCheckTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task The_lot_never_falls_on_a_custodian_and_what_is_not_shown_is_written_down()
    {
        (await Drawn(Bank.Custodian)).ShouldBe("not-allowed");
        (await Drawn(Bank.CounterOfficer)).ShouldBe("not-found");
        for (var round = 0; round < 6; round++)
        {
            var drawn = await Lab.Do<DrawKeyCheck, KeyCheckDrawn>(Bank.Manager.Person, slice => slice.Handle(Bank.Branch, default));
            drawn.Officer.ShouldBeOneOf(Bank.Manager.Person, Bank.CounterOfficer.Person);
            drawn.Among.ShouldBe(2);
            (await Drawn(Bank.Manager)).ShouldBe("keys.check-waits");
            await Verify(drawn, all: round > 0);
        }
        var checks = await Read(db => db.KeyCheckFacts().OrderBy(check => check.DrawnAt).ThenBy(check => check.Id).ToListAsync());
        checks.Select(check => check.Missing).ShouldBe(["G-1", "", "", "", "", ""]);
        (await Read(db => db.TimelineOf(Subject.Of(Bank.Branch), null, 100, default))).Count(happened => happened.Kind == "keys.check-found-missing").ShouldBe(1);
        using var desk = await this.SignIn(Bank.Manager);
        (await desk.GetStringAsync("/desk/custody/checks")).ShouldContain("not shown: G-1");
    }

    [Fact]
    public async Task Nobody_but_the_drawn_officer_sees_the_verification_before_it_is_done()
    {
        var drawn = await Lab.Do<DrawKeyCheck, KeyCheckDrawn>(Bank.Manager.Person, slice => slice.Handle(Bank.Branch, default));
        using var custodian = await this.SignIn(Bank.Custodian);
        (await custodian.GetAsync($"/desk/key-checks/{drawn.Id}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await Lab.As(Bank.Custodian.Person, async services => (await services.GetRequiredService<RecordKeyCheck>().Ask(drawn.Id, new([], null), default)).Refusal?.Code)).ShouldBe("keys.not-drawn");
        using var officer = await this.SignIn(drawn.Officer == Bank.Manager.Person ? Bank.Manager : Bank.CounterOfficer);
        (await officer.GetStringAsync("/desk")).ShouldContain("The lot fell on you");
        (await officer.GetStringAsync($"/desk/key-checks/{drawn.Id}")).ShouldContain("Guard key G-1");
        await Verify(drawn, all: true);
    }

    [Fact]
    public async Task Who_gave_or_took_a_key_today_does_not_verify_the_keys_today()
    {
        var drawn = await Draw();
        // By lot, and by the lot again until it is the manager's.
        for (var more = 0; drawn.Officer != Bank.Manager.Person; more++)
        {
            more.ShouldBeLessThan(60);
            await Verify(drawn, all: true);
            drawn = await Draw();
        }
        await Bank.OpenDay();
        (await Asked(Bank.Manager, drawn)).ShouldBe("keys.handed-over-today", "the manager gave the key out of the safe after the lot fell");
        Clock.Advance(TimeSpan.FromDays(1));
        (await Asked(Bank.Manager, drawn)).ShouldBeNull("on the next day it is another's hand-over");
        await Verify(drawn, all: true);

        await Bank.CloseDay();
        await Bank.OpenDay();
        for (var round = 0; round < 6; round++)
        {
            drawn = await Draw();
            (drawn.Officer, drawn.Among).ShouldBe((Bank.CounterOfficer.Person, 1));
            await Verify(drawn, all: true);
        }
    }

    private Task<KeyCheckDrawn> Draw() => Lab.Do<DrawKeyCheck, KeyCheckDrawn>(Bank.Manager.Person, slice => slice.Handle(Bank.Branch, default));

    private Task<string?> Asked(Player officer, KeyCheckDrawn drawn) =>
        Lab.As(officer.Person, async services => (await services.GetRequiredService<RecordKeyCheck>().Ask(drawn.Id, new([], null), default)).Refusal?.Code);

    private async Task Verify(KeyCheckDrawn drawn, bool all)
    {
        var keys = all ? await Read(db => db.CustodyFacts().Where(key => key.Branch == Bank.Branch).Select(key => key.Key).ToListAsync()) : [];
        var seen = new KeysSeen(keys, all ? null : "The custodian did not find it");
        var asked = await Lab.Do<RecordKeyCheck, KeyCheckAsked>(drawn.Officer, slice => slice.Ask(drawn.Id, seen, default));
        await Joining.Sign(Lab, asked.ShownBy, Bank.Custodian);
        await Lab.Do<RecordKeyCheck, Done>(drawn.Officer, slice => slice.Handle(drawn.Id, new(seen, asked.ShownBy), default));
    }

    private Task<string?> Drawn(Player officer) => Lab.As(officer.Person, async services => (await services.GetRequiredService<DrawKeyCheck>().Handle(Bank.Branch, default)).Refusal?.Code);
}

public sealed class Key_checks_on_sqlite : KeyCheckTests<Sqlite>;

public sealed class Key_checks_on_postgres : KeyCheckTests<Postgres>;
