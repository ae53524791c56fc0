using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Branches;

public abstract class CalendarTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    private static readonly DayHours TenToFour = new(new(10, 0), new(16, 0));

    [Fact]
    public async Task A_day_can_be_shorter_longer_or_closed_and_the_calendar_says_why()
    {
        var branch = await NewBranch("020");
        await Add(branch, 1, new(10, 0), new(12, 0), "stocktaking").Fine();
        await Add(branch, 2, new(8, 0), new(20, 0), "the week before Diwali").Fine();
        await Add(branch, 3, null, null, "works in the vault").Fine();
        await bank.By(bank.Admin, (AddHoliday add) => add.Handle(branch, new(bank.Today.AddDays(4), "Diwali"), default)).Fine();
        await bank.By(bank.Admin, (AddHoliday add) => add.Handle(branch, new(bank.Today.AddDays(5), "Bank holiday"), default)).Fine();
        await Add(branch, 5, new(11, 0), new(12, 0), "open all the same").Fine();

        var days = (await bank.By(bank.Admin, (ReadCalendarDays read) => read.Of(branch, bank.Today, 7, default)))!;

        days.Select(day => (day.Hours, day.Kind, day.Why)).ShouldBe([
            (TenToFour, DayKind.Usual, null),
            (new(new(10, 0), new(12, 0)), DayKind.Exception, "stocktaking"),
            (new(new(8, 0), new(20, 0)), DayKind.Exception, "the week before Diwali"),
            (null, DayKind.Exception, "works in the vault"),
            (null, DayKind.Holiday, "Diwali"),
            (new(new(11, 0), new(12, 0)), DayKind.Exception, "open all the same"),
            (TenToFour, DayKind.Usual, null),
        ]);
        (await bank.LastEvent(branch)).ShouldContain("branches.hours-exception-added");
        (await bank.By(bank.ManagerOfFort, (ReadCalendarDays read) => read.Of(branch, bank.Today, 7, default))).ShouldBeNull();
    }

    [Fact]
    public async Task The_vault_follows_the_hours_of_the_day()
    {
        var branch = await NewBranch("021");
        await Add(branch, 1, new(10, 0), new(12, 0), "stocktaking").Fine();
        await Add(branch, 2, null, null, "works in the vault").Fine();
        var calendar = await bank.Read(db => db.CalendarAt(branch, bank.Clock.UtcNow(), default));
        var noon = new TimeOnly(12, 0);

        calendar.ServedAt(bank.Today.ToUtc(noon, "Asia/Kolkata")).ShouldBeTrue();
        calendar.ServedAt(bank.Today.AddDays(1).ToUtc(noon, "Asia/Kolkata")).ShouldBeFalse();
        calendar.NextServed(bank.Today.AddDays(1).ToUtc(noon, "Asia/Kolkata")).ShouldBe(bank.Today.AddDays(3).ToUtc(new(10, 0), "Asia/Kolkata"));
        (await bank.Read(db => db.WhyClosed(branch, bank.Today.AddDays(2), default))).ShouldBe("works in the vault");
    }

    [Fact]
    public async Task Other_hours_of_a_day_are_set_once_ahead_and_taken_back_before_the_day_is_over()
    {
        var branch = await NewBranch("022");
        await Add(branch, 4, new(10, 0), new(12, 0), "stocktaking").Fine();

        await Add(branch, 4, null, null, "again").RefusedWith(409, "branches.hours-exception-there");
        await Add(branch, -1, null, null, "late").RefusedWith(422, "branches.hours-exception-past");
        (await Add(branch, 5, new(10, 0), null, "half").RefusedWith(422, "branches.hours-exception-half")).Field.ShouldBe("closes");
        (await Add(branch, 5, new(12, 0), new(12, 0), "none").RefusedWith(422, "branches.hours-upside-down")).Field.ShouldBe("closes");
        await bank.By(bank.Admin, (AddHoursException add) => add.Handle(bank.MgRoad, new(bank.Today, null, null, "no week yet"), default)).RefusedWith(409, "branches.week-first");
        await bank.By(bank.Manager, (AddHoursException add) => add.Handle(branch, new(bank.Today, null, null, "not mine"), default)).RefusedWith(404, "not-found");

        await bank.By(bank.Admin, (RemoveHoursException remove) => remove.Handle(branch, bank.Today.AddDays(4), default)).Fine();
        await bank.By(bank.Admin, (RemoveHoursException remove) => remove.Handle(branch, bank.Today.AddDays(4), default)).RefusedWith(404, "not-found");
    }

    private async Task<BranchId> NewBranch(string code)
    {
        var id = (await bank.By(bank.Admin, (OpenBranch open) => open.Handle(new(code, $"Branch {code}", "Asia/Kolkata", "IN", LocationClass.Urban), default)).Fine()).Id;
        await bank.By(bank.Admin, (SetHours set) => set.Handle(id, new(Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => TenToFour)), default), version: 1).Fine();
        return id;
    }

    private Task<Outcome<Done>> Add(BranchId branch, int days, TimeOnly? opens, TimeOnly? closes, string reason) =>
        bank.By(bank.Admin, (AddHoursException add) => add.Handle(branch, new(bank.Today.AddDays(days), opens, closes, reason), default));
}

public sealed class Calendar_on_sqlite(OfficeWorld<Sqlite> bank) : CalendarTests<Sqlite>(bank);

public sealed class Calendar_on_postgres(OfficeWorld<Postgres> bank) : CalendarTests<Postgres>(bank);
