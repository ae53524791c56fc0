namespace Strongroom.BrowserTests.Journeys;

/// <summary>The account holder at home: freezes the locker, waits a day, and opens it again with a passkey of their own.</summary>
public abstract class AccountJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_hirer_freezes_the_locker_and_unfreezes_it_with_a_passkey_a_day_later(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Leela Varma");
        var hirer = await site.Bank.OpenAccess(hire, $"freezes{hire.Number}");
        await using var home = await site.Open(hirer, width);
        await home.PlugInAuthenticator();
        await home.Go("/profile");
        await home.Follow("Add a passkey");
        await home.Fill("What do you call this device?", "My telephone");
        await home.Press("Add the passkey");
        await home.Go("/profile");
        await home.Follow(home.Page.GetByRole(AriaRole.Link, new() { Name = "Rename My telephone" }));
        await home.Fill("What do you call this device?", "Leela’s telephone");
        await home.Press("Rename the passkey");
        await home.Sees("Leela’s telephone");

        await home.Go("/account");
        await home.Sees("You, alone");
        await home.Follow("More about this locker");
        await home.Follow("Freeze this locker");
        await home.Press("Freeze the locker now");
        await home.Follow("Look at the locker");
        await home.Sees("You froze it");
        await home.Follow("How to unfreeze it");
        await home.Sees("Not yet");

        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await desk.Identify();
        await desk.Press("Refuse admission");
        await desk.Sees("Admission refused");

        await site.NextDay();
        site.Pass(TimeSpan.FromMinutes(10));
        await home.Go("/sign-in");
        await home.Press("Sign in with a passkey");
        await home.Go($"/account/agreements/{hire.Agreement}/unfreeze");
        await home.Press("Go on to sign with your passkey");
        await home.Press("Sign with your passkey");
        await home.Press("Unfreeze the locker now");
        await home.Sees("Your locker is not frozen");

        await home.Go("/account/documents");
        await home.Go("/account/addresses");
        await home.Follow("Add or change an e-mail address");
        await home.Fill("New e-mail address", $"leela{hire.Number}@example.in");
        await home.Tick("We write to both");
        await home.Press("Go on to the code");
        await home.Sees("Send a code to");
        await home.Go("/account/addresses");
        await home.Sees("not in use yet");
    }

    [Theory, Widths]
    public async Task A_courts_hold_is_placed_with_its_order_and_lifted_by_two(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire("Nandini Bhat");
        await using var desk = await site.Open(site.Bank.Manager, width);
        await desk.Go($"/desk/agreements/{hire.Agreement}");
        await desk.Follow("Place a hold");
        await desk.Tick("Court order");
        await desk.Fill("Number and date of the order (optional)", "O.S. 12/2026 of 20 November 2026");
        await desk.Fill("Reason", "A suit about the estate.");
        await desk.Press("Hold the locker");
        await desk.Follow("Lift this hold");
        await desk.Fill("Number and date of the order that ends it", "O.S. 12/2026 of 21 November 2026");
        await desk.Fill("Why it is lifted", "The suit was withdrawn.");
        await desk.Press("Ask that it be lifted");
        await desk.Sees("A colleague decides it");
        await desk.Approved(site, site.Bank.Custodian, width);
        await desk.Go($"/desk/agreements/{hire.Agreement}");
        await desk.Sees($"and {site.Bank.Custodian.Name}");
        await desk.Go("/desk/hold-rules");
    }

    [Theory, Widths]
    public async Task A_customer_is_marked_dead_and_living_again_each_by_two_officers(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire("Padma Rao");
        await using var desk = await site.Open(site.Bank.Manager, width);
        await desk.Go($"/desk/people/{hire.Hirer}");
        await desk.Follow("Record that this person has died");
        var today = site.Bank.Lab.Now.DateIn("Asia/Kolkata").ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await desk.Fill("Day of death", today);
        await desk.Fill("Number of the document, and who issued it", "Certificate 4711, Pune");
        await desk.Fill("Date of the document", today);
        await desk.Press("Ask that they be marked as dead");
        await desk.Approved(site, site.Bank.Custodian, width);
        await desk.Go($"/desk/agreements/{hire.Agreement}");
        await desk.Sees("has died");

        await desk.Go($"/desk/people/{hire.Hirer}");
        await desk.Follow("This person lives: take it back");
        await desk.Fill("How did the mistake come about?", "A namesake was meant.");
        await desk.Fill("What shows it", "She came with her passport.");
        await desk.Press("Ask that it be taken back");
        await desk.Approved(site, site.Bank.Custodian, width);
        await desk.Go($"/desk/people/{hire.Hirer}");
        await desk.Sees("Was marked as dead by mistake");
    }
}

public sealed class AccountJourneysOnSqlite(Site<Sqlite> site) : AccountJourneys<Sqlite>(site);

public sealed class AccountJourneysOnPostgres(Site<Postgres> site) : AccountJourneys<Postgres>(site);
