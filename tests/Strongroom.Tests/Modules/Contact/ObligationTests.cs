using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

/// <summary>Two branches; at MG Road the day is open.</summary>
public class AlertWorld<TEngine> : TwoBranches<TEngine> where TEngine : IEngine
{
    private BranchDayId day;
    private int visits, served;

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Add(act =>
        {
            day = act.NewId<Noun.BranchDay>();
            return [new BranchDay
            {
                Id = day, Branch = MgRoad, Date = new(2026, 11, 23), OpenedAt = act.Now, OpenedBy = Custodian.Person!.Value, OpenedWith = Manager.Person!.Value,
            }];
        });
    }

    /// <summary>A hirer opens their locker now; told they must be by the end of the next hour.</summary>
    public async Task<(VisitId Visit, PersonId Hirer)> Opened(string name, string? email = "", string? mobile = null)
    {
        var person = await Person(name, email, mobile);
        var number = Interlocked.Increment(ref visits);
        var locker = Lockers[number];
        var made = await By(Clerk, (MakeAgreement make) => make.Handle(new(locker, person, $"C/{number}", new(2026, 11, 23), null, null, null), default)).Fine();
        return (await Open(made.Id, locker, person), person);
    }

    public Task<VisitId> Open(AgreementId agreement, LockerId locker, PersonId person) => In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = Act(services);
        var row = new Visit
        {
            Id = act.NewId<Noun.Visit>(),
            Party = act.NewId<Noun.Visit>(),
            Day = day,
            Branch = MgRoad,
            Vault = new(Guid.Empty),
            Locker = locker,
            Agreement = agreement,
            Operator = person,
            Number = Interlocked.Increment(ref served),
            State = VisitState.Closed,
            ArrivedAt = act.Now,
            EndedAt = act.Now,
        };
        db.Add(row);
        await act.Raise(db, new LockerOpened(row.Id, MgRoad, agreement, locker, person, act.Now, act.Now.AddHours(1)), default);
        await db.SaveChangesAsync();
        return row.Id;
    });

    public Task<int> Relay() => App.Services.GetRequiredService<Relay>().RunOnce(Clock.UtcNow(), default);

    public Task LookForPastDue() => In(async services =>
    {
        await services.GetRequiredService<MarkObligationsPastDue>().Run(Clock.UtcNow(), default);
        return 0;
    });

    public Task<ObligationFacts> Obligation(VisitId visit) => Read(db => db.ObligationFacts().SingleAsync(row => row.Visit == visit));
}

public abstract class ObligationTests<TEngine>(AlertWorld<TEngine> bank) : IClassFixture<AlertWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task When_a_locker_is_opened_its_hirer_must_be_told_and_is_when_the_mail_server_took_the_message()
    {
        var (visit, _) = await bank.Opened("Asha Rao");
        var raised = await bank.Obligation(visit);
        (raised.State, raised.DueAt, raised.Addressees, raised.Told).ShouldBe((ObligationState.Due, bank.Clock.UtcNow().AddHours(1), 1, 0));

        bank.Clock.Advance(TimeSpan.FromMinutes(1));
        await bank.Relay();

        var met = await bank.Obligation(visit);
        (met.State, met.MetAt, met.Told).ShouldBe((ObligationState.Met, bank.Clock.UtcNow(), 1));
        (await bank.Timeline(visit)).ShouldBe(["contact.obligation-raised", "contact.told", "contact.obligation-met"]);
    }

    [Fact]
    public async Task The_message_says_when_where_which_locker_who_and_how_to_complain()
    {
        var now = bank.Clock.UtcNow();
        var (visit, hirer) = await bank.Opened("Lakshmi Narayanan");

        var body = await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var message = await db.Set<Message>().AsNoTracking().SingleAsync(row => row.To == hirer);
            (message.Purpose, message.Branch).ShouldBe(("visit-alert", bank.MgRoad));
            return (await services.GetRequiredService<Seals>().KeyOf(db, hirer, default)).Open("message.body", message.Id.Value, message.Body);
        });

        var local = now.InZone("Asia/Kolkata");
        body.ShouldContain("Dear Lakshmi Narayanan");
        body.ShouldContain($"{local:HH:mm} (IST)");
        body.ShouldContain("November 2026");
        body.ShouldContain("at MG Road");
        body.ShouldContain("Opened by: you");
        body.ShouldContain("complain");
        body.ShouldContain("http://localhost:5080/complaint/");
        body.ShouldContain("freeze");
        (await bank.Obligation(visit)).State.ShouldBe(ObligationState.Due);
    }

    [Fact]
    public async Task Who_has_no_email_address_cannot_be_told_and_after_the_deadline_a_manager_answers_for_it()
    {
        var (visit, _) = await bank.Opened("Without Mail", email: null);
        await bank.Relay();

        bank.Clock.Advance(TimeSpan.FromHours(1));
        await bank.LookForPastDue();
        (await bank.Obligation(visit)).State.ShouldBe(ObligationState.Due, "the deadline itself is still in time");
        bank.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await bank.LookForPastDue();

        var late = await bank.Obligation(visit);
        (late.State, late.Owner).ShouldBe((ObligationState.PastDue, bank.Manager.Person));
        (await bank.Timeline(visit)).ShouldBe(["contact.obligation-raised", "contact.obligation-past-due"]);
        var board = await bank.By(bank.Manager, (ReadObligations read) => read.Board(default));
        board.PastDue.Single(line => line.Visit == visit).Owner.ShouldBe("Arjun Shah");
    }

    [Fact]
    public async Task A_message_taken_after_the_deadline_meets_the_obligation_late()
    {
        var (visit, _) = await bank.Opened("Slow Mail");
        bank.Clock.Advance(TimeSpan.FromHours(2));
        await bank.LookForPastDue();
        (await bank.Obligation(visit)).State.ShouldBe(ObligationState.PastDue);

        await bank.Relay();

        var met = await bank.Obligation(visit);
        met.State.ShouldBe(ObligationState.Met);
        met.MetAt!.Value.ShouldBeGreaterThan(met.DueAt);
    }

    [Fact]
    public async Task The_job_run_twice_marks_once()
    {
        var (visit, _) = await bank.Opened("Marked Once", email: null);
        bank.Clock.Advance(TimeSpan.FromHours(2));

        await bank.LookForPastDue();
        await bank.LookForPastDue();

        (await bank.Timeline(visit)).Count(kind => kind == "contact.obligation-past-due").ShouldBe(1);
    }

    [Fact]
    public async Task The_board_shows_a_branch_s_own_obligations()
    {
        var (visit, _) = await bank.Opened("On The Board", email: null);

        (await bank.By(bank.Manager, (ReadObligations read) => read.Board(default))).Due.ShouldContain(line => line.Visit == visit);
        (await bank.By(bank.Auditor, (ReadObligations read) => read.Board(default))).Due.ShouldContain(line => line.Visit == visit);
        (await bank.By(bank.ManagerOfFort, (ReadObligations read) => read.Board(default))).Due.ShouldBeEmpty();
        (await bank.By(bank.Clerk, (ReadObligations read) => read.Board(default))).Due.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operation_makes_one_obligation()
    {
        var (visit, _) = await bank.Opened("Only One");
        var facts = await bank.Obligation(visit);

        await bank.In(services => services.GetRequiredService<Write>().Do<Done>("test.oblige", new { }, act =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var second = new Obligation
            {
                Id = act.NewId<Noun.Obligation>(),
                Branch = facts.Branch,
                Agreement = facts.Agreement,
                Kind = ObligationKind.LockerOpened,
                Locker = bank.Lockers[0],
                ReferenceKind = "visit",
                Reference = visit.Value,
                Visit = visit,
                Operator = null,
                HappenedAt = act.Now,
                RaisedAt = act.Now,
                DueAt = act.Now,
                State = ObligationState.Due,
            };
            db.Add(second);
            db.Append(act, new Event(ContactAudit.Raised).About(second));
            return Task.FromResult<Outcome<Done>>(Done.It);
        }, default)).RefusedWith(409, "changed-meanwhile");
    }
}

public sealed class Obligation_on_sqlite(AlertWorld<Sqlite> bank) : ObligationTests<Sqlite>(bank);

public sealed class Obligation_on_postgres(AlertWorld<Postgres> bank) : ObligationTests<Postgres>(bank);
