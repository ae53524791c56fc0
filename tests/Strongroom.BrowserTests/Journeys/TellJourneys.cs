using System.Text.RegularExpressions;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>From the alert in the hirer's mail to the manager who sees to the complaint.</summary>
public abstract partial class TellJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_hirer_complains_by_the_link_in_the_mail_and_the_managers_bell_rings_by_itself(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire($"Meher Irani {width}");
        await site.Bank.OpenDay();
        var identified = await site.Bank.Identify(await site.Bank.CheckIn(hire));
        var admitted = await site.Bank.Admit(identified);
        await site.Bank.CheckOut(await site.Bank.LockUp(await site.Bank.LeaveAlone(admitted.Id, admitted.Version)));
        var link = Link().Match((await site.MailTo(hire)).TextBody!).Value;
        await using var manager = await site.Open(site.Bank.Manager, width);
        await manager.Go("/desk");
        var bell = manager.Page.Locator("[data-notices]");
        var before = await bell.TextContentAsync();

        await using var phone = await site.Open(width, scripts: false);
        await phone.Go(new Uri(link).AbsolutePath);
        await phone.Sees($"Complain about locker {hire.Number}");
        await phone.Look();
        await phone.Press("Open a complaint");
        await phone.Sees("Its number is C-");

        await Assertions.Expect(bell).Not.ToHaveTextAsync(before ?? "");
        await manager.Go("/desk/notices");
        await manager.Sees($"about locker {hire.Number}");
        await manager.Look();
        await manager.Go("/desk/work");
        await manager.Sees("Complaints");
        await manager.Look();
    }

    [GeneratedRegex("http[^ \r\n]*/complaint/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}

public sealed class TellJourneysOnSqlite(Site<Sqlite> site) : TellJourneys<Sqlite>(site);

public sealed class TellJourneysOnPostgres(Site<Postgres> site) : TellJourneys<Postgres>(site);
