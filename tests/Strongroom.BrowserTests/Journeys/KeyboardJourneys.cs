namespace Strongroom.BrowserTests.Journeys;

/// <summary>The main paths by people who use no mouse: each control is reached by the tab key, shows it, and does its work.</summary>
public abstract class KeyboardJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task The_day_is_opened_and_a_visit_served_by_keys_alone()
    {
        await site.NextDay();
        var hire = await site.NewHire();
        await using var desk = await site.Open(site.Bank.Custodian, keyboard: true);
        await desk.OpenDay(site);
        await desk.ServeVisit(hire);
        await desk.Sees("The visit is closed");
    }

    [Fact]
    public async Task A_refusal_a_hold_and_an_occurrence_are_entered_by_keys_alone()
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var (held, other) = (await site.NewHire("Nandini Bhat"), await site.NewHire("Vikram Joshi"));
        await using var desk = await site.Open(site.Bank.Manager, keyboard: true);
        await desk.Go($"/desk/agreements/{held.Agreement}");
        await desk.Follow("Place a hold");
        await desk.Tick("Court order");
        await desk.Fill("Number and date of the order (optional)", "O.S. 12/2026 of 20 November 2026");
        await desk.Fill("Reason", "A suit about the estate.");
        await desk.Press("Hold the locker");
        await desk.Go("/desk/occurrences?kind=PowerLost");
        await desk.Fill("What did you find, and what did you do?", "Dark for ten minutes; everybody was led out by name.");
        await desk.Press("Record it");

        await using var counter = await site.Open(site.Bank.Custodian, keyboard: true);
        await counter.CheckIn(held);
        await counter.Identify();
        await counter.Press("Refuse admission");
        await counter.Sees("Admission refused");
        await counter.ServeVisit(other);
        await counter.Sees("The visit is closed");
    }

    [Fact]
    public async Task A_hirer_freezes_the_locker_by_keys_alone()
    {
        await site.NextDay();
        var hire = await site.NewHire("Leela Varma");
        var hirer = await site.Bank.OpenAccess(hire, $"keys{hire.Number}");
        await using var home = await site.Open(hirer, keyboard: true);
        await home.Go("/account");
        await home.Follow("More about this locker");
        await home.Follow("Freeze this locker");
        await home.Press("Freeze the locker now");
        await home.Follow("Look at the locker");
        await home.Sees("You froze it");
    }
}

public sealed class KeyboardJourneysOnSqlite(Site<Sqlite> site) : KeyboardJourneys<Sqlite>(site);

public sealed class KeyboardJourneysOnPostgres(Site<Postgres> site) : KeyboardJourneys<Postgres>(site);
