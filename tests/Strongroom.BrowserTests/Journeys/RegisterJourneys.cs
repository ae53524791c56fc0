using System.Globalization;
using System.Text;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>A branch leaves its spreadsheets: its old register is taken over, looked at row by row, and two records of one person become one.</summary>
public abstract class RegisterJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task The_office_imports_a_register_confirms_its_branch_and_the_manager_clears_a_warning(int width)
    {
        await site.NextDay();
        var (code, branch) = (string.Create(CultureInfo.InvariantCulture, $"7{width}"), $"Gandhi Chowk {width}");
        await using var office = await site.Open(site.Bank.Admin, width);
        await office.Go("/office/imports");
        await Choose(office, "Lockers (optional)", "lockers.csv",
            "Branch Code,Branch Name,Cabinet No,Locker No,Type,Size,Status,Remarks",
            $"{code},{branch},CAB-1,101,A,4.50 x 5.12 x 20.37,Rented,",
            $"{code},{branch},CAB-1,102,A,4.50 x 5.12 x 20.37,R,",
            $"{code},{branch},CAB-1,103,A,four by five,V,");
        await Choose(office, "Hirers (optional)", "hirers.csv",
            "Branch Code;Locker No;CIF;Hirer Name(s);Mode of Operation;Mobile;Date of Allotment",
            $"{code};101;9{width}01;Smt. JYOTI CHAVAN;SELF;9876543210;30/07/2018",
            $"{code};102;9{width}02;Neha Desai;SELF;677236701;23-11-13",
            $"{code};109;9{width}03;Sachin Khan;as he likes;;31-02-2020");
        await office.Press("Upload and import");

        // The page asks again by itself while the import runs.
        await office.Sees("What could not be read is listed below");
        await office.Sees("not imported");
        await office.Follow("Warnings: imported, to be checked");
        await office.Sees("hirers.csv, line 3");
        await office.Follow($"{code} {branch}");
        await office.Tick("metro");
        await office.Press("Confirm the branch");
        await office.Sees("10:00 to 16:00");

        var enlisted = await site.Bank.Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice =>
            slice.Handle(new("Anita Joshi", $"anita{width}", $"E-{code}", Role.Manager, code), default));
        var manager = await Joining.Activate(site.Bank.Lab, enlisted.Person, "Anita Joshi", enlisted.Invitation);
        await using var desk = await site.Open(manager, width);
        await desk.Go("/desk/work");
        await desk.Sees("Doubts of the old register");
        await desk.Go("/desk/work/warnings");
        await desk.Tick("Done: hirers.csv, line 3");
        await desk.Fill("What came of it", "Asked by letter for the right number.");
        await desk.Press("The ticked lines are seen to");
        await desk.Go("/desk/work/warnings?settled=true");
        await desk.Sees("Asked by letter for the right number.");
    }

    [Theory, InlineData(Screen.Desktop, true), InlineData(Screen.Telephone, true), InlineData(Screen.Desktop, false)]
    public async Task Two_records_of_one_person_are_found_compared_and_merged_under_two_signatures(int width, bool scripts)
    {
        await site.NextDay();
        var name = $"{(scripts ? width == Screen.Desktop ? "Kamala" : "Vimala" : "Nirmala")} Venkataraman";
        var hire = await site.NewHire(name);
        await site.Bank.Lab.Do<RegisterPerson, PersonRegistered>(site.Bank.Manager.Person, slice => slice.Handle(new() { Name = name, Email = $"{name.Split(' ')[0]}@example.in" }, default));
        await using var desk = await site.Open(site.Bank.Manager, width, scripts);

        await desk.Go($"/desk/find?q={name.Split(' ')[0]}");
        await desk.Follow(name);
        await desk.Follow("Merge with another record");
        await desk.Follow(desk.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link, new() { Name = name }));
        await desk.Sees("Record A");
        await desk.Sees("What will happen");
        await desk.Press("Go on to the second officer");
        await desk.Sees("Choose the record that stays");

        var hirer = desk.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("customer number 29") });
        await hirer.CheckAsync();
        await desk.Fill("How do you know that it is one person?", "Showed the passport; photograph and signature are the same.");
        await desk.Press("Go on to the second officer");
        await desk.Sees("This cannot be undone");
        await desk.SignAsColleague(site, site.Bank.CounterOfficer);
        await desk.Press(desk.Page.Locator("form", new() { HasTextString = "for good" }), (await desk.Page.Locator("button.danger").InnerTextAsync()).Trim());

        desk.IsAt($"/desk/people/{hire.Hirer}");
        await desk.Sees("Two records of one person merged");
        await desk.Go("/desk/people/likely-same");
        await desk.DoesNotSee(name);
    }

    private static Task Choose(Screen screen, string label, string file, params string[] lines) => screen.Page.GetByLabel(label, new() { Exact = true })
        .SetInputFilesAsync(new FilePayload { Name = file, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join("\r\n", lines)) });
}

public sealed class RegisterJourneysOnSqlite(Site<Sqlite> site) : RegisterJourneys<Sqlite>(site);

public sealed class RegisterJourneysOnPostgres(Site<Postgres> site) : RegisterJourneys<Postgres>(site);
