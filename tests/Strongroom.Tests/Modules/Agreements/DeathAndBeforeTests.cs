using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Approvals.Contracts;
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

    [Fact]
    public async Task A_letter_of_two_dead_hirers_comes_back_with_the_last_who_turns_out_to_live()
    {
        var (one, other, agent) = (await world.Record("Signed First"), await world.Record("Signed Second"), await world.Record("Comes By Letter"));
        var hire = await world.Let(Mandate.EitherOrSurvivor, one, other);
        await world.Appoint(hire, agent);
        await world.MarkedDead(one);
        await world.MarkedDead(other);

        await world.MarkedLiving(one);
        (await world.AgentsOf(hire)).ShouldBeEmpty("the other who signed is dead");
        await world.MarkedLiving(other);

        (await world.AgentsOf(hire)).ShouldBe([agent]);
    }

    [Fact]
    public async Task A_letter_of_a_dead_hirer_to_an_agent_who_died_too_comes_back_with_the_last_of_them()
    {
        var (hirer, agent) = (await world.Record("Hirer Believed Dead"), await world.Record("Agent Believed Dead"));
        var hire = await world.Let(Mandate.Single, hirer);
        await world.Appoint(hire, agent);
        await world.MarkedDead(hirer);
        await world.MarkedDead(agent);

        await world.MarkedLiving(hirer);
        (await world.AgentsOf(hire)).ShouldBeEmpty("the agent is dead");
        await world.MarkedLiving(agent);

        (await world.AgentsOf(hire)).ShouldBe([agent]);
    }

    [Fact]
    public async Task A_letter_that_was_withdrawn_after_it_came_back_does_not_come_back_again()
    {
        var (one, other, agent) = (await world.Record("Withdraws Later"), await world.Record("Dies Later"), await world.Record("Loses The Letter"));
        var hire = await world.Let(Mandate.EitherOrSurvivor, one, other);
        await world.Appoint(hire, agent);
        await world.MarkedDead(one);
        await world.MarkedLiving(one);
        var given = await world.Read(db => db.AgentFacts().Where(row => row.Agreement == hire).Select(row => row.Id).SingleAsync());
        await world.Lab.Do<EndAgent, Done>(Bank.Manager.Person, slice => slice.Handle(hire, given, new("A letter of one hirer"), default));

        await world.MarkedDead(other);
        await world.MarkedLiving(other);

        (await world.AgentsOf(hire)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_letter_comes_back_to_the_record_that_the_agent_has_by_then()
    {
        var (hirer, agent, record) = (await world.Record("Thought To Be Dead"), await world.Record("Agent Twice"), await world.Record("Agent Twice"));
        var hire = await world.Let(Mandate.Single, hirer);
        await world.Appoint(hire, agent);
        await world.MarkedDead(hirer);
        await world.Merge(stays: record, goes: agent);

        await world.MarkedLiving(hirer);

        (await world.AgentsOf(hire)).ShouldBe([record]);
    }

    [Fact]
    public async Task A_merged_agent_who_was_marked_as_dead_too_has_the_letter_back_with_the_last_mark()
    {
        var (hirer, agent, record) = (await world.Record("Thought Dead First"), await world.Record("Agent In Two"), await world.Record("Agent In Two"));
        var hire = await world.Let(Mandate.Single, hirer);
        await world.Appoint(hire, agent);
        await world.MarkedDead(hirer);
        await world.Merge(stays: record, goes: agent);
        await world.MarkedDead(record);

        await world.MarkedLiving(hirer);
        (await world.AgentsOf(hire)).ShouldBeEmpty("the agent is dead");
        await world.MarkedLiving(record);

        (await world.AgentsOf(hire)).ShouldBe([record]);
    }

    [Fact]
    public async Task Two_marks_of_one_locker_that_are_taken_back_at_once_do_not_wait_for_each_other()
    {
        for (var round = 0; round < 3; round++)
        {
            var (one, other, agent) = (await world.Record($"At Once One {round}"), await world.Record($"At Once Two {round}"), await world.Record($"At Once Agent {round}"));
            var hire = await world.Let(Mandate.EitherOrSurvivor, one, other);
            await world.Appoint(hire, agent);
            await world.MarkedDead(one);
            await world.MarkedDead(other);
            var (first, second) = (await Signed(one, Bank.Custodian), await Signed(other, Bank.SecondCustodian));

            await Task.WhenAll(Task.Run(first), Task.Run(second));

            (await world.HeldBy(hire)).ShouldBeEmpty();
            (await world.AgentsOf(hire)).ShouldBe([agent]);
        }

        async Task<Func<Task<RequestApproved>>> Signed(PersonId person, Player by)
        {
            var approval = await world.AskLife(person);
            var signing = await world.Lab.Do<Approve, ApprovalSignatureAsked>(by.Person, slice => slice.Ask(approval, default));
            await Joining.Sign(world.Lab, signing.Signature, by);
            return () => world.Lab.As(by.Person, services => services.GetRequiredService<Approve>().Handle(approval, new(signing.Signature), default)).Fine();
        }
    }

    private Task<PersonId> FirstOf(AgreementId hire) => world.Read(db => db.PartyFacts().Where(row => row.Agreement == hire && row.Position == 1).Select(row => row.Person).SingleAsync());
}

public sealed class Death_and_before_on_sqlite(MergeWorld<Sqlite> world) : DeathAndBeforeTests<Sqlite>(world);

public sealed class Death_and_before_on_postgres(MergeWorld<Postgres> world) : DeathAndBeforeTests<Postgres>(world);
