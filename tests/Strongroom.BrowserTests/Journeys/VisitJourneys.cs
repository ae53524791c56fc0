using System.Globalization;
using MimeKit;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Deciding;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>From the opening of the day to the message that the hirer gets, and what happens when a rule says no.</summary>
public abstract class VisitJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_visit_takes_six_acts_and_the_hirer_is_told_of_it(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire();
        var hirer = await site.Bank.OpenAccess(hire, $"hirer{hire.Number}");

        await using var desk = await site.Open(site.Bank.Custodian, width);
        desk.IsAt("/desk");
        await desk.OpenDay(site);

        var before = desk.Effort;
        await desk.ServeVisit(hire);
        (desk.Effort - before).Acts.ShouldBe(6);
        await desk.Sees("The visit is closed");

        await using var manager = await site.Open(site.Bank.Manager, width);
        await manager.Sees("Ended today");
        await manager.Sees(hire.Name);

        await using var phone = await site.Open(hirer, width);
        phone.IsAt("/account");
        await phone.Sees("Opened and locked again");
        await phone.Follow(phone.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link));
        await phone.Sees($"Visit to locker {hire.Number}");
        await phone.Sees(site.Bank.Custodian.Name);

        var letter = await site.MailTo(hire);
        var opened = site.Bank.Lab.Now.InZone("Asia/Kolkata");
        letter.TextBody.ShouldNotBeNull().ShouldContain(hire.Number);
        letter.TextBody.ShouldContain(opened.ToString("d MMMM yyyy 'at' HH:", CultureInfo.InvariantCulture));
        letter.TextBody.ShouldContain("IST");
    }

    [Theory, Widths]
    public async Task A_refusal_shows_the_officer_every_rule_and_the_hirer_one_plain_sentence(int width)
    {
        const string Plain = "Please speak with the branch manager about your locker.";
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Nandini Bhat");
        var hirer = await site.Bank.OpenAccess(hire, $"hirer{hire.Number}");
        await site.PlaceCourtHold(hire);

        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await desk.Identify();
        await desk.Press("Refuse admission");
        await desk.Sees("Admission refused");
        await desk.Sees(Plain);
        var rules = desk.Page.Locator("ul.rules li");
        (await rules.CountAsync()).ShouldBe(AccessRules.All.Count);
        await Assertions.Expect(rules.First).ToContainTextAsync("A hold is in force: court order.");

        await using var phone = await site.Open(hirer, width);
        await phone.Follow(phone.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link));
        await phone.Sees("The locker was not opened");
        await phone.Sees(Plain);
        await phone.DoesNotSee("court");
        await phone.DoesNotSee("hold");
    }

    [Theory, Widths]
    public async Task The_day_does_not_close_while_somebody_is_inside(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire("Farida Khan");

        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await desk.Identify();
        await desk.Press("Admit the hirer");
        await desk.Press("Opened, hirer left alone");
        var visit = new Uri(desk.Page.Url).AbsolutePath;

        await desk.Go("/desk/day");
        await desk.Sees("One visit is still open");
        await MakeLastRound(desk);
        await desk.Sees("The day was not closed");
        await desk.Sees($"Locker {hire.Number}: {hire.Name}");

        await desk.Go(visit);
        await desk.LockUp();
        await desk.Press("Check the hirer out");
        await desk.Go("/desk/day");
        await MakeLastRound(desk);
        await desk.SignMyself(site, site.Bank.Custodian);
        await desk.SignAsColleague(site, site.Bank.Manager);
        await desk.Press("Close the day");
        desk.IsAt("/desk");
        await desk.Sees("The day is not open");
    }

    [Fact]
    public async Task A_visit_can_be_served_without_scripts()
    {
        await site.NextDay();
        var hire = await site.NewHire("Vikram Joshi");
        await using var desk = await site.Open(site.Bank.Custodian, scripts: false);
        await desk.OpenDay(site);
        await desk.ServeVisit(hire);
        await desk.Sees("The visit is closed");
    }

    private static async Task MakeLastRound(Screen desk)
    {
        await desk.Tick("Vault 1: I looked through it, and nobody is inside");
        await desk.Page.GetByLabel("Guard keys counted").FillAsync("1");
        await desk.Press("Go on to the two signatures");
    }
}

public sealed class VisitJourneysOnSqlite(Site<Sqlite> site) : VisitJourneys<Sqlite>(site);

public sealed class VisitJourneysOnPostgres(Site<Postgres> site) : VisitJourneys<Postgres>(site);
