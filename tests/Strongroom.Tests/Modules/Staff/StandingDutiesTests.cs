using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Staff;

/// <summary>Roles that belong apart and stand together nevertheless, because no act of ours made them.</summary>
public abstract class StandingDutiesTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private static readonly AuditKind Altered = new("test.altered", "Altered");

    private int officers;

    private DateOnly Today => Lab.Now.DateIn("Asia/Kolkata");

    [Fact]
    public async Task A_role_that_stands_beside_one_it_belongs_apart_from_grants_nothing()
    {
        var officer = await NewOfficer();
        var first = await Put(officer, Role.Custodian, Bank.Branch, Today.AddDays(-30));
        await Put(officer, Role.Manager, Bank.Branch, Today.AddDays(-3));
        await Put(officer, Role.CounterOfficer, Bank.Branch, Today);

        (await RolesOf(officer.Person)).ShouldBe(["CounterOfficer", "Custodian"], "what does not conflict counts");
        (await Read(db => db.PersonsWith("access.warnings", Bank.Branch, Today).ToListAsync())).ShouldNotContain(officer.Person);

        await Lab.Do<EndPosting, Done>(Bank.Admin.Person, slice => slice.Handle(first, default));
        (await RolesOf(officer.Person)).ShouldBe(["CounterOfficer", "Manager"], "nothing keeps it from counting any more");
    }

    [Fact]
    public async Task Of_two_that_begin_on_one_day_neither_grants_anything()
    {
        var officer = await NewOfficer();
        await Put(officer, Role.Security, Bank.Branch, Today);
        await Put(officer, Role.Custodian, Bank.Branch, Today);

        (await RolesOf(officer.Person)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_request_finds_and_what_is_asked_of_others_are_the_same_for_every_two_roles()
    {
        foreach (var (one, other) in from one in Enum.GetValues<Role>() from other in Enum.GetValues<Role>() where one != other select (one, other))
        {
            var officer = await NewOfficer();
            await Put(officer, one, null, Today.AddDays(-2));
            await Put(officer, other, other == Role.Admin ? null : Bank.Branch, Today.AddDays(-1));

            var asked = await Read(db => db.PostedAt(Bank.Branch, Today).Where(posting => posting.Person == officer.Person).Select(posting => posting.Role).ToListAsync());

            asked.Select(role => role.ToString()).Order().ToList().ShouldBe(await RolesOf(officer.Person), $"{one} and {other}");
            asked.Count.ShouldBe(Duties.Conflict(one, other) ? 1 : 2, $"{one} and {other}");
        }
    }

    [Fact]
    public async Task Whoever_must_know_hears_of_it_and_the_log_once()
    {
        var officer = await NewOfficer();
        var manager = await Put(officer, Role.Manager, Bank.Branch, Today.AddDays(-3));
        using var admin = await this.SignIn(Bank.Admin);
        (await admin.GetStringAsync("/office/work")).ShouldContain("Nothing waits for you");
        (await admin.GetStringAsync("/office/duties")).ShouldNotContain("grants nothing");
        (await VerbRun.Of(VerbOptions("doctor"))).Output.ShouldContain("Nobody holds roles that belong apart.");

        var custodian = await Put(officer, Role.Custodian, Bank.Branch, Today);
        for (var night = 0; night < 2; night++) await Run<ReportDutiesClashes>();

        (await Read(db => db.TimelineOf(Subject.Of(custodian), null, 100, default))).Count(happened => happened.Kind == "staff.duties-clash").ShouldBe(1);
        (await Read(db => db.TimelineOf(Subject.Of(manager), null, 100, default))).Count(happened => happened.Kind == "staff.duties-clash").ShouldBe(1);
        (await admin.GetStringAsync("/office/work")).ShouldContain("1 posting that grants nothing");
        (await admin.GetStringAsync("/office/duties")).ShouldSatisfyAllConditions(page => page.ShouldContain("One posting grants nothing"), page => page.ShouldContain($"/office/staff/{officer.Id}"));
        var clash = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/duties")).GetProperty("clashes")[0];
        (clash.GetProperty("role").GetString(), clash.GetProperty("other").GetString()).ShouldBe(("Custodian", "Manager"));
        var doctor = await VerbRun.Of(VerbOptions("doctor"));
        doctor.Output.Split('\n').ShouldContain(line => line.StartsWith("WARN  duties apart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manager_sees_the_clashes_of_their_own_branch_and_no_other()
    {
        var (here, elsewhere) = (await NewOfficer(), await NewOfficer());
        await Put(here, Role.Security, Bank.Branch, Today);
        await Put(here, Role.Custodian, Bank.Branch, Today.AddDays(1));
        await Put(elsewhere, Role.Security, null, Today);
        await Put(elsewhere, Role.Auditor, null, Today.AddDays(1));

        (await Lab.As(Bank.Manager.Person, services => services.GetRequiredService<ReadDuties>().Clashes(default))).Select(clash => clash.Officer).ShouldBe([here.Id]);
        (await Lab.As(Bank.Auditor.Person, services => services.GetRequiredService<ReadDuties>().Clashes(default))).Select(clash => clash.Officer).ShouldBe([here.Id, elsewhere.Id], ignoreOrder: true);
    }

    private Task<OfficerAdded> NewOfficer() =>
        Lab.Do<AddOfficer, OfficerAdded>(Bank.Admin.Person, slice => slice.Handle(new(null, new() { Name = $"Officer {++officers}" }, $"D-{officers}"), default));

    // As an import would, or a hand in the database.
    private Task<PostingId> Put(OfficerAdded officer, Role role, BranchId? branch, DateOnly from) => In(async services =>
    {
        var (db, act) = (services.GetRequiredService<StrongroomDb>(), services.GetRequiredService<SystemActs>().At(Clock.UtcNow()));
        var posting = new Posting { Id = act.NewId<Noun.Posting>(), Officer = officer.Id, Branch = branch, Role = role, From = from, RecertifyBy = DateOnly.MaxValue, LapsesOn = DateOnly.MaxValue };
        db.Add(posting);
        db.Append(act, new Event(Altered).About(officer.Id));
        await db.SaveChangesAsync();
        return posting.Id;
    });

    private Task<List<string>> RolesOf(PersonId person) => In(async services =>
        (await services.GetServices<IRoleSource>().OfType<StaffRoles>().Single().GrantsOf(person, Clock.UtcNow(), default)).Select(grant => grant.Role).Order().ToList());

    private Task<bool> Run<TJob>() where TJob : IJob => In(async services =>
    {
        await services.GetRequiredService<TJob>().Run(Clock.UtcNow(), default);
        return true;
    });
}

public sealed class Standing_duties_on_sqlite : StandingDutiesTests<Sqlite>;

public sealed class Standing_duties_on_postgres : StandingDutiesTests<Postgres>;
