using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Exchange.Contracts;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>After the import: its warnings are the list of work of each branch's manager.</summary>
public abstract class ImportWarningTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private BranchId branch;
    private Player manager = null!;

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Import();
        branch = await Read(db => db.BranchFacts().Where(row => row.Code == "7001").Select(row => row.Id).SingleAsync());
        var enlisted = await Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new("Anita Joshi", "r.manager", "E-701", Role.Manager, "7001"), default));
        manager = await Joining.Activate(Lab, enlisted.Person, "Anita Joshi", enlisted.Invitation);
    }

    [Fact]
    public async Task A_manager_sees_to_the_warnings_of_the_own_branch_and_of_no_other()
    {
        var all = await Open(manager);
        all.Total.ShouldBeGreaterThan(5);
        all.Warnings.ShouldAllBe(warning => warning.Branch == branch);
        var held = all.Warnings.First(warning => warning.FileName == "hirers.csv" && warning.LockerNumber == "103");
        held.PersonName.ShouldBe("Uday Shah");
        (await Counts(manager)).Sum(count => count.Count).ShouldBe(all.Total);
        (await Counts(Bank.Manager, branch)).ShouldBeNull();
        await Settle(Bank.Manager, held).RefusedWith(404, "not-found");

        await Settle(manager, held).Fine();

        (await Open(manager)).Total.ShouldBe(all.Total - 1);
        await Settle(manager, held).RefusedWith(409, "exchange.warning-settled-already");
        var settled = (await Lab.As(manager.Person, services => services.GetRequiredService<ReadWarnings>().Settled(branch, default))).Single();
        (settled.Note, settled.By, settled.Line).ShouldBe(("Seen the papers", "Anita Joshi", held.Line));
    }

    [Fact]
    public async Task The_same_file_taken_again_brings_no_warning_back()
    {
        var all = await Open(manager);
        await Settle(manager, all.Warnings[0]).Fine();
        Clock.Advance(TimeSpan.FromHours(1));

        await Import();

        (await Read(db => db.Set<Import>().CountAsync())).ShouldBe(2);
        var after = await Open(manager);
        after.Warnings.ShouldNotContain(warning => warning.FileName == all.Warnings[0].FileName && warning.Line == all.Warnings[0].Line && warning.Message == all.Warnings[0].Message);
        after.Warnings.Where(warning => warning.File == all.Warnings[0].File).Count().ShouldBe(all.Warnings.Count(warning => warning.File == all.Warnings[0].File) - 1);
    }

    [Fact]
    public async Task On_the_list_of_work_lines_are_ticked_and_settled_with_one_note()
    {
        var desk = await this.SignIn(manager);
        var work = await desk.GetStringAsync("/desk/work");
        work.ShouldContain("Doubts of the old register");
        work.ShouldContain("Holds that nobody has confirmed");

        var one = (await Open(manager)).Warnings[0];
        var address = $"/desk/work/warnings?file={Uri.EscapeDataString(one.FileName)}&column={Uri.EscapeDataString(one.Column)}";
        var none = await desk.PostForm(address, "settle", ("Input.Note", "Looked at"));
        (await none.Content.ReadAsStringAsync()).ShouldContain("No line is ticked.");
        (await desk.PostForm(address, "settle", ("chosen", $"{one.File}/{one.Line}/{one.Number}"), ("Input.Note", "Looked at"))).Leads().ShouldStartWith("/desk/work/warnings");
        (await desk.GetStringAsync("/desk/work/warnings?settled=true")).ShouldContain("Looked at");
    }

    private async Task Import()
    {
        using var register = new RegisterFolder();
        await Lab.Do<StartImport, ImportStarted>(Bank.Admin.Person, slice => slice.Upload(
            [.. new[] { RegisterFile.Lockers, RegisterFile.Hirers, RegisterFile.Visits }.Select(kind => new RegisterUpload(kind, () => File.OpenRead(register.At($"{kind}.csv".ToLowerInvariant()))))], default));
        (await App.Services.GetRequiredService<ImportWorker>().RunNext(default)).ShouldBeTrue();
    }

    private Task<WarningsPage> Open(Player by) => Lab.As(by.Person, async services => (await services.GetRequiredService<ReadWarnings>().Open(branch, null, null, 0, default))!);

    private async Task<IReadOnlyList<WarningCount>> Counts(Player by) => (await Counts(by, branch))!;

    private Task<IReadOnlyList<WarningCount>?> Counts(Player by, BranchId at) => Lab.As(by.Person, services => services.GetRequiredService<ReadWarnings>().Counts(at, default));

    private Task<Outcome<Done>> Settle(Player by, ImportWarning warning) => Lab.As(by.Person, services => services.GetRequiredService<SettleWarnings>()
        .Handle(new([new(warning.File, warning.Line, warning.Number)], "Seen the papers"), default));
}

public sealed class Import_warnings_on_sqlite : ImportWarningTests<Sqlite>;

public sealed class Import_warnings_on_postgres : ImportWarningTests<Postgres>;
