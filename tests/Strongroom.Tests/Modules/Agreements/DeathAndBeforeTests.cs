using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Tests.Modules.Exchange;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>A mark of death and what was there before it, or came between it and its end: other holds, other deaths, merged records (R55, ADR 29).</summary>
public abstract class DeathAndBeforeTests<TEngine>(MergeWorld<TEngine> world) : IClassFixture<MergeWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_hold_with_a_last_day_is_not_enough_and_the_locker_of_the_dead_stays_blocked_after_it()
    {
        var hire = await world.Let(Mandate.EitherOrSurvivor, await world.Record("Brother Telephoned"), await world.Record("Sister Stays"));
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Custodian.Person, slice => slice.Handle(hire, new(HoldKind.Death, "Her brother telephoned", world.Today.AddDays(1)), default));
        await world.MarkedDead(await FirstOf(hire));

        world.Clock.Advance(TimeSpan.FromDays(2));

        (await world.HeldBy(hire)).ShouldBe([HoldKind.Death]);
        await world.MarkedLiving(await FirstOf(hire));
        (await world.HeldBy(hire)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hold_that_nobody_confirmed_is_not_enough_since_it_is_lifted_without_a_paper()
    {
        var hire = await world.Let(Mandate.Single, await world.Record("Late Of The Register"));
        var remark = (await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Custodian.Person, slice => slice.Handle(hire, new(HoldKind.Death, "Said to be deceased", null), default))).Id;
        // As an old register's remark leaves it; an officer's own hold is confirmed from the start.
        (await world.Read(db => db.Database.ExecuteSqlRawAsync("UPDATE hold SET unconfirmed = NOT unconfirmed WHERE kind = 'Death' AND until IS NULL AND death IS NULL AND lifted_at IS NULL"))).ShouldBe(1);
        await world.MarkedDead(await FirstOf(hire));
        (await world.HeldBy(hire)).ShouldBe([HoldKind.Death, HoldKind.Death]);

        var asked = await world.Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person, slice => slice.Handle(hire, remark, new("Nobody knows who wrote it"), default));
        await world.Lab.TryApprove(Bank.Custodian, asked.Approval!.Value).Fine();

        (await world.HeldBy(hire)).ShouldBe([HoldKind.Death]);
    }

    [Fact]
    public async Task Of_two_dead_hirers_one_hold_stands_for_both()
    {
        var (one, other) = (await world.Record("First Of Two"), await world.Record("Second Of Two"));
        var hire = await world.Let(Mandate.EitherOrSurvivor, one, other);
        await world.MarkedDead(one);
        await world.MarkedDead(other);

        (await world.HeldBy(hire)).ShouldBe([HoldKind.Death]);
    }

    private Task<PersonId> FirstOf(AgreementId hire) => world.Read(db => db.PartyFacts().Where(row => row.Agreement == hire && row.Position == 1).Select(row => row.Person).SingleAsync());
}

public sealed class Death_and_before_on_sqlite(MergeWorld<Sqlite> world) : DeathAndBeforeTests<Sqlite>(world);

public sealed class Death_and_before_on_postgres(MergeWorld<Postgres> world) : DeathAndBeforeTests<Postgres>(world);
