using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Printing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Registers;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;
using Strongroom.Web.Desk;
using Strongroom.Web.Lists;

namespace Strongroom.Tests.Web.Registers;

/// <summary>The books of a branch as an inspector asks for them: on paper.</summary>
public abstract partial class RegisterTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    private DateOnly Today => Bank.Lab.Now.DateIn("Asia/Kolkata");

    [Theory]
    [InlineData("/desk/visits/pdf", "visits")]
    [InlineData("/desk/vault-register/pdf", "vault")]
    [InlineData("/desk/occurrences/pdf", "occurrences")]
    [InlineData("/desk/custody/hirer-keys/pdf", "keys")]
    [InlineData("/desk/custody/ledger/pdf", "custody")]
    [InlineData("/desk/agreements/pdf", "lockers")]
    [InlineData("/desk/out-of-hours/pdf", "out-of-hours")]
    public async Task Each_register_is_a_pdf_and_its_printing_an_event(string path, string name)
    {
        await Visit(await world.NewHire());
        using var desk = await world.SignIn(Bank.Manager);

        var response = await desk.GetAsync($"{path}?branch={Bank.Branch}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        response.Content.Headers.ContentDisposition!.ToString().ShouldStartWith($"inline; filename=\"{name}-MGR-");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var pdf = await response.Content.ReadAsByteArrayAsync();
        Encoding.Latin1.GetString(pdf).ShouldStartWith("%PDF-");
        Keep(name, pdf);
        var told = (await world.Read(db => db.TimelineOf(Subject.Of(Bank.Branch), null, 1, default)))[0];
        (told.Kind, told.Actor, told.Data["register"]).ShouldBe(("audit.register-printed", Bank.Manager.Person, name));
        (await desk.GetStringAsync("/desk/registers")).ShouldContain($"href=\"{path}?branch={Bank.Branch}");
    }

    [Fact]
    public async Task A_corrected_entry_stands_as_it_was_written_and_what_is_right_beneath_it()
    {
        var hire = await world.NewHire();
        var visit = await Visit(hire);
        var correction = new Correction(CorrectedField.Arrived, new(9, 5), null, "The clock of the counter was wrong");
        var asked = await world.Lab.Do<CorrectVisit, CorrectionAsked>(Bank.CounterOfficer.Person, slice => slice.Handle(visit, correction, default));
        await Approving.Approve(world.Lab, asked.Approval, Bank.Manager);

        var register = await Make<VisitRegister>();

        var row = register.Rows.Single(one => one.Cells.Any(cell => cell.Text == hire.Name));
        var arrived = row.Cells[register.Columns.ToList().IndexOf("In")];
        arrived.Instead.ShouldBe("09:05");
        arrived.Text.ShouldNotBe("09:05");
        row.Remark!.ShouldContain($"by {Bank.CounterOfficer.Name} and {Bank.Manager.Name}: the time of coming is 09:05");
        row.Cells.Where(cell => cell.Instead is not null).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_locker_register_names_every_holder_and_the_vault_register_whoever_was_inside()
    {
        var hire = await world.NewHire();
        await Visit(hire);

        var lockers = await Make<LockerRegister>();
        lockers.Rows.Count.ShouldBe(Bank.Lockers.Count);
        var let = lockers.Rows.Single(row => row.Cells[0].Text == hire.Number);
        let.Cells.Select(cell => cell.Text).ShouldContain(hire.Name);
        lockers.Rows.ShouldContain(row => row.Cells.Any(cell => cell.Text == "not let"));
        (await Make<VaultRegisterOnPaper>()).Rows.ShouldContain(row => row.Cells.Any(cell => cell.Text == hire.Name) && row.Cells.Any(cell => cell.Text == $"Locker {hire.Number}"));
    }

    [Fact]
    public async Task Days_that_make_no_register_are_refused_and_a_reader_is_led_to_choose_others()
    {
        using var desk = await world.SignIn(Bank.Manager);
        var wrong = FormattableString.Invariant($"/desk/visits/pdf?from={Today:yyyy-MM-dd}&until={Today.AddDays(-1):yyyy-MM-dd}");
        var long_ = FormattableString.Invariant($"/desk/visits/pdf?from={Today.AddDays(-366):yyyy-MM-dd}&until={Today:yyyy-MM-dd}");

        (await (await desk.GetAsync(wrong)).RefusalCode()).ShouldBe("registers.days-backwards");
        (await (await desk.GetAsync(long_)).RefusalCode()).ShouldBe("registers.too-many-days");

        using var request = new HttpRequestMessage(HttpMethod.Get, long_);
        request.Headers.Add("Accept", "text/html");
        var leads = (await desk.SendAsync(request)).Leads();
        leads.ShouldStartWith("/desk/registers?");
        (await desk.GetStringAsync(leads)).ShouldContain("more than 366 days");
        (await desk.GetStringAsync("/desk/registers?refused=registers.too-long")).ShouldContain("Choose fewer days");
    }

    [Fact]
    public async Task Nobody_prints_the_books_of_a_branch_that_they_do_not_read()
    {
        var hire = await world.NewHire();
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"reader{hire.Number}"));
        using var desk = await world.SignIn(Bank.Manager);

        (await hirer.GetAsync("/desk/visits/pdf")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await desk.GetAsync($"/desk/visits/pdf?branch={Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_busy_year_of_a_branch_is_paper_within_seconds()
    {
        var visits = await Make<VisitRegister>();
        var names = new[] { "Asha Rao", "Binod Kumar Sharma", "Farida Khan", "क्षितिज शर्मा", "Nandini Bhat" };
        // A metro branch of 1,000 lockers at three visits each, all different.
        var rows = Enumerable.Range(0, 3_000).Select(at => new PaperRow(
            [.. visits.Columns.Select((_, column) => new PaperCell(column == 3 ? $"{names[at % names.Length]} {at}" : string.Create(CultureInfo.InvariantCulture, $"{at / 60 % 24:00}:{at % 60:00}")))])).ToList();
        var branch = await world.Read(db => db.BranchFacts().SingleAsync(row => row.Id == Bank.Branch));
        var address = world.App.Services.GetServices<RegisterAddress>().Single(one => one.Name == "visits");

        var watch = Stopwatch.StartNew();
        var pdf = PrintRegister.Draw(address, visits with { Rows = rows }, branch, new(Today.AddYears(-1), Today), "Bank of Kaveri", "Meera Iyer", Bank.Lab.Now);
        watch.Stop();

        Keep("year", pdf);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows.Count} entries, {Pages().Count(Encoding.Latin1.GetString(pdf))} sheets, {pdf.Length:N0} bytes, {watch.ElapsedMilliseconds} ms");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "seconds, with room for a machine that does three things at once");
    }

    private async Task<VisitId> Visit(Hire hire)
    {
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        return admission.Id;
    }

    private Task<Register> Make<TRegister>() where TRegister : IRegister => world.Lab.As(Bank.Manager.Person, async services =>
    {
        var branch = await services.GetRequiredService<Strongroom.Data.StrongroomDb>().BranchFacts().SingleAsync(row => row.Id == Bank.Branch);
        return (await services.GetRequiredService<TRegister>().Make(branch, new(Today.AddDays(-7), Today), default))!;
    });

    private static void Keep(string name, byte[] pdf)
    {
        if (Environment.GetEnvironmentVariable("STRONGROOM_SCREENSHOTS") is { } folder) File.WriteAllBytes(Path.Combine(folder, $"register-{name}.pdf"), pdf);
    }

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex Pages();
}

public sealed class Registers_on_sqlite(OpenDayWorld<Sqlite> world) : RegisterTests<Sqlite>(world);

public sealed class Registers_on_postgres(OpenDayWorld<Postgres> world) : RegisterTests<Postgres>(world);
