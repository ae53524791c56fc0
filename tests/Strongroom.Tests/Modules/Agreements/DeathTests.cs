using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>R55: marking a customer dead needs a document and a second officer, and can be reversed with its trace.</summary>
public abstract class DeathTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    private DateOnly Today => world.Lab.Now.DateIn("Asia/Kolkata");

    [Fact]
    public async Task A_person_is_marked_dead_by_a_document_and_another_officer_and_all_their_lockers_are_blocked_at_once()
    {
        var (hire, second) = (await world.NewHire(), await world.NewHire());
        var joint = await world.Jointly(Mandate.EitherOrSurvivor, second.Hirer, hire.Hirer);
        using var manager = await world.SignIn(Bank.Manager);

        using var answer = await manager.PostJson($"/api/v1/people/{hire.Hirer}/death", Request());
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var approval = (await answer.Read<DeathAsked>()).Approval;
        (await world.HeldBy(hire.Agreement)).ShouldBeEmpty("nothing is done yet");
        (await manager.GetStringAsync($"/desk/people/{hire.Hirer}")).ShouldContain($"/desk/approvals/{approval}");

        await world.Lab.TryApprove(Bank.Manager, approval).RefusedWith(403, "approvals.own-request");
        await world.Lab.TryApprove(Bank.CounterOfficer, approval).RefusedWith(403, "not-allowed");
        (await world.Lab.TryApprove(Bank.Custodian, approval).Fine()).State.ShouldBe(ApprovalState.Done);

        (await world.HeldBy(hire.Agreement)).ShouldBe([HoldKind.Death]);
        (await world.HeldBy(joint)).ShouldBe([HoldKind.Death], "as a joint hirer, too");
        (await world.Read(db => db.WhoMayCome(joint, Today, default))).Select(one => one.Person).ShouldBe([second.Hirer]);
        (await world.Read(db => db.Set<PersonNotice>().CountAsync(row => row.Person == second.Hirer && row.Kind == NoticeKind.HoldPlaced))).ShouldBe(1, "the other hirer is told");
        (await manager.GetStringAsync($"/desk/people/{hire.Hirer}")).ShouldSatisfyAllConditions(page => page.ShouldContain("Died on 20 November 2026"), page => page.ShouldContain("D-4711, Pune, of 21 November 2026"), page => page.ShouldContain(Bank.Custodian.Name));
        (await manager.GetStringAsync($"/desk/agreements/{hire.Agreement}")).ShouldContain("has died");
        (await world.Read(db => db.TimelineOf(Subject.Of(hire.Hirer), null, 50, default))).Select(one => one.Kind).ShouldContain("agreements.death-marked");
        (await world.Read(db => ClearText.ColumnsWith(db, "D-4711"))).ShouldBeEmpty("what stands on the document is sealed");
        await world.AskDeath(hire.Hirer).RefusedWith(409, "agreements.marked-dead-already");
    }

    [Fact]
    public async Task Their_sessions_and_sign_in_end_at_the_next_request_with_a_clear_answer_and_come_back_when_it_was_a_mistake()
    {
        var hire = await world.NewHire();
        var hirer = await Bank.OpenAccess(hire, $"living.{hire.Number}");
        using var session = await world.SignIn(hirer);
        (await session.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await world.MarkedDead(hire.Hirer);

        (await session.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var again = world.Client();
        (await (await again.GivePassword(hirer.UserName, hirer.Password)).Content.ReadAsStringAsync()).ShouldContain("the bank was told that its holder has died");
        (await (await again.GivePassword(hirer.UserName, "another password")).Content.ReadAsStringAsync()).ShouldNotContain("has died", Case.Insensitive, "who does not know the password learns nothing");

        await world.MarkedLiving(hire.Hirer);

        using var back = await world.SignIn(hirer);
        (await back.GetStringAsync("/account")).ShouldContain(hire.Number);
        (await world.HeldBy(hire.Agreement)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_taken_back_stays_on_record_and_a_hold_from_before_stays_in_force()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        var joint = await world.Jointly(Mandate.EitherOrSurvivor, other.Hirer, hire.Hirer);
        var before = (await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Custodian.Person, slice => slice.Handle(hire.Agreement, new(HoldKind.Death, "Her brother telephoned", null), default))).Id;
        await world.MarkedDead(hire.Hirer);
        (await world.Read(db => db.HoldsInForce(world.Clock.UtcNow()).Where(hold => hold.Agreement == hire.Agreement).Select(hold => hold.Id).ToListAsync())).ShouldBe([before], "the precaution is hold enough");

        await world.MarkedLiving(hire.Hirer);

        (await world.HeldBy(hire.Agreement)).ShouldBe([HoldKind.Death]);
        (await world.HeldBy(joint)).ShouldBeEmpty();
        using var manager = await world.SignIn(Bank.Manager);
        (await manager.GetStringAsync($"/desk/people/{hire.Hirer}")).ShouldSatisfyAllConditions(
            page => page.ShouldContain("Was marked as dead by mistake"), page => page.ShouldContain("A namesake was meant"), page => page.ShouldContain("Record that this person has died"));
        (await world.Read(db => db.Set<Death>().CountAsync(row => row.Person == hire.Hirer))).ShouldBe(1);
        (await world.Read(db => db.TimelineOf(Subject.Of(hire.Hirer), null, 50, default))).Select(one => one.Kind).ShouldContain("agreements.death-reversed");
        await world.MarkedDead(hire.Hirer);
        await world.MarkedLiving(hire.Hirer);
        (await world.Read(db => db.Set<DeathReversal>().CountAsync(row => db.Set<Death>().Any(death => death.Id == row.Death && death.Person == hire.Hirer)))).ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_hirers_who_are_marked_the_locker_opens_with_the_last_who_turns_out_to_live()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        var joint = await world.Jointly(Mandate.EitherOrSurvivor, one.Hirer, other.Hirer);
        await world.MarkedDead(one.Hirer);
        await world.MarkedDead(other.Hirer);

        await world.MarkedLiving(one.Hirer);
        (await world.HeldBy(joint)).ShouldBe([HoldKind.Death], "the other is dead");
        await world.MarkedLiving(other.Hirer);
        (await world.HeldBy(joint)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_of_authority_by_them_and_for_them_end_and_are_given_back()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        var helper = await world.NewHire();
        await world.Appoint(hire.Agreement, helper.Hirer);
        await world.Appoint(other.Agreement, hire.Hirer);

        await world.MarkedDead(hire.Hirer);
        (await world.AgentsOf(hire.Agreement)).ShouldBeEmpty("who signed the letter is dead");
        (await world.AgentsOf(other.Agreement)).ShouldBeEmpty("who came by it is dead");
        (await world.HeldBy(other.Agreement)).ShouldBeEmpty("whose hirer lives");
        await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<AppointAgent>().Handle(other.Agreement, new(hire.Hirer, Today, Today, null), default)).RefusedWith(409, "agreements.person-is-dead");

        await world.MarkedLiving(hire.Hirer);
        (await world.AgentsOf(hire.Agreement)).ShouldBe([helper.Hirer]);
        (await world.AgentsOf(other.Agreement)).ShouldBe([hire.Hirer]);
    }

    [Fact]
    public async Task A_dead_person_hires_nothing_and_is_merged_with_nobody()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        await world.MarkedDead(hire.Hirer);
        var free = await world.Read(db => db.LockerFacts().Where(locker => !db.AgreementFacts().Any(row => row.Locker == locker.Id && row.EndedOn == null)).OrderBy(locker => locker.Id).Select(locker => locker.Id).LastAsync());

        await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<MakeAgreement>().Handle(new(free, hire.Hirer, "D/1", Today, null, null, null), default)).RefusedWith(409, "agreements.person-is-dead");
        (await world.Read(db => db.ObjectionToOneHirer(other.Hirer, hire.Hirer, default)))!.Code.ShouldBe("agreements.one-is-dead");
    }

    [Fact]
    public async Task Neither_a_relative_nor_a_joint_hirer_asks_or_approves()
    {
        var hire = await world.NewHire();
        var id = await world.Read(db => db.OfficerFacts().Where(row => row.Person == Bank.SecondCustodian.Person).Select(row => row.Id).SingleAsync());
        var cif = await world.Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Cif).SingleAsync());
        var approval = (await world.AskDeath(hire.Hirer).Fine()).Approval;
        await world.Lab.Do<DeclareRelative, RelativeDeclared>(Bank.SecondCustodian.Person, slice => slice.Handle(id, new(cif!, Relation.Child), default));

        await world.Lab.TryApprove(Bank.SecondCustodian, approval).RefusedWith(403, "approvals.duties-apart");
        await world.AskDeath(hire.Hirer, by: Bank.SecondCustodian).RefusedWith(409, "agreements.own-matter");
        (await world.Read(db => db.Set<Death>().AnyAsync(row => row.Person == hire.Hirer))).ShouldBeFalse();

        var other = await world.NewHire();
        approval = (await world.AskDeath(other.Hirer).Fine()).Approval;
        await world.Jointly(Mandate.EitherOrSurvivor, other.Hirer, await world.AsCustomer(Bank.SecondCustodian));
        await world.Lab.TryApprove(Bank.SecondCustodian, approval).RefusedWith(403, "approvals.duties-apart");
        await world.AskDeath(other.Hirer, by: Bank.SecondCustodian).RefusedWith(409, "agreements.own-matter");
        (await world.Read(db => db.Set<Death>().AnyAsync(row => row.Person == other.Hirer))).ShouldBeFalse();
    }

    [Fact]
    public async Task Colleagues_do_not_close_an_officers_sign_in_by_declaring_them_dead() =>
        await world.AskDeath(Bank.CounterOfficer.Person).RefusedWith(409, "agreements.officer-in-service");

    [Fact]
    public async Task Who_may_not_place_holds_asks_nothing_and_a_custodian_takes_nothing_back()
    {
        var hire = await world.NewHire();
        using var counter = await world.SignIn(Bank.CounterOfficer);
        (await counter.PostJson($"/api/v1/people/{hire.Hirer}/death", Request())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await world.MarkedDead(hire.Hirer);
        using var custodian = await world.SignIn(Bank.Custodian);
        (await custodian.PostJson($"/api/v1/people/{hire.Hirer}/death/reverse", Back())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var manager = await world.SignIn(Bank.Manager);
        (await (await manager.PostJson($"/api/v1/people/{hire.Hirer}/death/reverse", Back() with { Branch = new(Guid.NewGuid()) })).RefusalCode()).ShouldBe("not-found");
        (await (await manager.PostJson($"/api/v1/people/{Guid.NewGuid()}/death", Request())).RefusalCode()).ShouldBe("not-found");
    }

    [Fact]
    public async Task Of_two_requests_one_marks_and_dates_that_do_not_fit_are_not_asked()
    {
        var hire = await world.NewHire();
        await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<MarkDead>().Handle(hire.Hirer, Request() with { DiedOn = Today.AddDays(1) }, default)).RefusedWith(422, "agreements.death-dates-do-not-fit");
        var (one, other) = ((await world.AskDeath(hire.Hirer).Fine()).Approval, (await world.AskDeath(hire.Hirer).Fine()).Approval);

        await world.Lab.TryApprove(Bank.Custodian, one).Fine();
        await world.Lab.TryApprove(Bank.Custodian, other).RefusedWith(409, "approvals.changed");
    }

    [Fact]
    public async Task A_mark_cannot_be_changed_or_removed_even_past_the_program()
    {
        var hire = await world.NewHire();
        await world.MarkedDead(hire.Hirer);
        await world.MarkedLiving(hire.Hirer);

        foreach (var statement in new[] { "DELETE FROM death", "UPDATE death SET closed_sign_in = NOT closed_sign_in", "DELETE FROM death_reversal" })
            (await Should.ThrowAsync<Exception>(() => world.Read(db => db.Database.ExecuteSqlRawAsync(statement)))).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task The_whole_way_on_pages()
    {
        var hire = await world.NewHire();
        using var manager = await world.SignIn(Bank.Manager);
        var form = $"/desk/people/{hire.Hirer}/death";
        var asked = (await manager.PostForm(form, "death", ("Input.Branch", Bank.Branch.ToString()), ("Input.DiedOn", "2026-11-20"), ("Input.Paper", "D-4711, Pune"), ("Input.PaperOn", "2026-11-21"))).Leads();
        (await manager.GetStringAsync(asked)).ShouldSatisfyAllConditions(page => page.ShouldContain("20 November 2026"), page => page.ShouldContain("D-4711, Pune"));
        await world.Lab.TryApprove(Bank.Custodian, new(Guid.Parse(asked.Split('/')[^1]))).Fine();

        var back = (await manager.PostForm($"{form}/reverse", "reverse", ("Input.Branch", Bank.Branch.ToString()), ("Input.Reason", "A namesake was meant"), ("Input.Paper", "Passport Z 12"))).Leads();
        (await manager.GetStringAsync($"/desk/people/{hire.Hirer}")).ShouldContain(back);
        await world.Lab.TryApprove(Bank.Custodian, new(Guid.Parse(back.Split('/')[^1]))).Fine();
        (await world.HeldBy(hire.Agreement)).ShouldBeEmpty();
    }

    private MarkDeadRequest Request() => Deaths.Request(Bank);

    private ReverseDeathRequest Back() => Deaths.Back(Bank);
}

public sealed class Death_on_sqlite(BankWorld<Sqlite> world) : DeathTests<Sqlite>(world);

public sealed class Death_on_postgres(BankWorld<Postgres> world) : DeathTests<Postgres>(world);
