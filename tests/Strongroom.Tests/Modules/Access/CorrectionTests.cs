using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>R19c: a wrong entry is corrected by another's approval, and the first entry stays.</summary>
public abstract class CorrectionTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private static readonly Correction Early = new(CorrectedField.Arrived, new(9, 5), null, "canary of the mistake");

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_correction_is_asked_for_on_its_page_and_stands_when_the_manager_has_approved_it()
    {
        var visit = await Visit();
        using var counter = await world.SignIn(Bank.CounterOfficer);
        using var manager = await world.SignIn(Bank.Manager);

        var next = (await counter.PostForm($"/desk/visits/{visit}/correct", "correction", ("Input.Field", "Arrived"), ("Input.Time", "09:05"), ("Input.Reason", "The clock was wrong"))).Leads();
        next.ShouldStartWith("/desk/approvals/");
        (await counter.GetStringAsync(next)).ShouldSatisfyAllConditions(page => page.ShouldContain("As it was written"), page => page.ShouldContain("09:05"), page => page.ShouldContain("The clock was wrong"), page => page.ShouldNotContain("Go on to sign"));
        (await counter.GetStringAsync($"/desk/visits/{visit}/correct")).ShouldContain(next);
        (await manager.GetStringAsync("/desk/approvals")).ShouldContain(next);
        await world.Lab.TryApprove(Bank.Manager, new(Guid.Parse(next.Split('/')[^1]))).Fine();

        (await counter.GetStringAsync($"/desk/visits/{visit}")).ShouldSatisfyAllConditions(page => page.ShouldContain("the time of coming is 09:05, not"), page => page.ShouldContain(Bank.Manager.Name), page => page.ShouldNotContain(next));
        var row = await world.Read(db => db.Set<VisitCorrection>().SingleAsync(one => one.Visit == visit));
        (row.By, row.Second).ShouldBe((Bank.CounterOfficer.Person, Bank.Manager.Person));
    }

    [Fact]
    public async Task Who_took_part_in_the_visit_does_not_approve_what_its_record_says()
    {
        var deputy = await Bank.Enlist("Sudha Rao", "deputy", "D-1", Role.Manager, "MGR");
        var arrived = await Bank.CheckIn(await world.NewHire());
        var identified = await world.Lab.Do<Identify, VisitStep>(deputy.Person,
            slice => slice.Handle(arrived.Id, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned), default), arrived.Version);
        var visit = await Finish(identified);

        var approval = await Ask(visit);

        await world.Lab.TryApprove(deputy, approval).RefusedWith(403, "approvals.about-you");
        await world.Lab.TryApprove(Bank.Manager, approval).Fine();
    }

    [Fact]
    public async Task Who_asked_a_custodian_and_another_branch_approve_nothing()
    {
        var visit = await Visit();
        using var counter = await world.SignIn(Bank.CounterOfficer);
        using var answer = await counter.PostJson($"/api/v1/visits/{visit}/corrections", Early);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var approval = (await answer.Read<CorrectionAsked>()).Approval;

        await world.Lab.TryApprove(Bank.CounterOfficer, approval).RefusedWith(403, "approvals.own-request");
        await world.Lab.TryApprove(Bank.SecondCustodian, approval).RefusedWith(403, "not-allowed");
        await world.Lab.TryApprove(Bank.Admin, approval).RefusedWith(404, "not-found");
        (await world.Read(db => db.Set<VisitCorrection>().AnyAsync(row => row.Visit == visit))).ShouldBeFalse();
        (await world.Read(db => ClearText.ColumnsWith(db, "canary of the mistake"))).ShouldBeEmpty("the words are sealed");
    }

    [Fact]
    public async Task Who_hires_the_locker_or_is_a_relative_does_not_ask_that_the_record_be_corrected()
    {
        var (hire, kin) = (await world.NewHire(), await world.NewHire());
        var joint = await world.Jointly(Mandate.EitherOrSurvivor, hire.Hirer, await world.AsCustomer(Bank.CounterOfficer));
        var own = await Finish(await Bank.Identify(await Bank.CheckIn(joint, hire.Hirer)), "No key is registered yet");
        var relatives = await Finish(await Bank.Identify(await Bank.CheckIn(kin)));
        var officer = await world.Read(db => db.OfficerFacts().Where(row => row.Person == Bank.CounterOfficer.Person).Select(row => row.Id).SingleAsync());
        var cif = await world.Read(db => db.PersonFacts().Where(row => row.Id == kin.Hirer).Select(row => row.Cif).SingleAsync());
        await world.Lab.Do<DeclareRelative, RelativeDeclared>(Bank.CounterOfficer.Person, slice => slice.Handle(officer, new(cif!, Relation.Child), default));

        await Try(own, new(CorrectedField.Operator, null, Bank.CounterOfficer.Person, "I came myself")).RefusedWith(409, "access.own-visit");
        await Try(own, Early).RefusedWith(409, "access.own-visit");
        await Try(relatives, Early).RefusedWith(409, "access.own-visit");

        Task<Outcome<CorrectionAsked>> Try(VisitId visit, Correction correction) =>
            world.Lab.As(Bank.CounterOfficer.Person, services => services.GetRequiredService<CorrectVisit>().Handle(visit, correction, default));
    }

    [Fact]
    public async Task Of_two_corrections_that_wait_the_second_is_asked_for_anew()
    {
        var visit = await Visit();
        var (one, other) = (await Ask(visit), await Ask(visit));

        await world.Lab.TryApprove(Bank.Manager, one).Fine();
        await world.Lab.TryApprove(Bank.Manager, other).RefusedWith(409, "approvals.changed");

        (await world.Read(db => db.Set<VisitCorrection>().CountAsync(row => row.Visit == visit))).ShouldBe(1);
    }

    private async Task<ApprovalId> Ask(VisitId visit) => (await world.Lab.Do<CorrectVisit, CorrectionAsked>(Bank.CounterOfficer.Person, slice => slice.Handle(visit, Early, default))).Approval;

    private async Task<VisitId> Visit() => await Finish(await Bank.Identify(await Bank.CheckIn(await world.NewHire())));

    private async Task<VisitId> Finish(VisitStep identified, string? note = null)
    {
        var admission = await Bank.Admit(identified, note);
        return (await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)))).Id;
    }
}

public sealed class Correction_on_sqlite(OpenDayWorld<Sqlite> world) : CorrectionTests<Sqlite>(world);

public sealed class Correction_on_postgres(OpenDayWorld<Postgres> world) : CorrectionTests<Postgres>(world);
