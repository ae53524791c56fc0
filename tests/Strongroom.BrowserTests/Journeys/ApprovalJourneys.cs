using System.Globalization;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>What one administrator asks for and another decides.</summary>
public abstract class ApprovalJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_role_counts_when_the_second_administrator_has_signed_for_it(int width)
    {
        await site.NextDay();
        var (second, officer) = await Enlist(width, "Tara Deshpande", "Rohan Deshpande");
        await using var office = await site.Open(site.Bank.Admin, width);
        await AskForCustodian(office, officer);
        await office.Sees("A colleague decides it");
        await office.DoesNotSee("Go on to sign");

        await using var colleague = await site.Open(second, width);
        await colleague.Go("/desk/approvals");
        await colleague.Sees("Yours to decide");
        await colleague.Follow(colleague.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Link, new() { NameString = officer.Name }));
        await colleague.Press("Go on to sign");
        await colleague.SignMyself(site, second, "Your signature");
        await colleague.Press("Approve it");
        await colleague.Sees("Carried out");

        await office.Go(new Uri(office.Page.Url).AbsolutePath);
        await office.Sees("Carried out");
        await office.Go("/office/staff");
        await office.Follow(officer.Name);
        await office.Sees("End it now: custodian");
    }

    [Theory, Widths]
    public async Task What_one_asks_appears_in_the_others_inbox_without_a_reload(int width)
    {
        await site.NextDay();
        var (second, officer) = await Enlist(width, "Uma Krishnan", "Vivek Krishnan");
        await using var colleague = await site.Open(second, width);
        await colleague.Go("/desk/approvals");
        await colleague.DoesNotSee(officer.Name);

        await using var office = await site.Open(site.Bank.Admin, width);
        await AskForCustodian(office, officer);

        await colleague.Sees(officer.Name);
        await Assertions.Expect(colleague.Page.Locator("[data-approvals]")).ToBeVisibleAsync();
        await colleague.Follow(colleague.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Link, new() { NameString = officer.Name }));
        await office.Press("Withdraw it");
        await colleague.Sees("Withdrawn");
        await colleague.DoesNotSee("Go on to sign");
    }

    [Theory, Widths]
    public async Task Who_asked_reads_why_it_was_rejected(int width)
    {
        await site.NextDay();
        var (second, officer) = await Enlist(width, "Leela Fernandes", "Dev Fernandes");
        await using var office = await site.Open(site.Bank.Admin, width);
        await AskForCustodian(office, officer);
        var request = new Uri(office.Page.Url).AbsolutePath;

        await using var colleague = await site.Open(second, width);
        await colleague.Go(request);
        await colleague.Unfold(colleague.Page.Locator("main"), "Reject it");
        await colleague.Fill("Why it should not be done", "There are two custodians already");
        await colleague.Press("Reject it");
        await colleague.Sees("Rejected: There are two custodians already");

        await office.Go(request);
        await office.Sees("Rejected: There are two custodians already");
        await office.Go("/desk/approvals");
        await office.Sees("Ended in the last thirty days");
    }

    private async Task<(Player Second, Player Officer)> Enlist(int width, string wide, string narrow)
    {
        var name = width == Screen.Desktop ? wide : narrow;
        var mark = string.Create(CultureInfo.InvariantCulture, $"{name.Split(' ')[0].ToLowerInvariant()}{width}");
        return (await site.Bank.Enlist("Farah Qureshi", $"second.{mark}", $"HO-{mark}", Role.Admin, null), await site.Bank.Enlist(name, $"officer.{mark}", $"E-{mark}", Role.CounterOfficer, "MGR"));
    }

    private static async Task AskForCustodian(Screen office, Player officer)
    {
        await office.Go("/office/staff");
        await office.Follow(officer.Name);
        await office.Follow("Post to a branch");
        await office.Tick("Custodian");
        await office.Choose("Where", "MG Road");
        await office.Sees("A colleague approves it before it counts.");
        await office.Press("Ask for the posting");
    }
}

public sealed class ApprovalJourneysOnSqlite(Site<Sqlite> site) : ApprovalJourneys<Sqlite>(site);

public sealed class ApprovalJourneysOnPostgres(Site<Postgres> site) : ApprovalJourneys<Postgres>(site);
