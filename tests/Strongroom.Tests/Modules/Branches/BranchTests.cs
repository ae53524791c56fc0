using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Branches;

public abstract class BranchTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    private static readonly BranchDetails Details = new("010", "Brigade Road", "Asia/Kolkata", "IN", LocationClass.Urban);
    private static readonly DayHours TenToFour = new(new(10, 0), new(16, 0));

    [Fact]
    public async Task A_branch_is_entered_by_head_office_and_is_to_be_set_up_until_it_has_hours()
    {
        var id = (await bank.By(bank.Admin, (OpenBranch open) => open.Handle(Details, default)).Fine()).Id;

        var branch = (await bank.By(bank.Admin, (ReadBranches read) => read.One(id, default)))!;
        branch.Name.ShouldBe("Brigade Road");
        branch.Hours.ShouldBeEmpty();
        (await bank.By(bank.Admin, (ReadBranches read) => read.All(default))).Single(line => line.Id == id).SetUp.ShouldBeFalse();
        (await bank.LastEvent(id)).ShouldContain("branches.opened");

        await bank.By(bank.Admin, (SetHours set) => set.Handle(id, Hours((DayOfWeek.Monday, TenToFour)), default), branch.Version).Fine();
        (await bank.By(bank.Admin, (ReadBranches read) => read.All(default))).Single(line => line.Id == id).SetUp.ShouldBeTrue();
        (await bank.LastEvent(id)).ShouldContain("\"Monday\":\"10:00 to 16:00\"");
    }

    [Fact]
    public async Task Nobody_of_a_branch_enters_a_branch() =>
        await bank.By(bank.Manager, (OpenBranch open) => open.Handle(Details with { Code = "011" }, default)).RefusedWith(403, "not-allowed");

    [Fact]
    public async Task Two_branches_cannot_have_one_code()
    {
        var refusal = await bank.By(bank.Admin, (OpenBranch open) => open.Handle(Details with { Code = "001" }, default)).RefusedWith(409, "branches.code-taken");
        refusal.Field.ShouldBe("code");
    }

    [Theory]
    [InlineData("Asia/Atlantis", "IN", "branches.unknown-zone")]
    [InlineData("India Standard Time", "IN", "branches.unknown-zone")]
    [InlineData("Asia/Kolkata", "XX", "branches.unknown-jurisdiction")]
    public async Task A_branch_has_a_zone_and_a_law_that_exist(string zone, string law, string code) =>
        await bank.By(bank.Admin, (OpenBranch open) => open.Handle(Details with { Code = "012", Zone = zone, Jurisdiction = law }, default)).RefusedWith(422, code);

    [Fact]
    public async Task An_edit_says_which_version_it_changes_and_the_older_of_two_loses()
    {
        var id = (await bank.By(bank.Admin, (OpenBranch open) => open.Handle(Details with { Code = "013" }, default)).Fine()).Id;
        var better = Details with { Code = "013", Name = "Brigade Road South" };

        await bank.By(bank.Admin, (EditBranch edit) => edit.Handle(id, better, default)).RefusedWith(428, "version-missing");
        await bank.By(bank.Admin, (EditBranch edit) => edit.Handle(id, better, default), version: 1).Fine();
        await bank.By(bank.Admin, (EditBranch edit) => edit.Handle(id, better with { Name = "Late" }, default), version: 1).RefusedWith(412, "stale");
        (await bank.By(bank.Admin, (ReadBranches read) => read.One(id, default)))!.Name.ShouldBe("Brigade Road South");
    }

    [Fact]
    public async Task An_officer_sees_their_own_branch_and_no_other()
    {
        (await bank.By(bank.Manager, (ReadBranches read) => read.All(default))).Single().Code.ShouldBe("001");
        (await bank.By(bank.Manager, (ReadBranches read) => read.One(bank.Fort, default))).ShouldBeNull();
        (await bank.By(bank.Manager, (ReadBranches read) => read.Vault(bank.VaultAtFort, default))).ShouldBeNull();
        (await bank.By(bank.Manager, (ReadBranches read) => read.Holidays(bank.Fort, bank.Today, default))).ShouldBeNull();
        await bank.By(bank.Manager, (EditBranch edit) => edit.Handle(bank.Fort, Details, default), version: 1).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Hours_end_after_they_begin_and_some_day_has_some()
    {
        var version = await bank.VersionOf<Branch>(row => row.Id == bank.Fort);

        await bank.By(bank.Admin, (SetHours set) => set.Handle(bank.Fort, Hours(), default), version).RefusedWith(422, "branches.no-hours");
        var refusal = await bank.By(bank.Admin, (SetHours set) => set.Handle(bank.Fort, Hours((DayOfWeek.Friday, new(new(16, 0), new(16, 0)))), default), version)
            .RefusedWith(422, "branches.hours-upside-down");
        refusal.Field.ShouldBe("days.Friday");
        await bank.By(bank.Admin, (SetHours set) => set.Handle(bank.Fort, Hours((DayOfWeek.Friday, TenToFour)), default)).RefusedWith(428, "version-missing");
    }

    [Fact]
    public async Task A_holiday_is_entered_once_and_taken_back_before_it_is_over()
    {
        var day = bank.Today.AddDays(9);
        await bank.By(bank.Admin, (AddHoliday add) => add.Handle(bank.Fort, new(day, "Founders' day"), default)).Fine();
        await bank.By(bank.Admin, (AddHoliday add) => add.Handle(bank.Fort, new(day, "Again"), default)).RefusedWith(409, "branches.holiday-there");
        (await bank.Read(db => db.CalendarOf(bank.Fort, bank.Today, default)))!.Holidays.ShouldBe([day]);

        await bank.By(bank.Admin, (RemoveHoliday remove) => remove.Handle(bank.Fort, day, default)).Fine();
        await bank.By(bank.Admin, (RemoveHoliday remove) => remove.Handle(bank.Fort, day, default)).RefusedWith(404, "not-found");
        (await bank.Read(db => db.CalendarOf(bank.Fort, bank.Today, default)))!.Holidays.ShouldBeEmpty();
        await bank.By(bank.Admin, (AddHoliday add) => add.Handle(bank.Fort, new(bank.Today.AddDays(-1), "Too late"), default)).RefusedWith(422, "branches.holiday-past");
    }

    [Fact]
    public async Task Two_vaults_of_a_branch_have_two_names_and_two_cabinets_of_a_vault_too()
    {
        await bank.By(bank.Admin, (AddVault add) => add.Handle(bank.MgRoad, new("Vault 1", 2), default)).RefusedWith(409, "branches.vault-name-taken");
        await bank.By(bank.Admin, (AddCabinet add) => add.Handle(bank.Vault, new("North wall", null, null), default)).RefusedWith(409, "branches.cabinet-name-taken");
    }

    [Fact]
    public async Task The_limit_of_a_vault_is_not_lowered_below_the_parties_inside()
    {
        var vault = (await bank.By(bank.Admin, (AddVault add) => add.Handle(bank.Fort, new("Vault 2", 3), default)).Fine()).Id;
        await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            await db.CountParties(vault, +2, default);
            db.Append(bank.Act(services), new Event(BranchesAudit.VaultEdited));
            return await db.SaveChangesAsync();
        });
        var version = await bank.VersionOf<Vault>(row => row.Id == vault);

        await bank.By(bank.Admin, (EditVault edit) => edit.Handle(vault, new("Vault 2", 1), default), version).RefusedWith(409, "branches.more-inside");
        await bank.By(bank.Admin, (EditVault edit) => edit.Handle(vault, new("Vault 2", 2), default), version).Fine();
        await bank.By(bank.Admin, (EditVault edit) => edit.Handle(vault, new("Vault 2", 4), default), version).RefusedWith(412, "stale");
        await bank.By(bank.Admin, (EditVault edit) => edit.Handle(vault, new("Vault 2", 4), default)).RefusedWith(428, "version-missing");
        await bank.By(bank.ManagerOfFort, (EditVault edit) => edit.Handle(vault, new("Vault 2", 4), default), version).RefusedWith(404, "not-found");
    }

    private static SetHoursRequest Hours(params (DayOfWeek Day, DayHours Hours)[] days) => new(days.ToDictionary(day => day.Day, day => day.Hours));
}

public sealed class Branches_on_sqlite(OfficeWorld<Sqlite> bank) : BranchTests<Sqlite>(bank);

public sealed class Branches_on_postgres(OfficeWorld<Postgres> bank) : BranchTests<Postgres>(bank);
