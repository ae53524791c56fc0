using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>From what somebody at the counter says to the locker, and to where it stands.</summary>
public abstract class FindJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task An_officer_finds_a_locker_by_its_hirers_name_and_sees_it_on_the_wall(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire("Lakshmi Deshpande");
        await site.PlaceCourtHold(await site.NewHire("Uday Shah"));
        await using var desk = await site.Open(site.Bank.Manager, width);

        await Ask(desk, "Laxmi");
        await desk.Sees("Found for “Laxmi”");
        await desk.Sees("name sounds like “Laxmi”");
        await desk.Sees($"locker {hire.Number}, MG Road");

        await desk.Go("/desk");
        await Ask(desk, $"MGR {hire.Number}");
        await desk.Follow($"Locker {hire.Number}");
        desk.IsAt($"/desk/lockers/{hire.Locker}");
        await desk.Follow("See it on the wall");
        desk.IsAt("/desk/wall");
        await desk.Sees("Occupant unknown");
        await desk.Unfold(desk.Page.Locator("main"), "The same as a table");
        await desk.Look();
        await desk.Follow($"Locker {hire.Number}, rented, {hire.Name}");
        desk.IsAt($"/desk/lockers/{hire.Locker}");
        await desk.Sees("Story of this locker");
    }

    [Theory, Widths]
    public async Task A_telephone_number_finds_its_person_and_stands_in_no_address(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire($"Farida Qureshi {width}");
        var mobile = width == Screen.Desktop ? "98111 22333" : "98111 22334";
        await site.Bank.Lab.Do<AddChannel, ChannelAdded>(site.Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new(ChannelKind.Mobile, mobile), default));
        await using var desk = await site.Open(site.Bank.Manager, width);

        await Ask(desk, mobile);

        await desk.Sees("reached at this mobile number");
        new Uri(desk.Page.Url).PathAndQuery.ShouldBe("/desk/find");
        await desk.Follow(hire.Name);
        await desk.Sees(hire.Number);
    }

    private static async Task Ask(Screen desk, string text)
    {
        var box = desk.Page.GetByRole(AriaRole.Banner);
        await desk.Fill(box, "Find a person, a locker, a key or an agreement", text);
        await desk.Press(box, "Find");
    }
}

public sealed class FindJourneysOnSqlite(Site<Sqlite> site) : FindJourneys<Sqlite>(site);

public sealed class FindJourneysOnPostgres(Site<Postgres> site) : FindJourneys<Postgres>(site);
