namespace Strongroom.BrowserTests.Journeys;

/// <summary>The yearly look at who holds which role.</summary>
public abstract class RecertificationJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task An_administrator_confirms_a_role_from_the_list_of_work(int width)
    {
        await site.NextDay();
        // Each width has an officer of its own; the year passes once.
        if (site.Bank.Lab.Now.Year == 2026) site.Pass(TimeSpan.FromDays(340));
        var officer = width == Screen.Desktop ? site.Bank.Custodian : site.Bank.SecondCustodian;
        await using var office = await site.Open(site.Bank.Admin, width);

        await office.Go("/office/work");
        await office.Sees("roles to be confirmed");
        await office.Go("/office/staff");
        await office.Follow("Confirm roles");
        await office.Sees("Nobody confirms their own role.");
        await office.Tick($"Confirm: {officer.Name}, custodian");
        await office.Press("Save for MG Road");
        await office.DoesNotSee(officer.Name);

        await office.Follow("Duties apart");
        await office.Sees("What nobody is at the same time");
    }
}

public sealed class RecertificationJourneysOnSqlite(Site<Sqlite> site) : RecertificationJourneys<Sqlite>(site);

public sealed class RecertificationJourneysOnPostgres(Site<Postgres> site) : RecertificationJourneys<Postgres>(site);
