using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Keys.Checks;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>What goes otherwise than planned between opening and closing, through the pages that an officer in a hurry uses.</summary>
public abstract class CounterJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_hirer_who_is_led_signs_by_thumb_before_a_witness_and_the_record_is_corrected_afterwards(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Kamala Joshi");
        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await desk.Tick("Identity document seen");
        await desk.Tick("By an impression of the thumb, before a witness");
        await desk.Choose("Witness of the thumb impression (optional)", site.Bank.SecondCustodian.Name);
        await desk.Fill("Led by (optional)", "Her daughter");
        await desk.Press("Identity checked");
        await desk.Sees("Her daughter");
        await desk.Sees(site.Bank.SecondCustodian.Name);
        await desk.Press("Admit the hirer");
        await desk.Press("Opened, hirer left alone");
        await desk.LockUp();
        await desk.Press("Check the hirer out");

        await desk.Follow("Correct the record");
        await desk.Choose("What is wrong?", "The time of coming");
        await desk.Fill("The right time (optional)", "10:05");
        await desk.Fill("How did the mistake come about?", "The clock of the counter was behind.");
        var visit = new Uri(desk.Page.Url).AbsolutePath.Replace("/correct", "", StringComparison.Ordinal);
        await desk.Press("Ask for the correction");
        await desk.Sees("A colleague decides it");
        await desk.Approved(site, site.Bank.Manager, width);
        await desk.Go(visit);
        await desk.Sees("Corrected: the time of coming is 10:05");
    }

    [Theory, Widths]
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

    [Theory, Widths]
    public async Task A_slip_of_an_hour_without_power_is_entered_by_two(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Ramesh Nair");
        site.Pass(TimeSpan.FromHours(2));
        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.Go("/desk/paper");
        await desk.Unfold(desk.Page.Locator("main"), "Enter a slip");
        await desk.Fill("Locker or name on the slip", hire.Number);
        await desk.Press("Find the hire");
        await desk.Choose("Who came, to which locker", $"{hire.Name}, locker {hire.Number}");
        await desk.Fill("Number of the slip", $"P-{width}");
        await desk.Choose("Officer who served", site.Bank.Custodian.Name);
        await desk.Choose("How identity was made sure", "Face compared with the photograph");
        foreach (var (label, time) in new[] { ("Came", "11:05"), ("Opened", "11:09"), ("Locked", "11:20"), ("Left", "11:24") }) await desk.Fill(label, time);
        await desk.Page.GetByLabel("Why on paper").First.FillAsync("No power");
        await desk.Press(desk.Page.Locator("main"), "Go on to the two signatures", first: true);
        await desk.SignMyself(site, site.Bank.Custodian);
        await desk.SignAsColleague(site, site.Bank.Manager, "A second officer");
        await desk.Press("Enter it");
        await desk.Sees("Entered");
        await desk.Go("/desk/visits");
        await desk.Sees(hire.Name);
    }

    [Theory, Widths]
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

    [Theory, Widths]
    public async Task Head_office_allows_a_sunday(int width)
    {
        await site.NextDay();
        var sunday = site.Bank.Lab.Now.DateIn("Asia/Kolkata");
        while (sunday.DayOfWeek != DayOfWeek.Sunday || await site.Bank.Lab.Read(db => db.Set<HoursException>().AnyAsync(taken => taken.Date == sunday))) sunday = sunday.AddDays(1);
        await using var manager = await site.Open(site.Bank.Manager, width);
        await manager.Go("/desk/out-of-hours");
        await manager.Fill("Day", sunday.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await manager.Fill("The vault opens", "10:00");
        await manager.Fill("It closes", "12:00");
        await manager.Fill("Why", "A wedding in the town");
        await manager.Press("Ask head office");
        await manager.SignAsColleague(site, site.Bank.Admin, "Head office");
        await manager.Press("Set these hours");
        await manager.Sees("Head office has allowed it");
    }
}

public sealed class CounterJourneysOnSqlite(Site<Sqlite> site) : CounterJourneys<Sqlite>(site);

public sealed class CounterJourneysOnPostgres(Site<Postgres> site) : CounterJourneys<Postgres>(site);
