using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Days;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>Two officers at two screens, a server that goes away, and one machine that two share.</summary>
public abstract class LiveJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_colleagues_board_moves_while_its_reader_types(int width)
    {
        await OpenDay();
        var hire = await site.NewHire($"Lata Rao {width}");
        await using var watcher = await site.Open(site.Bank.Manager, width);
        await watcher.Go("/desk");
        await StayOnThisPage(watcher);
        await watcher.Fill("Who is at the counter?", "half a na");

        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await watcher.Sees(hire.Name);
        await watcher.Sees("Check identity");
        await desk.Identify();
        await watcher.Sees("Decide and admit");

        await Assertions.Expect(watcher.Page.GetByLabel("Who is at the counter?")).ToHaveValueAsync("half a na");
        await Assertions.Expect(watcher.Page.GetByLabel("Who is at the counter?")).ToBeFocusedAsync();
        await IsStillThisPage(watcher);
        await watcher.Look();
    }

    [Theory, Widths]
    public async Task A_visit_that_a_colleague_moved_on_says_so_and_leaves_what_is_half_filled_in(int width)
    {
        await OpenDay();
        var hire = await site.NewHire($"Mohan Das {width}");
        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await using var reader = await site.Open(site.Bank.CounterOfficer, width);
        await using var filler = await site.Open(site.Bank.SecondCustodian, width);
        foreach (var screen in new[] { reader, filler })
        {
            await screen.Go(new Uri(desk.Page.Url).AbsolutePath);
            await StayOnThisPage(screen);
        }
        await filler.Tick("Face compared with the photograph");

        await desk.Identify();

        await reader.Sees("Another officer moved this visit on.");
        await reader.Sees("May this locker be opened now?");
        await reader.Look();
        await filler.Sees("Something changed here meanwhile.");
        await Assertions.Expect(filler.Page.GetByLabel("Face compared with the photograph")).ToBeCheckedAsync();
        foreach (var screen in new[] { reader, filler }) await IsStillThisPage(screen);
    }

    [Theory, Widths]
    public async Task The_wall_shows_who_went_in_and_the_reader_keeps_their_place(int width)
    {
        await OpenDay();
        var hire = await site.NewHire($"Nila Sen {width}");
        await using var wall = await site.Open(site.Bank.Manager, width);
        await wall.Go("/desk/wall");
        await StayOnThisPage(wall);
        var locker = wall.Page.Locator($".wall a[href='/desk/lockers/{hire.Locker}']");
        await locker.FocusAsync();

        var admitted = await site.Bank.Admit(await site.Bank.Identify(await site.Bank.CheckIn(hire)));
        await site.Bank.LeaveAlone(admitted.Id, admitted.Version);

        await Assertions.Expect(locker).ToHaveClassAsync("inside");
        await Assertions.Expect(locker).ToBeFocusedAsync();
        await IsStillThisPage(wall);
        await wall.Look();
    }

    [Theory, Widths]
    public async Task A_screen_whose_server_went_away_says_so_and_recovers_by_itself(int width)
    {
        await OpenDay();
        var (before, during) = (await site.NewHire($"Omar Ali {width}"), await site.NewHire($"Padma Iyer {width}"));
        await using var node = await site.NewNode();
        await using var watcher = await site.Open(site.Bank.Manager, width, at: node.Address);
        await watcher.Go("/desk");
        await StayOnThisPage(watcher);
        // The act happens at the other server.
        await site.Bank.CheckIn(before);
        await watcher.Sees(before.Name);

        await node.Stop();
        await watcher.Sees("Not live since");
        await site.Bank.CheckIn(during);
        await node.Start();

        await watcher.Sees(during.Name);
        await watcher.DoesNotSee("Not live since");
        await IsStillThisPage(watcher);
        watcher.Forgive();
        await watcher.Look();
    }

    [Theory, Widths]
    public async Task The_managers_page_fills_while_it_is_open(int width)
    {
        await OpenDay();
        await using var manager = await site.Open(site.Bank.Manager, width);
        await manager.Go("/desk/work");
        await StayOnThisPage(manager);
        // The manager's header has the most in it, and on the desk's screens it is one line.
        if (width == Screen.Desktop) (await manager.Page.Locator("header.shell").BoundingBoxAsync())!.Height.ShouldBeLessThan(60);

        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.Go("/desk/occurrences?kind=PowerLost");
        await desk.Fill("What did you find, and what did you do?", "Dark for ten minutes; everybody was led out by name.");
        await desk.Press("Record it");

        await manager.Sees("that went wrong at the vault");
        await IsStillThisPage(manager);
        await manager.Look();
        await manager.Follow(manager.Page.GetByRole(AriaRole.Link, new() { Name = "See to it", Exact = true }));
        manager.IsAt("/desk/occurrences");
    }

    [Theory, Widths]
    public async Task A_screen_is_locked_in_all_its_tabs_by_three_keys_and_opened_by_the_same_officer(int width)
    {
        await using var desk = await site.Open(site.Bank.CounterOfficer, width);
        await desk.Go("/desk/people");
        var tab = await desk.Page.Context.NewPageAsync();
        await tab.GotoAsync("/desk/lockers");
        await desk.Page.BringToFrontAsync();

        await desk.Keys("Alt+Shift+KeyL");
        desk.IsAt("/locked");
        await desk.Sees($"By {site.Bank.CounterOfficer.Name}");
        await Assertions.Expect(tab.Locator("h1")).ToHaveTextAsync("This screen is locked");
        await desk.Page.GoBackAsync();
        await desk.Sees("This screen is locked");

        await desk.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await desk.Page.GetByLabel("Code of your app").FillAsync("000000");
        await desk.Keys("Enter");
        await desk.Sees("Still locked");
        await desk.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(site.Bank.CounterOfficer.Password);
        await desk.Page.GetByLabel("Code of your app").FillAsync(site.CodeOf(site.Bank.CounterOfficer));
        await desk.Keys("Enter");

        desk.IsAt("/desk/people");
        await Assertions.Expect(tab.Locator("h1")).Not.ToHaveTextAsync("This screen is locked");
    }

    [Theory, Widths]
    public async Task Officers_change_places_at_a_shared_machine(int width)
    {
        await using var desk = await site.Open(site.Bank.CounterOfficer, width);
        await desk.Go("/desk");
        await desk.Press(desk.Page.Locator("header"), "Lock");

        await desk.Follow("Switch officer");
        await site.SignIn(desk, site.Bank.Custodian);

        desk.IsAt("/desk");
        await Assertions.Expect(desk.Page.Locator("header")).ToContainTextAsync(site.Bank.Custodian.Name);
    }

    // One day for all of them: these journeys leave their visits open.
    private async Task OpenDay()
    {
        if (!await site.Bank.Lab.Read(db => db.Set<BranchDay>().AnyAsync(day => day.Branch == site.Bank.Branch && day.ClosedAt == null))) await site.Bank.OpenDay();
    }

    private static Task StayOnThisPage(Screen screen) => screen.Page.EvaluateAsync("() => { window.thisPage = true; }");

    private static async Task IsStillThisPage(Screen screen) => (await screen.Page.EvaluateAsync<bool>("() => window.thisPage === true")).ShouldBeTrue("The page was loaded anew");
}

public sealed class LiveJourneysOnSqlite(Site<Sqlite> site) : LiveJourneys<Sqlite>(site);

public sealed class LiveJourneysOnPostgres(Site<Postgres> site) : LiveJourneys<Postgres>(site);
