using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web.Widgets;

namespace Strongroom.Tests.Modules.Staff;

public abstract class StaffTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    private static int numbers;

    [Fact]
    public async Task An_officer_is_entered_as_a_new_person_or_as_one_whom_the_bank_knows()
    {
        var added = await NewOfficer("Uma Pillai");
        (await One(added.Id))!.Name.ShouldBe("Uma Pillai");
        (await bank.LastEvent(added.Id)).ShouldContain("staff.officer-added");

        await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(added.Person, null, "X-1"), default)).RefusedWith(409, "staff.officer-already");
        await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Other" }, "S-001"), default)).RefusedWith(409, "staff.number-taken");
        await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, null, "X-2"), default)).RefusedWith(422, "staff.person-or-new");
        await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(new(new("01900000-0000-7000-8000-00000000dead")), null, "X-3"), default)).RefusedWith(404, "not-found");
        await bank.By(bank.Manager, (AddOfficer add) => add.Handle(new(null, new() { Name = "Other" }, "X-4"), default)).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task A_posting_gives_its_roles_rights_at_its_branch_and_nowhere_else()
    {
        var officer = await NewOfficer("Vikram Rao");
        (await bank.SignedIn(officer.Person)).Grants.ShouldBeEmpty();

        await Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today).Fine();

        var actor = await bank.SignedIn(officer.Person);
        actor.MayAt("access.serve", bank.MgRoad).ShouldBeTrue();
        actor.MayAt("access.serve", bank.Fort).ShouldBeFalse();
        actor.MayAt("customers.write", bank.MgRoad).ShouldBeFalse();
    }

    [Fact]
    public async Task A_posting_begins_on_its_first_day_in_the_branchs_zone_and_ends_before_its_last()
    {
        var own = new OfficeWorld<TEngine>();
        await own.InitializeAsync();
        await using var _ = own;
        var officer = await own.By(own.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Wasim Khan" }, "W-1"), default)).Fine();
        await own.By(own.Admin, (PostOfficer post) => post.Handle(officer.Id, new(own.MgRoad, Role.CounterOfficer, new(2026, 11, 25), new(2026, 11, 26)), default)).Fine();

        // India is five and a half hours ahead of Greenwich.
        foreach (var (utc, inForce) in new[] { ("2026-11-24T18:29", false), ("2026-11-24T18:30", true), ("2026-11-25T18:29", true), ("2026-11-25T18:30", false) })
        {
            own.Clock.SetUtcNow(DateTimeOffset.Parse(utc + ":00Z"));
            (await own.SignedIn(officer.Person)).Grants.Any().ShouldBe(inForce, utc);
        }
    }

    [Fact]
    public async Task Duties_that_belong_apart_are_refused_with_both_named()
    {
        var officer = await NewOfficer("Xavier Pinto");
        await Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today).Fine();

        var refusal = await Post(officer.Id, bank.MgRoad, Role.Manager, bank.Today).RefusedWith(409, "staff.duties-conflict");
        refusal.Title.ShouldBe("One person may not be manager and custodian at the same place.");
        await Post(officer.Id, null, Role.Auditor, bank.Today).RefusedWith(409, "staff.duties-conflict");
        await Post(officer.Id, bank.Fort, Role.Manager, bank.Today).Fine();
        await Post(officer.Id, bank.MgRoad, Role.CounterOfficer, bank.Today).Fine();
    }

    [Fact]
    public async Task Two_postings_at_the_same_moment_do_not_slip_past_each_other()
    {
        var officer = await NewOfficer("Yusuf Ali");

        var race = await Task.WhenAll(Post(officer.Id, bank.MgRoad, Role.Manager, bank.Today), Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today));

        race.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        race.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBe("staff.duties-conflict");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_role_is_held_once_at_a_place_and_again_after_its_end(bool atBranch)
    {
        var officer = await NewOfficer("Zoya Mirza");
        BranchId? where = atBranch ? bank.MgRoad : null;
        var first = await Post(officer.Id, where, Role.Security, bank.Today).Fine();

        await Post(officer.Id, where, Role.Security, bank.Today).RefusedWith(409, "staff.posted-already");
        await bank.By(bank.Admin, (EndPosting end) => end.Handle(first.Id!.Value, default)).Fine();
        await bank.By(bank.Admin, (EndPosting end) => end.Handle(first.Id!.Value, default)).RefusedWith(404, "not-found");
        (await bank.SignedIn(officer.Person)).Grants.ShouldBeEmpty();

        var race = await Task.WhenAll(Post(officer.Id, where, Role.Security, bank.Today), Post(officer.Id, where, Role.Security, bank.Today));
        race.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        race.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBe("staff.posted-already");
    }

    [Fact]
    public async Task A_posting_is_neither_in_the_past_nor_more_than_a_year_ahead_nor_upside_down_nor_an_administrators_at_a_branch()
    {
        var officer = await NewOfficer("Asha Kini");

        await Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today.AddDays(-1)).RefusedWith(422, "staff.posting-in-the-past");
        await Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today, bank.Today).RefusedWith(422, "staff.posting-ends-too-early");
        foreach (var far in new[] { bank.Today.AddYears(1).AddDays(1), DateOnly.MaxValue }) await Post(officer.Id, bank.MgRoad, Role.Custodian, far).RefusedWith(422, "staff.posting-too-far-ahead");
        await Post(officer.Id, bank.MgRoad, Role.Security, bank.Today.AddYears(1)).Fine();
        await Post(officer.Id, bank.MgRoad, Role.Admin, bank.Today).RefusedWith(422, "staff.whole-bank-only");
        await Post(officer.Id, new(new("01900000-0000-7000-8000-00000000dead")), Role.Custodian, bank.Today).RefusedWith(404, "not-found");
        await bank.By(bank.Manager, (PostOfficer post) => post.Handle(officer.Id, new(bank.MgRoad, Role.Custodian, bank.Today, null), default)).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task Who_leaves_loses_every_posting_at_once()
    {
        var officer = await NewOfficer("Bina Shetty");
        await Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today).Fine();
        var version = (await One(officer.Id))!.Version;

        await bank.By(bank.Admin, (OfficerLeaves leave) => leave.Handle(officer.Id, default)).RefusedWith(428, "version-missing");
        await bank.By(bank.Admin, (OfficerLeaves leave) => leave.Handle(officer.Id, default), version - 1).RefusedWith(412, "stale");
        await bank.By(bank.Admin, (OfficerLeaves leave) => leave.Handle(officer.Id, default), version).Fine();

        (await bank.SignedIn(officer.Person)).Grants.ShouldBeEmpty();
        await Post(officer.Id, bank.MgRoad, Role.Custodian, bank.Today).RefusedWith(404, "not-found");
        (await bank.LastEvent(officer.Id)).ShouldContain("staff.officer-left");
    }

    [Fact]
    public async Task Training_is_recorded_with_its_last_day()
    {
        var officer = await NewOfficer("Chetan Desai");

        await Train(officer.Id, TrainingKind.Vault, bank.Today.AddDays(2), new(2027, 3, 31)).RefusedWith(422, "staff.training-in-future");
        await Train(officer.Id, TrainingKind.Vault, bank.Today, bank.Today.AddDays(-1)).RefusedWith(422, "staff.training-ends-too-early");
        await bank.By(bank.Manager, (RecordTraining record) => record.Handle(officer.Id, new(TrainingKind.Vault, bank.Today, new(2027, 3, 31)), default)).RefusedWith(403, "not-allowed");
        await Train(officer.Id, TrainingKind.Vault, bank.Today, new(2027, 3, 31)).Fine();
        await Train(officer.Id, TrainingKind.Fire, bank.Today, new(2029, 3, 31)).Fine();
        (await bank.LastEvent(officer.Id)).ShouldContain("staff.training-recorded");
        (await One(officer.Id))!.Trainings.Count.ShouldBe(2);
        (await bank.Read(db => db.OfficerFacts().SingleAsync(row => row.Id == officer.Id))).TrainedUntil.ShouldBe(new DateOnly(2027, 3, 31));
    }

    [Fact]
    public async Task Training_that_ended_and_declarations_a_year_old_are_due_at_the_branch()
    {
        var officer = await NewOfficer("Farah Khan");
        await Post(officer.Id, bank.Fort, Role.Custodian, bank.Today).Fine();
        var me = await bank.SignedIn(officer.Person, "Farah Khan");
        (await Due(officer.Id, bank.Today)).ShouldBe([(StaffDueKind.Training, TrainingKind.Vault, null), (StaffDueKind.Declaration, null, null)], ignoreOrder: true);

        await Train(officer.Id, TrainingKind.Vault, bank.Today, bank.Today.AddDays(100)).Fine();
        await bank.By(bank.ManagerOfFort, (ConfirmRelatives confirm) => confirm.Handle(officer.Id, default)).RefusedWith(404, "not-found");
        await bank.By(me, (ConfirmRelatives confirm) => confirm.Handle(officer.Id, default)).Fine();

        (await bank.LastEvent(officer.Id)).ShouldContain("staff.relatives-confirmed");
        (await Due(officer.Id, bank.Today.AddDays(100))).ShouldBeEmpty();
        (await Due(officer.Id, bank.Today.AddDays(101))).ShouldBe([(StaffDueKind.Training, TrainingKind.Vault, bank.Today.AddDays(100))]);
        (await Due(officer.Id, bank.Today.AddYears(1))).Select(due => due.Kind).ShouldBe([StaffDueKind.Training, StaffDueKind.Declaration]);
        (await bank.Read(db => db.StaffDue(bank.MgRoad, bank.Today, default))).ShouldNotContain(due => due.Officer == officer.Id);
    }

    [Fact]
    public async Task Everyone_of_the_bank_can_be_posted_and_an_ended_posting_stays_on_record()
    {
        var officer = await NewOfficer("Gita Pillai");
        foreach (var role in new[] { Role.Security, Role.CounterOfficer })
            await Post(officer.Id, bank.MgRoad, role, bank.Today, bank.Today.AddYears(1)).Fine();
        var posting = (await One(officer.Id))!.Postings.Single(one => one.Role == Role.Security);

        await bank.By(bank.Admin, (EndPosting end) => end.Handle(posting.Id, default)).Fine();

        var after = (await One(officer.Id))!;
        after.Postings.Select(one => one.Role).ShouldBe([Role.CounterOfficer]);
        after.Former.Single().ShouldBe(posting with { EndedAt = bank.Clock.UtcNow() });
    }

    private Task<Outcome<TrainingRecorded>> Train(OfficerId officer, TrainingKind kind, DateOnly done, DateOnly until) =>
        bank.By(bank.Admin, (RecordTraining record) => record.Handle(officer, new(kind, done, until), default));

    private async Task<IReadOnlyList<(StaffDueKind Kind, TrainingKind? Training, DateOnly? Since)>> Due(OfficerId officer, DateOnly date) =>
        [.. (await bank.Read(db => db.StaffDue(bank.Fort, date, default))).Where(due => due.Officer == officer).Select(due => (due.Kind, due.Training, due.Since))];

    [Fact]
    public async Task An_officer_declares_a_relative_by_their_customer_number_and_cannot_take_it_back_alone()
    {
        var sister = await Customer("Sita Das", "900001");
        var me = await OfficerOf(bank.Custodian);

        var declared = await Declare(bank.Custodian, me, "900001").Fine();

        (await bank.Read(db => db.RelativesOf(bank.Custodian.Person!.Value).ToListAsync())).ShouldBe([sister]);
        (await bank.LastEvent(sister)).ShouldContain("staff.relative-declared");
        await Declare(bank.Custodian, me, "900001").RefusedWith(409, "staff.declared-already");
        await bank.By(bank.Custodian, (WithdrawRelative withdraw) => withdraw.Handle(declared.Id, default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.ManagerOfFort, (WithdrawRelative withdraw) => withdraw.Handle(declared.Id, default)).RefusedWith(404, "not-found");
        await bank.By(bank.Manager, (WithdrawRelative withdraw) => withdraw.Handle(declared.Id, default)).Fine();
        (await bank.Read(db => db.RelativesOf(bank.Custodian.Person!.Value).ToListAsync())).ShouldBeEmpty();
        await Declare(bank.Custodian, me, "900001").Fine();
    }

    [Fact]
    public async Task Whom_an_officer_may_declare_has_a_customer_number_that_is_not_their_own()
    {
        var me = await OfficerOf(bank.SecondCustodian);

        await Declare(bank.SecondCustodian, me, "999999").RefusedWith(422, "staff.no-such-customer");
        await Declare(bank.Counter, me, "999999").RefusedWith(404, "not-found");
        await Declare(bank.Admin, me, "999999").RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Relatives_are_shown_to_the_branchs_manager_and_not_to_head_office()
    {
        var me = await OfficerOf(bank.SecondCustodian);

        (await bank.By(bank.Admin, (ReadStaff read) => read.One(me, default)))!.Relatives.ShouldBeNull();
        (await bank.By(bank.Manager, (ReadStaff read) => read.One(me, default)))!.Relatives.ShouldNotBeNull();
        (await bank.By(bank.ManagerOfFort, (ReadStaff read) => read.One(me, default))).ShouldBeNull();
    }

    [Fact]
    public async Task A_manager_sees_the_staff_of_their_branch_and_finds_them_by_a_part_of_the_name()
    {
        var (mine, _) = await bank.By(bank.ManagerOfFort, (ReadStaff read) => read.Page(null, left: false, ListQuery.From(null, null), ReadStaff.PageSize, default));
        mine.ShouldContain(officer => officer.Name == "Nisha Rao");
        mine.ShouldNotContain(officer => officer.Name == "Kabir Das");

        var (found, total) = await bank.By(bank.Admin, (ReadStaff read) => read.Page("kabir", left: false, ListQuery.From(null, null), ReadStaff.PageSize, default));
        total.ShouldBe(1);
        found.Single().ShouldSatisfyAllConditions(
            officer => officer.Name.ShouldBe("Kabir Das"), officer => officer.Postings.Single().BranchName.ShouldBe("MG Road"), officer => officer.SignsIn.ShouldBeFalse());
    }

    private Task<OfficerAdded> NewOfficer(string name) =>
        bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = name }, $"N{Interlocked.Increment(ref numbers)}-{name[..3]}"), default)).Fine();

    private Task<OfficerDetail?> One(OfficerId id) => bank.By(bank.Admin, (ReadStaff read) => read.One(id, default));

    private Task<Outcome<OfficerPosted>> Post(OfficerId officer, BranchId? branch, Role role, DateOnly from, DateOnly? until = null) =>
        bank.By(bank.Admin, (PostOfficer post) => post.Handle(officer, new(branch, role, from, until), default));

    private Task<Outcome<RelativeDeclared>> Declare(Actor actor, OfficerId officer, string number) =>
        bank.By(actor, (DeclareRelative declare) => declare.Handle(officer, new(number, Relation.Sibling), default));

    private Task<OfficerId> OfficerOf(Actor actor) => bank.Read(db => db.OfficerFacts().Where(row => row.Person == actor.Person).Select(row => row.Id).SingleAsync());

    private Task<PersonId> Customer(string name, string number) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var person = await db.Register(bank.Act(services), new() { Name = name, Cif = number }, default);
        await db.SaveChangesAsync();
        return person.Value;
    });
}

public sealed class Staff_on_sqlite(OfficeWorld<Sqlite> bank) : StaffTests<Sqlite>(bank);

public sealed class Staff_on_postgres(OfficeWorld<Postgres> bank) : StaffTests<Postgres>(bank);
