using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Keys.Checks;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>What goes otherwise than planned between opening and closing, through the pages that an officer in a hurry uses.</summary>
public abstract class CounterJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, InlineData(Screen.Desktop), InlineData(Screen.Telephone)]
    public async Task A_hirer_who_is_led_signs_by_thumb_before_a_witness_and_the_record_is_corrected_afterwards(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Kamala Joshi");
        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await desk.Tick("Identity document seen");
        await desk.Tick("By an impression of the thumb, before a witness");
        await desk.Choose("Witness of the thumb impression (optional)", site.Bank.Manager.Name);
        await desk.Fill("Led by (optional)", "Her daughter");
        await desk.Press("Identity checked");
        await desk.Sees("Her daughter");
        await desk.Sees(site.Bank.Manager.Name);
        await desk.Press("Admit the hirer");
        await desk.Press("Opened, hirer left alone");
        await desk.LockUp();
        await desk.Press("Check the hirer out");

        await desk.Follow("Correct the record");
        await desk.Choose("What is wrong?", "The time of coming");
        await desk.Fill("The right time (optional)", "10:05");
        await desk.Fill("How did the mistake come about?", "The clock of the counter was behind.");
        await desk.Press("Go on to the manager’s signature");
        await desk.SignAsColleague(site, site.Bank.Manager, "The manager signs the correction");
        await desk.Press("Enter the correction");
        await desk.Sees("Corrected: the time of coming is 10:05");
    }

    [Theory, InlineData(Screen.Desktop), InlineData(Screen.Telephone)]
    public async Task A_technician_is_led_into_the_vault_and_out_again(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.Go("/desk/vault-register");
        await desk.Unfold(desk.Page.Locator("main"), "I go into the vault");
        await desk.Choose("Why?", "With a technician");
        await desk.Fill("Who comes along (optional)", "S. Patil, Godrej service");
        await desk.Press("Write me in");
        await desk.Sees("S. Patil, Godrej service");
        await desk.Press("I have left the vault");
        await desk.DoesNotSee("inside");
    }

    [Theory, InlineData(Screen.Desktop), InlineData(Screen.Telephone)]
    public async Task The_keys_are_verified_by_whom_the_lot_fell_on(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        await using var manager = await site.Open(site.Bank.Manager, width);
        await manager.Go("/desk/custody/checks");
        await manager.Press("Draw an officer by lot");
        var drawn = await site.Bank.Lab.Read(db => db.Set<KeyCheck>().Where(check => check.DoneAt == null).Select(check => check.Officer).SingleAsync());

        await using var officer = await site.Open(drawn == site.Bank.Manager.Person ? site.Bank.Manager : site.Bank.CounterOfficer, width);
        await officer.Go("/desk");
        await officer.Sees("The lot fell on you");
        await officer.Follow("Verify now");
        await officer.Tick("Guard key G-1");
        await officer.Press("Go on to the custodian’s signature");
        await officer.SignAsColleague(site, site.Bank.Custodian, "Who showed the keys");
        await officer.Press("Record the verification");
        await officer.Sees("Every guard key was shown.");
    }
}

public sealed class CounterJourneysOnSqlite(Site<Sqlite> site) : CounterJourneys<Sqlite>(site);

public sealed class CounterJourneysOnPostgres(Site<Postgres> site) : CounterJourneys<Postgres>(site);
