using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

public abstract class HireTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static int number;

    [Fact]
    public async Task A_vacant_locker_is_let_and_then_no_longer_vacant()
    {
        var (asha, locker) = (await bank.Person("Asha Rao"), bank.Lockers[0]);

        var made = await Make(locker, asha).Fine();

        (await bank.By(bank.Clerk, (ReadAgreements read) => read.Vacant(default))).ShouldNotContain(vacant => vacant.Id == locker);
        var shown = await bank.By(bank.Clerk, (ReadAgreements read) => read.One(made.Id, default));
        shown!.Parties.ShouldHaveSingleItem().Name.ShouldBe("Asha Rao");
        (shown.BranchName, shown.LockerNumber, shown.Facts.EndedOn).ShouldBe(("MG Road", "1", null));
        (await bank.Timeline(locker)).ShouldBe(["agreements.made"]);
        (await bank.Timeline(asha)).ShouldContain("agreements.made");
        var line = await bank.Read(db => db.AgreementLines(bank.Clock.UtcNow()).SingleAsync(row => row.Person == asha));
        (line.LockerNumber, line.BranchName, line.Held).ShouldBe(("1", "MG Road", false));
    }

    [Fact]
    public async Task A_locker_has_one_hirer_however_many_officers_let_it_at_once()
    {
        var locker = bank.Lockers[1];
        var persons = new List<PersonId>();
        for (var i = 0; i < 4; i++) persons.Add(await bank.Person($"Applicant {i}"));

        var outcomes = await Task.WhenAll(persons.Select(person => Make(locker, person)));

        outcomes.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        outcomes.Where(outcome => outcome.Refusal is not null).ShouldAllBe(outcome => outcome.Refusal!.Code == "agreements.locker-taken");
    }

    [Fact]
    public async Task Even_a_decision_that_looked_before_the_other_was_saved_is_turned_down_by_the_database()
    {
        var (locker, person) = (bank.Lockers[2], await bank.Person("Late Comer"));
        await Make(locker, await bank.Person("Early Bird")).Fine();

        await bank.In(services => services.GetRequiredService<Write>().Do<Done>("test.make", new { }, act =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var agreement = NewRow(act.NewId<Noun.Agreement>(), locker);
            db.Add(agreement);
            db.Append(act, new Event(AgreementsAudit.Made).About(agreement, person));
            return Task.FromResult<Outcome<Done>>(Done.It);
        }, default)).RefusedWith(409, "agreements.locker-taken");
    }

    [Fact]
    public async Task A_number_is_printed_on_one_agreement_of_a_branch()
    {
        await Make(bank.Lockers[3], await bank.Person("One"), paper: "MGR/SAME").Fine();

        var refused = await Make(bank.Lockers[4], await bank.Person("Two"), paper: "MGR/SAME").RefusedWith(409, "agreements.number-taken");
        refused.Field.ShouldBe("Number");
        await bank.By(bank.ManagerOfFort, (MakeAgreement make) => make.Handle(
            new(bank.LockerAtFort, bank.Clerk.Person, "MGR/SAME", Today, null, null, null), default)).Fine();
    }

    [Fact]
    public async Task Without_due_diligence_or_with_an_overdue_one_nobody_gets_a_locker()
    {
        await Make(bank.Lockers[5], await bank.Person("Never", identified: false)).RefusedWith(409, "agreements.due-diligence-missing");
        await Make(bank.Lockers[5], await bank.Person("Due today", review: Today)).RefusedWith(409, "agreements.due-diligence-overdue");
        await Make(bank.Lockers[5], await bank.Person("Due tomorrow", review: Today.AddDays(1))).Fine();
    }

    [Fact]
    public async Task A_locker_of_another_branch_is_none_and_one_under_repair_is_not_let()
    {
        var person = await bank.Person("Elsewhere");
        await Make(bank.LockerAtFort, person).RefusedWith(404, "not-found");
        await bank.By(bank.Custodian, (MakeAgreement make) => make.Handle(Request(bank.Lockers[6], person), default)).RefusedWith(404, "not-found");
        await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            (await db.Set<Locker>().SingleAsync(row => row.Id == bank.Lockers[6])).Condition = LockerCondition.UnderRepair;
            db.Append(bank.Act(services), new Event(AuditKinds.Refused));
            return await db.SaveChangesAsync();
        });

        await Make(bank.Lockers[6], person).RefusedWith(409, "agreements.locker-not-in-service");
        (await bank.By(bank.Clerk, (ReadAgreements read) => read.Vacant(default))).ShouldNotContain(vacant => vacant.Id == bank.Lockers[6]);
    }

    [Fact]
    public async Task An_officer_serves_neither_themselves_nor_a_relative()
    {
        await Make(bank.Lockers[7], bank.Clerk.Person!.Value).RefusedWith(409, "agreements.own-matter");
        var brother = await bank.Person("Brother of Meera");
        var officer = await bank.Read(db => db.Set<Officer>().Where(row => row.Person == bank.Clerk.Person).Select(row => row.Id).SingleAsync());
        await bank.Add(act => [new Relative { Id = act.NewId<Noun.Relative>(), Officer = officer, Person = brother, Relation = Relation.Sibling, DeclaredOn = Today }]);

        await Make(bank.Lockers[7], brother).RefusedWith(409, "agreements.own-matter");
        await bank.By(bank.Manager, (MakeAgreement make) => make.Handle(Request(bank.Lockers[7], brother), default)).Fine();
    }

    [Fact]
    public async Task Papers_are_updated_by_who_saw_them_as_they_are_and_never_dated_ahead()
    {
        var id = (await Make(bank.Lockers[8], await bank.Person("Paper"))).Value!.Id;
        Task<Outcome<Done>> Update(UpdatePapersRequest request, long? seen) =>
            bank.By(bank.Clerk, (UpdatePapers update) => update.Handle(id, request, default), seen);

        await Update(new(Today, Today, Today.AddYears(1)), null).RefusedWith(428, "version-missing");
        (await Update(new(Today.AddDays(1), null, null), 1).RefusedWith(422, "agreements.paper-of-the-future")).Field.ShouldBe("SignedOn");
        await Update(new(Today, Today, Today.AddYears(1)), 1).Fine();
        await Update(new(null, null, null), 1).RefusedWith(412, "stale");
        await bank.By(bank.ManagerOfFort, (UpdatePapers update) => update.Handle(id, new(null, null, null), default), 2).RefusedWith(404, "not-found");

        (await bank.Read(db => db.AgreementFacts().SingleAsync(row => row.Id == id))).RentPaidUntil.ShouldBe(Today.AddYears(1));
    }

    [Fact]
    public async Task A_hire_that_ended_leaves_a_vacant_locker_and_nothing_more_to_change()
    {
        var id = (await Make(bank.Lockers[9], await bank.Person("Leaver"))).Value!.Id;

        await End(id, Today.AddDays(1), 1).RefusedWith(422, "agreements.ends-before-it-starts");
        await End(id, Today.AddDays(-1), 1).RefusedWith(422, "agreements.ends-before-it-starts");
        await End(id, Today, null).RefusedWith(428, "version-missing");
        await End(id, Today, 1).Fine();
        await End(id, Today, 2).RefusedWith(409, "agreements.already-ended");
        await bank.By(bank.Clerk, (UpdatePapers update) => update.Handle(id, new(null, null, null), default), 2).RefusedWith(409, "agreements.already-ended");

        await Make(bank.Lockers[9], await bank.Person("Next")).Fine();
    }

    [Fact]
    public async Task A_hire_does_not_end_while_a_hold_is_in_force_or_a_visit_is_open()
    {
        var person = await bank.Person("Stays");
        var id = (await Make(bank.Lockers[10], person)).Value!.Id;
        await bank.By(bank.Manager, (PlaceHold place) => place.Handle(id, new(HoldKind.Suspicion, "A stranger asked for it", null), default)).Fine();
        await End(id, Today, 2).RefusedWith(409, "agreements.hold-in-force");
        var hold = await bank.Read(db => db.Set<Hold>().Where(row => row.Agreement == id).Select(row => row.Id).SingleAsync());
        await bank.By(bank.Manager, (LiftHold lift) => lift.Handle(id, hold, new("It was a relative"), default)).Fine();

        await bank.Add(act =>
        {
            var day = new BranchDay
            {
                Id = act.NewId<Noun.BranchDay>(),
                Branch = bank.MgRoad,
                Date = Today,
                OpenedAt = act.Now,
                OpenedBy = bank.Custodian.Person!.Value,
                OpenedWith = bank.Manager.Person!.Value,
            };
            return [day, OpenVisit(act, day.Id, id, person)];
        });

        await End(id, Today, 3).RefusedWith(409, "access.visit-is-open");
        (await bank.Read(db => db.AgreementFacts().SingleAsync(row => row.Id == id))).EndedOn.ShouldBeNull();
    }

    [Fact]
    public async Task A_party_of_a_hire_is_an_account_holder_until_it_ends()
    {
        var person = await bank.Person("Account Holder");
        Task<IReadOnlyList<RoleGrant>> Grants() => bank.In(services =>
            services.GetServices<IRoleSource>().OfType<AccountHolderRoles>().Single().GrantsOf(person, bank.Clock.UtcNow(), default));
        (await Grants()).ShouldBeEmpty();

        var id = (await Make(bank.Lockers[11], person)).Value!.Id;
        var grant = (await Grants()).ShouldHaveSingleItem();
        grant.Role.ShouldBe("AccountHolder");
        grant.Rights.ShouldBe(["account.read", "account.freeze"], ignoreOrder: true);

        await End(id, Today, 1).Fine();
        (await Grants()).ShouldBeEmpty();
    }

    private Task<Outcome<AgreementMade>> Make(LockerId locker, PersonId person, string? paper = null) =>
        bank.By(bank.Clerk, (MakeAgreement make) => make.Handle(Request(locker, person, paper), default));

    private static MakeAgreementRequest Request(LockerId locker, PersonId person, string? paper = null) =>
        new(locker, person, paper ?? $"MGR/{Interlocked.Increment(ref number)}", Today, null, null, null);

    private Task<Outcome<Done>> End(AgreementId id, DateOnly lastDay, long? version) =>
        bank.By(bank.Clerk, (EndAgreement end) => end.Handle(id, new(lastDay), default), version);

    private Agreement NewRow(AgreementId id, LockerId locker) => new()
    {
        Id = id,
        Number = $"ROW/{id}"[..30],
        Branch = bank.MgRoad,
        Locker = locker,
        Mandate = Mandate.Single,
        StartsOn = Today,
    };

    private Visit OpenVisit(Act act, BranchDayId day, AgreementId agreement, PersonId person) => new()
    {
        Id = act.NewId<Noun.Visit>(),
        Party = act.NewId<Noun.Visit>(),
        Day = day,
        Branch = bank.MgRoad,
        Vault = new(Guid.Empty),
        Locker = bank.Lockers[10],
        Agreement = agreement,
        Operator = person,
        Number = 1,
        State = VisitState.Waiting,
        ArrivedAt = act.Now,
    };
}

public sealed class Hire_on_sqlite(TwoBranches<Sqlite> bank) : HireTests<Sqlite>(bank);

public sealed class Hire_on_postgres(TwoBranches<Postgres> bank) : HireTests<Postgres>(bank);
