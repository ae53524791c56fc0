using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>Each test leaves the day closed and moves on to the next morning, so that the next finds a branch about to open.</summary>
public abstract class DayTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Two_officers_open_the_day_and_the_guard_key_changes_hands()
    {
        NextMorning();

        var day = await Bank.OpenDay();

        day.Date.ShouldBe(Today);
        (await GuardKeyHolder()).ShouldBe(Bank.Custodian.Person);
        await Bank.CloseDay();
        (await GuardKeyHolder()).ShouldBeNull("it lies in the safe");
    }

    [Fact]
    public async Task The_day_does_not_open_without_the_second_signature()
    {
        NextMorning();
        var asked = await Bank.Lab.Do<OpenDay, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, default));
        await Joining.Sign(Bank.Lab, asked.Mine, Bank.Custodian);

        (await Refused<OpenDay, DayOpened>(Bank.Custodian, slice => slice.Handle(Bank.Branch, new(asked.Mine, asked.Second), default))).ShouldBe("sign-in.not-signed");
        (await GuardKeyHolder()).ShouldBeNull();
    }

    [Fact]
    public async Task Signatures_open_one_day_and_no_second_one()
    {
        NextMorning();
        var asked = await Bank.Lab.Do<OpenDay, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, default));
        await Joining.Sign(Bank.Lab, asked.Mine, Bank.Custodian);
        await Joining.Sign(Bank.Lab, asked.Second, Bank.Manager);
        await Bank.Lab.Do<OpenDay, DayOpened>(Bank.Custodian.Person, slice => slice.Handle(Bank.Branch, new(asked.Mine, asked.Second), default));

        (await Refused<OpenDay, DayOpened>(Bank.Custodian, slice => slice.Handle(Bank.Branch, new(asked.Mine, asked.Second), default))).ShouldBe("access.day-already-open");
        await Bank.CloseDay();
        (await Refused<OpenDay, DayOpened>(Bank.Custodian, slice => slice.Handle(Bank.Branch, new(asked.Mine, asked.Second), default))).ShouldBe("access.day-was-closed");
    }

    [Fact]
    public async Task The_day_cannot_close_while_somebody_waits_or_is_inside()
    {
        NextMorning();
        await Bank.OpenDay();
        var hire = await world.NewHire();
        var visit = await Bank.CheckIn(hire);
        var round = await Bank.LastRound();

        (await Refused<CloseDay, DaySignatures>(Bank.Custodian, slice => slice.Ask(Bank.Branch, round, default))).ShouldBe("access.visits-still-open");
        var admission = await Bank.Admit(await Bank.Identify(visit));
        (await Refused<CloseDay, DaySignatures>(Bank.Custodian, slice => slice.Ask(Bank.Branch, round, default))).ShouldBe("access.visits-still-open");
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));

        (await Bank.CloseDay()).Date.ShouldBe(Today);
    }

    [Fact]
    public async Task A_vault_that_was_not_looked_through_or_a_key_that_was_not_counted_keeps_the_day_open()
    {
        NextMorning();
        await Bank.OpenDay();
        var round = await Bank.LastRound();

        (await Refused<CloseDay, DaySignatures>(Bank.Custodian, slice => slice.Ask(Bank.Branch, round with { VaultsEmpty = [] }, default))).ShouldBe("access.vault-not-checked");
        (await Refused<CloseDay, DaySignatures>(Bank.Custodian, slice => slice.Ask(Bank.Branch, round with { KeysCounted = 0 }, default))).ShouldBe("access.key-count-differs");
        await Bank.CloseDay();
    }

    [Fact]
    public async Task Nobody_is_checked_in_before_the_day_opens()
    {
        NextMorning();
        var hire = await world.NewHire();

        (await Refused<CheckIn, VisitStep>(Bank.CounterOfficer, slice => slice.Handle(new(hire.Agreement, hire.Hirer), default))).ShouldBe("access.day-not-open");
    }

    [Fact]
    public async Task The_vault_stays_closed_on_a_sunday()
    {
        NextMorning();
        while (Today.DayOfWeek != DayOfWeek.Sunday) world.Clock.Advance(TimeSpan.FromDays(1));

        (await Refused<OpenDay, DaySignatures>(Bank.Custodian, slice => slice.Ask(Bank.Branch, default))).ShouldBe("access.closed-today");
    }

    [Fact]
    public async Task A_counter_officer_opens_no_day()
    {
        NextMorning();

        (await Refused<OpenDay, DaySignatures>(Bank.CounterOfficer, slice => slice.Ask(Bank.Branch, default))).ShouldBe("not-allowed");
        (await Refused<OpenDay, DaySignatures>(Bank.Admin, slice => slice.Ask(Bank.Branch, default))).ShouldBe("not-found");
    }

    private DateOnly Today => Bank.Lab.Now.DateIn("Asia/Kolkata");

    private void NextMorning()
    {
        do world.Clock.Advance(TimeSpan.FromDays(1));
        while (Today.DayOfWeek == DayOfWeek.Sunday);
    }

    private Task<PersonId?> GuardKeyHolder() => world.Read(db => db.CustodyFacts().Where(key => key.Vault == Bank.Vault).Select(key => key.Holder).SingleAsync());

    private Task<string?> Refused<THandler, T>(Player who, Func<THandler, Task<Outcome<T>>> act) where THandler : notnull =>
        world.Lab.As(who.Person, async services => (await act(services.GetRequiredService<THandler>())).Refusal?.Code);
}

public sealed class Days_on_sqlite(BankWorld<Sqlite> world) : DayTests<Sqlite>(world);

public sealed class Days_on_postgres(BankWorld<Postgres> world) : DayTests<Postgres>(world);
