using Strongroom.BrowserTests.Journeys;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.BrowserTests;

/// <summary>The pictures of docs/screenshots, taken from a bank at work. eng/screenshots says where they go; else they are thrown away.</summary>
public sealed class Screenshots(Site<Sqlite> site) : IClassFixture<Site<Sqlite>>
{
    private readonly string folder =
        Environment.GetEnvironmentVariable("STRONGROOM_SCREENSHOTS") ?? Directory.CreateTempSubdirectory("strongroom-screenshots-").FullName;

    [Fact]
    public async Task Pictures_of_the_desk_the_office_and_the_account()
    {
        await site.NextDay();
        var (asha, held, waits) = (await site.NewHire(), await site.NewHire("Nandini Bhat"), await site.NewHire("Vikram Joshi"));
        await site.PlaceCourtHold(held);
        var hirer = await site.Bank.OpenAccess(asha, "asha");

        await using (var door = await site.Open())
        {
            await door.Go("/sign-in");
            await Take(door, "sign-in");
        }

        await using var desk = await site.Open(site.Bank.Custodian);
        await desk.Follow("Open the day");
        await desk.Press("Begin the hand-over");
        await desk.SignMyself(site, site.Bank.Custodian);
        await Take(desk, "day-signatures");
        await desk.SignAsColleague(site, site.Bank.Manager);
        await desk.Press("Open the day");
        await desk.ServeVisit(asha);
        await desk.CheckIn(held);
        await desk.Identify();
        await desk.Press("Refuse admission");
        await Take(desk, "refusal");

        await desk.Go("/desk");
        await desk.Fill("Who is at the counter?", asha.Name);
        await desk.Press("Find");
        await desk.Press($"Check in {asha.Name}");
        await Take(desk, "visit-identity");
        await desk.Identify();
        await Take(desk, "visit-decision");
        await using (var night = await site.Open(site.Bank.Custodian, dark: true))
        {
            await night.Go(new Uri(desk.Page.Url).AbsolutePath);
            await Take(night, "visit-decision-dark");
        }
        await using (var phone = await site.Open(site.Bank.Custodian, Screen.Telephone))
        {
            await phone.Go(new Uri(desk.Page.Url).AbsolutePath);
            await Take(phone, "visit-decision-360");
        }
        await desk.Press("Admit the hirer");
        await desk.Press("Opened, hirer left alone");
        await desk.CheckIn(waits);
        await desk.Go("/desk");
        await Take(desk, "board");
        await using (var phone = await site.Open(site.Bank.Custodian, Screen.Telephone))
        {
            await Take(phone, "board-360");
        }
        await using (var night = await site.Open(site.Bank.Custodian, dark: true))
        {
            await Take(night, "board-dark");
        }

        await using (var phone = await site.Open(hirer, Screen.Telephone))
        {
            await Take(phone, "account-360");
            await phone.Follow(phone.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).Last);
            await Take(phone, "slip-360");
        }
        await using (var auditor = await site.Open(site.Bank.Auditor))
        {
            await auditor.Go($"/audit?locker={asha.Number}");
            await Take(auditor, "log");
            await auditor.Follow(auditor.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First);
            await auditor.GoUntil(new Uri(auditor.Page.Url).AbsolutePath, "Place in the log");
            await Take(auditor, "log-event");
        }
        await using (var anybody = await site.Open(Screen.Telephone))
        {
            await anybody.Go("/audit/check");
            await Take(anybody, "log-check-360");
        }
        await using (var office = await site.Open(site.Bank.Admin))
        {
            await office.Go("/office/policies");
            await Take(office, "policies");
            await office.Go("/office/clients/new");
            await office.Fill("Name", "Core banking");
            await office.Tick("lockers.read");
            await office.Tick("visits.read");
            await office.Tick("The whole bank");
            await office.Press("Register the client");
            await office.Follow("I have kept it, go on");
            await Take(office, "api-client");
        }
        var second = await site.Bank.Enlist("Farah Qureshi", "second", "HO-2", Role.Admin, null);
        await using (var office = await site.Open(site.Bank.Admin))
        {
            await office.Go("/office/staff");
            await office.Follow(site.Bank.CounterOfficer.Name);
            await office.Follow("Post to a branch");
            await office.Tick("Custodian");
            await office.Choose("Where", "MG Road");
            await office.Press("Ask for the posting");
        }
        await using (var phone = await site.Open(second, Screen.Telephone))
        {
            await phone.Go("/desk/approvals");
            await phone.Follow(phone.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Link).First);
            await Take(phone, "approval-360");
        }
    }

    private Task Take(Screen screen, string name) =>
        screen.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
}
