using Strongroom.Modules.Access.Visits;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>The log, as an auditor reads it and as a hirer holds it against the bank.</summary>
public abstract class AuditJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_hirer_takes_the_receipt_of_a_visit_home_and_anybody_checks_it(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Meera Kulkarni");
        var visit = await Serve(hire);
        await using var home = await site.Open(await site.Bank.OpenAccess(hire, $"proves{hire.Number}"), width);
        await home.GoUntil($"/account/visits/{visit}", "Download the receipt");
        var receipt = await home.Download("Download the receipt");

        await using var anybody = await site.Open(width);
        await anybody.Go("/audit/check");
        await anybody.Upload("The receipt (optional)", receipt);
        await anybody.Press("Check the receipt");
        await anybody.Sees("The receipt holds");
        await anybody.Sees("Locker opened, hirer left alone");

        // One letter of the proof is another.
        var text = await File.ReadAllTextAsync(receipt);
        var at = text.IndexOf('\n', text.IndexOf("index", StringComparison.Ordinal)) + 5;
        await anybody.Go("/audit/check");
        await anybody.Fill("Or its text (optional)", text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..]);
        await anybody.Press("Check the receipt");
        await anybody.Sees("The receipt does not hold");
    }

    [Theory, Widths]
    public async Task An_auditor_finds_who_opened_a_locker_and_looks_at_the_proof(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Kabir Menon");
        await Serve(hire);
        await using var auditor = await site.Open(site.Bank.Auditor, width);
        await auditor.Go("/audit");
        await auditor.Choose("What happened", "Locker opened, hirer left alone");
        await auditor.Fill("Locker", hire.Number);
        await auditor.Fill("Person: name or customer number", "Kabir");
        await auditor.Press("Search");
        await auditor.Sees(site.Bank.Custodian.Name);
        await auditor.Follow(auditor.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First);
        await auditor.GoUntil(new Uri(auditor.Page.Url).AbsolutePath, "Place in the log");
        await auditor.Sees("bank.example/log");
        await auditor.Go("/audit?locker=none-such");
        await auditor.Sees("No such event");
    }

    private async Task<VisitId> Serve(Hire hire)
    {
        var admission = await site.Bank.Admit(await site.Bank.Identify(await site.Bank.CheckIn(hire)));
        await site.Bank.CheckOut(await site.Bank.LockUp(await site.Bank.LeaveAlone(admission.Id, admission.Version)));
        return admission.Id;
    }
}

public sealed class AuditJourneysOnSqlite(Site<Sqlite> site) : AuditJourneys<Sqlite>(site);

public sealed class AuditJourneysOnPostgres(Site<Postgres> site) : AuditJourneys<Postgres>(site);
