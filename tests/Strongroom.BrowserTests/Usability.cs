using System.Globalization;
using System.Text;
using Strongroom.BrowserTests.Journeys;

namespace Strongroom.BrowserTests;

/// <summary>What the main paths ask of people, counted as a browser goes through them. eng/usability writes docs/usability.md from it; else the table is thrown away.</summary>
public sealed class Usability(Site<Sqlite> site) : IClassFixture<Site<Sqlite>>
{
    private readonly string path = Environment.GetEnvironmentVariable("STRONGROOM_USABILITY") ?? Path.GetTempFileName();
    private readonly StringBuilder rows = new();

    [Fact]
    public async Task A_visit_asks_at_most_six_acts_and_a_minute_of_the_officer()
    {
        await site.NextDay();
        var (asha, held, other) = (await site.NewHire(), await site.NewHire("Nandini Bhat"), await site.NewHire("Vikram Joshi"));
        var hirer = await site.Bank.OpenAccess(asha, "asha");
        await site.PlaceCourtHold(held);

        await using var door = await site.Open();
        await door.Go("/sign-in");
        await Count(door, "Sign in", "officer", () => site.SignIn(door, site.Bank.Manager));

        await using var desk = await site.Open(site.Bank.Custodian);
        await Count(desk, "Open the day, two signatures", "custodian, manager", () => desk.OpenDay(site));
        var visit = await Count(desk, "A visit, from the counter to the way out", "custodian", () => desk.ServeVisit(asha));
        visit.Acts.ShouldBeLessThanOrEqualTo(6);
        visit.Person.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
        await Count(desk, "A visit that a rule refuses", "custodian", async () =>
        {
            await desk.CheckIn(held);
            await desk.Identify();
            await desk.Press("Refuse admission");
        });
        await desk.Go("/desk/lockers");
        await Count(desk, "Find a person's hire from any page", "custodian", async () =>
        {
            var box = desk.Page.Locator("header");
            await desk.Fill(box, "Find a person, a locker, a key or an agreement", other.Name);
            await desk.Press(box, "Find");
        });
        await Count(desk, "Record something that went wrong", "custodian", async () =>
        {
            await desk.Go("/desk");
            await desk.Follow("What went wrong");
            await desk.Unfold(desk.Page.Locator("main"), "Record something that went wrong");
            await desk.Choose("What happened?", "Power or network was lost");
            await desk.Fill("What did you find, and what did you do?", "Dark for ten minutes; everybody was led out.");
            await desk.Press("Record it");
        });

        await using var home = await site.Open(hirer);
        await Count(home, "See the last visit and who served it", "hirer", () => home.Follow(home.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First));
        await home.Go("/account");
        await Count(home, "Freeze the locker", "hirer", async () =>
        {
            await home.Follow("Freeze this locker");
            await home.Press("Freeze the locker now");
        });
        await File.WriteAllTextAsync(path, Paper());
    }

    private async Task<Effort> Count(Screen screen, string path, string who, Func<Task> walk)
    {
        var before = screen.Effort;
        await walk();
        var effort = screen.Effort - before;
        rows.AppendLine(CultureInfo.InvariantCulture,
            $"| {path} | {who} | {effort.Acts} | {effort.Controls} | {effort.Letters} | {effort.Person.TotalSeconds:0} | {effort.Machine.TotalSeconds:0.0} | {(effort.Person + effort.Machine).TotalSeconds:0} |");
        return effort;
    }

    private string Paper() => $"""
        # What the main paths ask of people

        Made by `eng/usability` on {TimeProvider.System.GetUtcNow():d MMMM yyyy}: a Chromium of 1,280 px goes through the pages of a bank on SQLite as a person does, and counts. An *act* is a form
        that is sent; a *control* a field, a choice, a button or a link that is used. *Person* is the time that a practised officer takes by the keystroke-level model of Card, Moran and
        Newell (1980): 1.35 s to think, 1.1 s to point and 0.2 s to click for each control, 0.8 s for the hand to the keyboard and back for each field, 0.28 s a letter. *Machine* is
        measured, from each act to the page that it brought, on the machine that made this page. What hirers and officers do away from the screen (walking, turning keys, comparing a
        face) is not in it; nor has it been tried with people yet.

        | path | who | acts | controls | letters | person, s | machine, s | together, s |
        |---|---|---:|---:|---:|---:|---:|---:|
        {rows.ToString().TrimEnd()}

        The visit's goal is six acts and 60 s; `./test` fails beyond either. `KeyboardJourneys` walks the same paths by the keyboard alone.

        """;
}
