using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Paper;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Contact;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>R19c and R19d: paper while there is no power, marked corrections, and hours that head office allows.</summary>
public abstract class PaperTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private DateOnly Today => Lab.Now.DateIn("Asia/Kolkata");

    [Fact]
    public async Task A_slip_is_entered_late_under_two_signatures_and_the_hirers_are_told()
    {
        var hire = await NewHire();
        await Bank.OpenDay();
        Clock.Advance(TimeSpan.FromHours(2));
        var slip = Slip(hire, "2311-01");

        var visit = await Enter(slip);

        var found = await Read(db => db.VisitFacts().SingleAsync(row => row.Id == visit.Id));
        (found.State, found.PaperSlip, found.Custodian).ShouldBe((VisitState.Closed, "2311-01", Bank.Custodian.Person));
        found.AloneAt!.Value.TimeIn("Asia/Kolkata").ShouldBe(new TimeOnly(11, 10));
        (await Read(db => db.Set<Obligation>().AnyAsync(row => row.Visit == visit.Id))).ShouldBeTrue();
        (await Read(db => db.TimelineOf(Subject.Of(hire.Locker), null, 20, default))).ShouldContain(happened => happened.Kind == "access.late-entered" && happened.Data["slip"] == "2311-01");

        (await Asked(slip)).ShouldBe("access.slip-entered");
        (await Asked(slip with { Slip = "2311-02" })).ShouldBe("access.overlaps-visit");
        (await Asked(slip with { Slip = "2311-03", Opened = new(11, 30), Locked = new(11, 20) })).ShouldBe("access.times-out-of-order");
        (await Asked(slip with { Slip = "2311-04", Left = new(23, 50) })).ShouldBe("access.times-out-of-order", "it lies ahead");
        (await Asked(slip with { Slip = "2311-05", Date = Today.AddDays(-1) })).ShouldBe("access.no-day-of-slip");
        (await Asked(slip with { Slip = "2311-06", Operator = Bank.Manager.Person })).ShouldBe("access.not-a-party");
        (await Asked(slip with { Slip = "2311-07", Custodian = hire.Hirer })).ShouldBe("access.served-themselves");
    }

    [Fact]
    public async Task A_signature_for_one_slip_enters_no_other()
    {
        var hire = await NewHire();
        if (!await Read(db => db.Set<BranchDay>().AnyAsync())) await Bank.OpenDay();
        Clock.Advance(TimeSpan.FromHours(2));
        var slip = Slip(hire, "one");
        var asked = await Lab.Do<EnterLateVisit, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, slip, default));
        await Joining.Sign(Lab, asked.Mine, Bank.Custodian);
        await Joining.Sign(Lab, asked.Second, Bank.Manager);

        (await Lab.As(Bank.Custodian.Person, async services => (await services.GetRequiredService<EnterLateVisit>()
            .Handle(Bank.Branch, new(slip with { Slip = "another" }, asked.Mine, asked.Second), default)).Refusal?.Code)).ShouldBe("sign-in.signed-something-else");
    }

    [Fact]
    public async Task A_whole_day_is_entered_from_paper_and_its_slips_after_it()
    {
        var hire = await NewHire();
        var yesterday = Today.AddDays(-1);
        var day = new PaperDay(yesterday, new(10, 0), new(16, 0), 1, "No power in the quarter");
        (await AskedDay(day with { KeysCounted = 2 })).ShouldBe("access.key-count-differs");
        (await AskedDay(day with { Closed = new(9, 0) })).ShouldBe("access.day-not-over");
        (await AskedDay(day with { Date = yesterday.AddDays(-10) })).ShouldBe("access.day-not-over");

        var asked = await Lab.Do<EnterPaperDay, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, day, default));
        await Joining.Sign(Lab, asked.Mine, Bank.Custodian);
        await Joining.Sign(Lab, asked.Second, Bank.Manager);
        await Lab.Do<EnterPaperDay, DayClosed>(Bank.Custodian.Person, slice => slice.Handle(Bank.Branch, new(day, asked.Mine, asked.Second), default));

        (await AskedDay(day)).ShouldBe("access.day-there");
        var visit = await Enter(Slip(hire, "y-1") with { Date = yesterday });
        (await Read(db => db.VisitFacts().SingleAsync(row => row.Id == visit.Id))).Number.ShouldBe(1);
    }

    [Fact]
    public async Task A_correction_stands_beside_the_record_and_changes_nothing_in_it()
    {
        var hire = await NewHire();
        if (!await Read(db => db.Set<BranchDay>().AnyAsync(row => row.ClosedAt == null))) await Bank.OpenDay();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        var correction = new Correction(CorrectedField.Arrived, new(9, 5), null, "The clock of the counter was wrong");
        (await CorrectionAsked(admission.Id, correction)).ShouldBe("access.visit-goes-on");
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        var before = await Read(db => db.VisitFacts().SingleAsync(row => row.Id == admission.Id));
        (await CorrectionAsked(admission.Id, correction with { Time = before.ArrivedAt.TimeIn("Asia/Kolkata") })).ShouldBe("access.nothing-to-correct");
        (await CorrectionAsked(admission.Id, correction with { Field = CorrectedField.Operator, Operator = Bank.Manager.Person })).ShouldBe("access.nothing-to-correct");

        var asked = await Lab.Do<CorrectVisit, CorrectionAsked>(Bank.CounterOfficer.Person, slice => slice.Handle(admission.Id, correction, default));
        (await Read(db => db.Set<VisitCorrection>().AnyAsync(row => row.Visit == admission.Id))).ShouldBeFalse("nobody has approved it");
        using (var counter = await this.SignIn(Bank.CounterOfficer)) (await counter.GetStringAsync($"/desk/visits/{admission.Id}")).ShouldContain($"/desk/approvals/{asked.Approval}");
        await Approving.Approve(Lab, asked.Approval, Bank.Manager);

        // Its version is no part of what was written: it moves so that of two corrections approved at once one looks again.
        (await Read(db => db.VisitFacts().SingleAsync(row => row.Id == admission.Id))).ShouldBe(before with { Version = before.Version + 1 });
        using var desk = await this.SignIn(Bank.Manager);
        var page = await desk.GetStringAsync($"/desk/visits/{admission.Id}");
        page.ShouldContain("the time of coming is 09:05, not");
        page.ShouldContain("The clock of the counter was wrong");
    }

    [Fact]
    public async Task Hours_that_head_office_allows_open_the_vault_and_want_a_second_officer()
    {
        var sunday = Today.AddDays((7 - (int)Today.DayOfWeek) % 7);
        if (sunday == Today) sunday = Today.AddDays(7);
        var hours = new OutOfHoursRequest(sunday, new(10, 0), new(12, 0), "A wedding in the town");
        var asked = await Lab.Do<OpenOutOfHours, OutOfHoursAsked>(Bank.Manager.Person, slice => slice.Ask(Bank.Branch, hours, default));
        (await Lab.As(Bank.Manager.Person, async services => (await services.GetRequiredService<OpenOutOfHours>().Handle(Bank.Branch, new(hours, asked.Signature), default)).Refusal?.Code))
            .ShouldBe("sign-in.not-signed");
        await Joining.Sign(Lab, asked.Signature, Bank.Admin);
        await Lab.Do<OpenOutOfHours, Done>(Bank.Manager.Person, slice => slice.Handle(Bank.Branch, new(hours, asked.Signature), default));

        var calendar = await Read(db => db.CalendarAt(Bank.Branch, Lab.Now, default));
        calendar.On(sunday).ShouldBe(new DayHours(new(10, 0), new(12, 0)));
        calendar.IsOutOfHours(sunday).ShouldBeTrue();
        calendar.IsOutOfHours(Today).ShouldBeFalse();
    }

    private PaperVisit Slip(Hire hire, string number) => new(number, Today, hire.Agreement, hire.Hirer, Bank.Custodian.Person, IdentityCheck.PhotographCompared,
        new(11, 5), new(11, 10), new(11, 20), new(11, 25), "No power");

    private async Task<VisitStep> Enter(PaperVisit slip)
    {
        var asked = await Lab.Do<EnterLateVisit, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, slip, default));
        await Joining.Sign(Lab, asked.Mine, Bank.Custodian);
        await Joining.Sign(Lab, asked.Second, Bank.Manager);
        return await Lab.Do<EnterLateVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Handle(Bank.Branch, new(slip, asked.Mine, asked.Second), default));
    }

    private Task<string?> Asked(PaperVisit slip) => Lab.As(Bank.Custodian.Person, async services => (await services.GetRequiredService<EnterLateVisit>().Ask(Bank.Branch, slip, default)).Refusal?.Code);

    private Task<string?> AskedDay(PaperDay day) => Lab.As(Bank.Custodian.Person, async services => (await services.GetRequiredService<EnterPaperDay>().Ask(Bank.Branch, day, default)).Refusal?.Code);

    private Task<string?> CorrectionAsked(VisitId visit, Correction correction) => Lab.As(Bank.CounterOfficer.Person, async services => (await services.GetRequiredService<CorrectVisit>().Handle(visit, correction, default)).Refusal?.Code);
}

public sealed class Paper_on_sqlite : PaperTests<Sqlite>;

public sealed class Paper_on_postgres : PaperTests<Postgres>;
