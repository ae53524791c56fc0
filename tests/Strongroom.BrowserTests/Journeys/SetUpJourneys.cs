using System.Globalization;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>A bank set up by hand: every noun that a visit needs has a page where somebody enters it.</summary>
public abstract class SetUpJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task An_administrator_sets_up_a_branch_with_its_vault_lockers_and_officer(int width)
    {
        await site.NextDay();
        var (name, code) = ($"Fort {width}", string.Create(CultureInfo.InvariantCulture, $"F{width}"));
        await using var office = await site.Open(site.Bank.Admin, width);
        await office.Go("/office/branches");
        await office.Follow("Enter a branch");
        await office.Fill("Name", name);
        await office.Fill("Code", code);
        await office.Choose("Law", "India");
        await office.Tick("metro");
        await office.Press("Enter the branch");
        await office.Sees("The branch has no vault hours");

        await office.Follow("Set the hours");
        await office.Fill("Monday opens", "10:00");
        await office.Fill("Monday closes", "16:00");
        await office.Press("Confirm these hours");
        await office.Sees("10:00 to 16:00");
        var branch = new Uri(office.Page.Url).AbsolutePath;

        await office.Follow("Add a vault");
        await office.Fill("Name", "Vault F");
        await office.Press("Add the vault");
        await office.Fill(office.Page.Locator("form", new() { HasTextString = "Add the cabinet" }), "Name", "North wall");
        await office.Press("Add the cabinet");
        await office.Page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await office.Fill("Number of the first locker", "501");
        await office.Fill("How many", "6");
        await office.Fill("Side by side", "3");
        await office.Fill("First row", "1");
        await office.Fill("First column", "1");
        await office.Tick("Two keys");
        await office.Press("Add the lockers");
        await office.Sees("506");
        await office.Go(branch);
        await office.DoesNotSee("no lockers");

        await office.Go("/office/staff");
        await office.Follow("Enter an officer");
        await office.Fill("Staff number", $"E-{code}");
        await office.Fill("Full name", "Deepa Chavan");
        await office.Fill("E-mail", $"deepa{width}@bank.example");
        await office.Press("Enter the officer");
        await office.Follow("Post to a branch");
        await office.Tick("Custodian");
        await office.Choose("Where", name);
        await office.Press("Post the officer");
        await office.Sees(name);
        await office.Fill("User name", $"deepa{width}");
        await office.Press("Give a sign-in");
        await office.Sees("Hand over this half of the code");
    }

    [Theory, Widths]
    public async Task An_administrator_decides_a_policy_for_one_branch(int width)
    {
        await site.NextDay();
        await using var office = await site.Open(site.Bank.Admin, width);
        await office.Go($"/office/policies?branch={site.Bank.Branch}");
        await office.Follow("Access policy");
        await office.Fill("Rent may be overdue before a warning is given for", width == Screen.Desktop ? "10" : "12");
        await office.Press("Decide this policy");
        await office.Sees("is decided");
    }

    [Theory, Widths]
    public async Task The_desk_registers_a_hirer_lets_a_locker_and_holds_it(int width)
    {
        await site.NextDay();
        await using var desk = await site.Open(site.Bank.Manager, width);
        await desk.Go("/desk/people");
        await desk.Follow("Register a person");
        await desk.Fill("Full name", "Shanta Banerjee");
        await desk.Fill("E-mail (optional)", $"shanta{width}@example.in");
        await desk.Press("Register the person");
        await desk.Sees("Shanta Banerjee");

        await desk.Follow("Add a photograph");
        await desk.Page.GetByLabel("New photograph").SetInputFilesAsync(
            new FilePayload { Name = "shanta.png", MimeType = "image/png", Buffer = Lab.Demo.Portrait.Draw(new Random(width)) });
        await desk.Press("Save the photograph");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Img, new() { Name = "Photograph of Shanta Banerjee", Exact = true })).ToBeVisibleAsync();

        await desk.Follow("Due diligence is done");
        await desk.Fill("Next review on", "2030-12-31");
        await desk.Press("Due diligence is done");

        await desk.Follow("Let a locker");
        await desk.Page.GetByLabel("Locker", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Fill("Agreement number", string.Create(CultureInfo.InvariantCulture, $"A-{width}"));
        await desk.Press("Let the locker");
        await desk.Sees("Story of this agreement");

        await desk.Follow("Place a hold");
        await desk.Tick("Court order");
        await desk.Fill("Number and date of the order (optional)", "O.S. 40/2026 of 23 November 2026");
        await desk.Fill("Reason", "Order 12 of the City Civil Court.");
        await desk.Press("Hold the locker");
        await desk.Sees("On hold: Court order");
    }
}

public sealed class SetUpJourneysOnSqlite(Site<Sqlite> site) : SetUpJourneys<Sqlite>(site);

public sealed class SetUpJourneysOnPostgres(Site<Postgres> site) : SetUpJourneys<Postgres>(site);
