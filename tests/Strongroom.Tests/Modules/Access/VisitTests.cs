using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Customers;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>Visits on an open day, one world a class: the first test to run opens it.</summary>
public sealed class OpenDayWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
    }
}

public abstract class VisitTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Six_acts_serve_a_hirer_and_leave_the_vault_as_it_was()
    {
        var hire = await world.NewHire();

        var visit = await Bank.Identify(await Bank.CheckIn(hire));
        var admission = await Bank.Admit(visit);
        (await Inside()).ShouldBe(1);
        var alone = await Bank.LeaveAlone(admission.Id, admission.Version);
        var closed = await Bank.CheckOut(await Bank.LockUp(alone));

        closed.State.ShouldBe(VisitState.Closed);
        admission.Result.ShouldBe(Answer.Pass);
        (await Inside()).ShouldBe(0);
        var story = await world.Read(db => db.TimelineOf(Subject.Of(hire.Locker), null, 20, default));
        story.Select(happened => happened.Kind).ShouldContain("access.locker-opened");
        story.Count(happened => happened.Kind.StartsWith("access.", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public async Task Opening_the_locker_obliges_the_bank_to_tell_the_hirer_by_the_close_of_the_day()
    {
        var hire = await world.NewHire();

        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        (await world.Read(db => db.Set<Obligation>().AnyAsync(row => row.Visit == admission.Id))).ShouldBeFalse();
        await Finish(admission);

        var obligation = await world.Read(db => db.Set<Obligation>().SingleAsync(row => row.Visit == admission.Id));
        obligation.DueAt.ShouldBe(new DateTime(2026, 11, 23, 10, 30, 0), "16:00 in India");
    }

    [Fact]
    public async Task A_hold_refuses_the_admission_and_the_decision_is_kept_with_every_rule()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(HoldKind.Court, "Order 12 of 2026", null, "12/2026"), default));

        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));

        admission.State.ShouldBe(VisitState.Refused);
        admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["hold"]);
        (await Inside()).ShouldBe(0);
        var stored = await world.Read(db => db.Set<Decision>().SingleAsync(row => row.Id == admission.Decision));
        stored.Rules.ShouldContain("locker-closed");
        stored.Policy.ShouldNotBeEmpty();
        var story = await world.Read(db => db.TimelineOf(Subject.Of(hire.Locker), null, 20, default));
        story[0].Kind.ShouldBe("access.admission-refused");
        story[0].Data["refused"].ShouldBe("hold");
    }

    [Fact]
    public async Task A_warning_wants_a_note_before_the_hirer_is_admitted()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<UpdatePapers, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(null, null, null), default),
            version: await world.Read(db => db.AgreementFacts().Where(row => row.Id == hire.Agreement).Select(row => row.Version).SingleAsync()));
        var visit = await Bank.Identify(await Bank.CheckIn(hire));

        (await Refused<Admit, Admission>(Bank.Custodian, slice => slice.Handle(visit.Id, new(null), default), visit.Version)).ShouldBe("access.note-needed");
        var admission = await Bank.Admit(visit, "Papers promised for Friday.");

        admission.State.ShouldBe(VisitState.Admitted);
        admission.Result.ShouldBe(Answer.Warn);
        await Finish(admission);
    }

    [Fact]
    public async Task A_custodian_who_is_a_party_cannot_serve_the_visit()
    {
        var locker = await world.NewHire();
        await world.Lab.Do<RecordDueDiligence, Done>(Bank.Manager.Person, slice => slice.Handle(Bank.Custodian.Person, new(new(2028, 11, 23)), default), version: 1);
        var own = await world.Lab.Do<MakeAgreement, AgreementMade>(Bank.Manager.Person, slice => slice.Handle(
            new(Bank.Lockers[^1], Bank.Custodian.Person, "MGR/own", new(2026, 11, 23), new(2026, 11, 23), new(2026, 11, 23), new(2027, 11, 22)), default));
        var hire = locker with { Hirer = Bank.Custodian.Person, Agreement = own.Id };

        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)), "own locker");

        admission.State.ShouldBe(VisitState.Refused);
        admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["custodian-independent"]);
    }

    [Fact]
    public async Task An_officer_without_the_guard_key_cannot_admit()
    {
        var hire = await world.NewHire();
        var visit = await Bank.Identify(await Bank.CheckIn(hire));

        var admission = await world.Lab.Do<Admit, Admission>(Bank.SecondCustodian.Person, slice => slice.Handle(visit.Id, new(null), default), visit.Version);

        admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["guard-key"]);
    }

    [Fact]
    public async Task Each_act_but_leaving_alone_is_undone_until_the_next()
    {
        var hire = await world.NewHire();
        var visit = await Bank.Identify(await Bank.CheckIn(hire));
        visit = await Undo(visit);
        visit.State.ShouldBe(VisitState.Waiting);
        var admission = await Bank.Admit(await Bank.Identify(visit));
        (await Inside()).ShouldBe(1);
        visit = await Undo(new(admission.Id, admission.State, admission.Version));
        (await Inside()).ShouldBe(0);
        admission = await Bank.Admit(visit);
        var alone = await Bank.LeaveAlone(admission.Id, admission.Version);

        (await Refused<UndoAct, VisitStep>(Bank.Custodian, slice => slice.Handle(alone.Id, default), alone.Version)).ShouldBe("access.act-does-not-fit");
        var locked = await Bank.LockUp(await Undo(await Bank.LockUp(alone)));
        var closed = await Bank.CheckOut(await Undo(await Bank.CheckOut(locked)));

        closed.State.ShouldBe(VisitState.Closed);
        (await Inside()).ShouldBe(0);
        (await world.Read(db => db.Set<Decision>().CountAsync(row => row.Visit == visit.Id))).ShouldBe(2, "an undone decision is kept");
    }

    [Fact]
    public async Task An_act_cannot_be_undone_after_the_minutes_of_the_policy()
    {
        var hire = await world.NewHire();
        var visit = await Bank.Identify(await Bank.CheckIn(hire));
        world.Clock.Advance(TimeSpan.FromMinutes(11));

        (await Refused<UndoAct, VisitStep>(Bank.CounterOfficer, slice => slice.Handle(visit.Id, default), visit.Version)).ShouldBe("access.undo-too-late");
    }

    [Fact]
    public async Task One_locker_has_one_open_visit()
    {
        var hire = await world.NewHire();
        await Bank.CheckIn(hire);

        (await Refused<CheckIn, VisitStep>(Bank.CounterOfficer, slice => slice.Handle(new(hire.Agreement, hire.Hirer), default))).ShouldBe("access.locker-in-visit");
    }

    [Fact]
    public async Task Who_leaves_the_counter_ends_the_visit_and_may_come_again()
    {
        var hire = await world.NewHire();
        var visit = await Bank.CheckIn(hire);

        var left = await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person,
            slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, "forgot the key at home"), default), visit.Version);

        left.State.ShouldBe(VisitState.Left);
        (await Bank.CheckIn(hire)).State.ShouldBe(VisitState.Waiting);
    }

    [Fact]
    public async Task An_act_says_which_version_it_saw()
    {
        var hire = await world.NewHire();
        var visit = await Bank.CheckIn(hire);
        await Bank.Identify(visit);

        (await Refused<Admit, Admission>(Bank.Custodian, slice => slice.Handle(visit.Id, new(null), default))).ShouldBe("version-missing");
        (await Refused<Admit, Admission>(Bank.Custodian, slice => slice.Handle(visit.Id, new(null), default), visit.Version)).ShouldBe("stale");
    }

    [Fact]
    public async Task A_visit_of_another_branch_does_not_exist_for_an_officer()
    {
        var hire = await world.NewHire();
        var visit = await Bank.CheckIn(hire);

        (await Refused<Identify, VisitStep>(Bank.Admin, slice => slice.Handle(visit.Id, new(IdentityCheck.KnownToOfficer, OperatorSign.SlipSigned), default), visit.Version))
            .ShouldBe("not-found");
        (await Refused<CheckIn, VisitStep>(Bank.Auditor, slice => slice.Handle(new(hire.Agreement, hire.Hirer), default))).ShouldBe("not-found");
    }

    [Fact]
    public async Task A_refusal_stands_in_the_lockers_timeline_with_its_code()
    {
        var hire = await world.NewHire();
        await Bank.CheckIn(hire);

        await Refused<CheckIn, VisitStep>(Bank.CounterOfficer, slice => slice.Handle(new(hire.Agreement, hire.Hirer), default));

        var last = (await world.Read(db => db.TimelineOf(Subject.Of(hire.Locker), null, 1, default)))[0];
        last.Kind.ShouldBe("refused");
        last.Data["code"].ShouldBe("access.locker-in-visit");
        last.Actor.ShouldBe(Bank.CounterOfficer.Person);
    }

    [Fact]
    public async Task A_decision_can_never_be_changed()
    {
        await Finish(await Bank.Admit(await Bank.Identify(await Bank.CheckIn(await world.NewHire()))));

        var thrown = await Should.ThrowAsync<Exception>(() => world.Read(db => db.Database.ExecuteSqlRawAsync("UPDATE access_decision SET result = 'Pass'")));

        thrown.Message.ShouldContain("append-only");
    }

    private Task<VisitStep> Undo(VisitStep visit) =>
        world.Lab.Do<UndoAct, VisitStep>(Bank.Custodian.Person, slice => slice.Handle(visit.Id, default), visit.Version);

    private async Task Finish(Admission admission) =>
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));

    private Task<int> Inside() => world.Read(db => db.VaultFacts().Where(vault => vault.Id == Bank.Vault).Select(vault => vault.PartiesInside).SingleAsync());

    private Task<string?> Refused<THandler, T>(Player who, Func<THandler, Task<Outcome<T>>> act, long? version = null) where THandler : notnull =>
        world.Lab.As(who.Person, async services => (await act(services.GetRequiredService<THandler>())).Refusal?.Code, version);
}

public sealed class Visits_on_sqlite(OpenDayWorld<Sqlite> world) : VisitTests<Sqlite>(world);

public sealed class Visits_on_postgres(OpenDayWorld<Postgres> world) : VisitTests<Postgres>(world);
