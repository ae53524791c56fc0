using System.Globalization;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>Who is away, and who must be quick: a stand-in who approves, and emergency access from its two signatures to its review.</summary>
public abstract class EmergencyJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_stand_in_approves_while_the_administrator_is_away(int width)
    {
        await site.NextDay();
        var standIn = await site.Bank.Enlist(Name(width, "Hari Prasad", "Gita Prasad"), Mark(width, "stand-in"), $"S-{width}", Role.Manager, null);
        var maker = await site.Bank.Enlist(Name(width, "Tara Deshpande", "Leela Deshpande"), Mark(width, "maker"), $"M-{width}", Role.Admin, null);
        var officer = await site.Bank.Enlist(Name(width, "Rohan Bose", "Dev Bose"), Mark(width, "posted"), $"P-{width}", Role.CounterOfficer, "MGR");

        await using var away = await site.Open(site.Bank.Admin, width);
        await away.Go("/desk/approvals");
        await away.Follow("Stand-ins: who approves while somebody is away");
        await away.Follow("Hand over what I approve");
        await away.Choose("To whom", standIn.Name);
        await away.Fill("Last day", await away.Page.GetByLabel("First day", new() { Exact = true }).InputValueAsync());
        await away.Fill("Why", "A day at the doctor’s");
        await away.Press("Go on to sign");
        await away.SignMyself(site, site.Bank.Admin, "Your signature");
        await away.Press("Hand it over");
        await away.Sees("in force");

        await using var office = await site.Open(maker, width);
        await office.Go("/office/staff");
        await office.Follow(officer.Name);
        await office.Follow("Post to a branch");
        await office.Tick("Custodian");
        await office.Choose("Where", "MG Road");
        await office.Press("Ask for the posting");
        var request = new Uri(office.Page.Url).AbsolutePath;

        await using var desk = await site.Open(standIn, width);
        await desk.Go("/desk/approvals");
        await desk.Sees("Yours to decide");
        await desk.Follow(desk.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Link, new() { NameString = officer.Name }));
        await desk.Sees($"You stand in for {site.Bank.Admin.Name}");
        await desk.Press("Go on to sign");
        await desk.SignMyself(site, standIn, "Your signature");
        await desk.Press("Approve it");
        await desk.Sees("Carried out");

        await office.Go(request);
        await office.Sees($"{standIn.Name}, in the place of {site.Bank.Admin.Name}");
        await away.Go("/desk/approvals/delegations");
        await away.Follow(standIn.Name);
        await away.Press("End it now");
        await away.Sees($"by {site.Bank.Admin.Name}");
        await away.Go("/desk/approvals/delegations");
        await away.Sees("Nobody stands in for anybody");
    }

    [Theory, Widths]
    public async Task Emergency_access_takes_two_signatures_is_seen_by_all_ends_by_a_button_and_is_reviewed(int width)
    {
        await site.NextDay();
        var officer = await site.Bank.Enlist(Name(width, "Imtiaz Ali", "Jaya Ali"), Mark(width, "emergency"), $"E-{width}", Role.CounterOfficer, "MGR");
        await using var manager = await site.Open(site.Bank.Manager, width);
        await manager.Go("/desk");

        await using var desk = await site.Open(officer, width);
        await desk.Go("/desk/break-glass");
        await desk.Sees("Everybody will know.");
        await desk.Choose("At which branch", "MG Road");
        await desk.Press("Go on");
        await desk.Tick("Custodian");
        await desk.Choose("Who signs as well", $"{site.Bank.Manager.Name}, of this branch");
        await desk.Fill("What has happened", "A customer is in the vault and both custodians are ill");
        await desk.Press("Go on to the two signatures");
        await desk.SignMyself(site, officer);
        await desk.SignAsColleague(site, site.Bank.Manager, site.Bank.Manager.Name);
        await desk.Press("Open it now: everybody is told");
        await desk.Sees($"You are custodian of MG Road until");

        // By itself, on a page that was open before.
        await manager.Sees($"{officer.Name} is custodian until");
        await desk.Press("End my emergency access");
        await desk.Sees("to be reviewed");
        await manager.DoesNotSee($"{officer.Name} is custodian until");

        await using var auditor = await site.Open(site.Bank.Auditor, width);
        await auditor.Go("/audit");
        await auditor.Sees("for your review");
        await auditor.Follow("Read what was done");
        await auditor.Follow(auditor.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Link).First);
        await auditor.Sees("A customer is in the vault and both custodians are ill");
        await auditor.Fill("What you think of it", "The customer was let out. All of it was needed.");
        await auditor.Press("Write down the review");
        await auditor.Sees("All of it was needed.");
        await auditor.DoesNotSee("for your review");
    }

    private static string Name(int width, string wide, string narrow) => width == Screen.Desktop ? wide : narrow;

    private static string Mark(int width, string what) => string.Create(CultureInfo.InvariantCulture, $"{what}.{width}");
}

public sealed class EmergencyJourneysOnSqlite(Site<Sqlite> site) : EmergencyJourneys<Sqlite>(site);

public sealed class EmergencyJourneysOnPostgres(Site<Postgres> site) : EmergencyJourneys<Postgres>(site);
