using Strongroom.BrowserTests.Journeys;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.BrowserTests;

/// <summary>The pictures of what nobody does alone: each at a desk and on a telephone.</summary>
public sealed class DutiesScreenshots(Site<Sqlite> site) : IClassFixture<Site<Sqlite>>
{
    private readonly string folder =
        Environment.GetEnvironmentVariable("STRONGROOM_SCREENSHOTS") ?? Directory.CreateTempSubdirectory("strongroom-screenshots-").FullName;

    [Fact]
    public async Task Pictures_of_approvals_stand_ins_emergencies_and_the_yearly_look_at_roles()
    {
        await site.NextDay();
        var (asha, vikram) = (await site.NewHire(), await site.NewHire("Vikram Joshi"));
        await site.Bank.Enlist("Farah Qureshi", "second", "HO-2", Role.Admin, null);
        await using (var office = await site.Open(site.Bank.Admin))
        {
            await office.Go("/office/staff");
            await office.Follow(site.Bank.CounterOfficer.Name);
            await office.Follow("Post to a branch");
            await office.Tick("Custodian");
            await office.Choose("Where", "MG Road");
            await office.Press("Ask for the posting");
        }
        await using (var desk = await site.Open(site.Bank.Custodian))
        {
            await ReportLostKey(desk, asha);
            await MarkAsDead(desk, vikram);
        }
        await using var manager = await site.Open(site.Bank.Manager);
        await manager.Go("/desk/approvals");
        await Take(manager, "approvals");
        await manager.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await TakeOne(manager, "approvals-dark");
        await manager.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await HandOver(manager);
        await TakeEmergencyAccess(manager);
        await ConfirmRoles();
    }

    private async Task ReportLostKey(Screen desk, Hire hire)
    {
        await desk.Go($"/desk/lockers/{hire.Locker}/keys");
        await desk.Follow(desk.Page.GetByRole(AriaRole.Link, new() { Name = "It is lost" }));
        await desk.Choose("Who reports it", hire.Name);
        await desk.Fill("Lost on", "2026-11-22");
        await desk.Fill("How it was lost", "Left in a rickshaw on the way home from the market.");
        await desk.Fill("Number of the signed undertaking", "U-2026-31");
        await desk.Press("Record the loss");
        await Take(desk, "key-lost");
        await desk.Press("Ask for approval");
    }

    private async Task MarkAsDead(Screen desk, Hire hire)
    {
        await desk.Go($"/desk/people/{hire.Hirer}/death");
        await desk.Fill("Day of death", "2026-11-14");
        await desk.Fill("Number of the document, and who issued it", "2026/1187, Pune Municipal Corporation");
        await desk.Fill("Date of the document", "2026-11-19");
        await Take(desk, "person-died");
        await desk.Press("Ask that they be marked as dead");
    }

    private async Task HandOver(Screen manager)
    {
        await manager.Follow("Stand-ins: who approves while somebody is away");
        await manager.Follow("Hand over what I approve");
        await manager.Choose("To whom", site.Bank.CounterOfficer.Name);
        await manager.Fill("Last day", "2026-11-27");
        await manager.Fill("Why", "My daughter’s wedding");
        await Take(manager, "stand-in");
    }

    private async Task TakeEmergencyAccess(Screen manager)
    {
        await using (var counter = await site.Open(site.Bank.CounterOfficer))
        {
            await counter.Go("/desk/break-glass");
            await counter.Choose("At which branch", "MG Road");
            await counter.Press("Go on");
            await counter.Tick("Custodian");
            await counter.Choose("Who signs as well", $"{site.Bank.Manager.Name}, of this branch");
            await counter.Fill("What has happened", "A customer is in the vault and both custodians are ill");
            await Take(counter, "emergency");
            await counter.Press("Go on to the two signatures");
            await counter.SignMyself(site, site.Bank.CounterOfficer);
            await counter.SignAsColleague(site, site.Bank.Manager, site.Bank.Manager.Name);
            await counter.Press("Open it now: everybody is told");
            await manager.Go("/desk");
            await Take(manager, "emergency-open");
            await counter.Press("End my emergency access");
        }
        await using var auditor = await site.Open(site.Bank.Auditor);
        await auditor.Go("/office/break-glass");
        await auditor.Follow(auditor.Page.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Link).First);
        await auditor.Fill("What you think of it", "The customer was let out within minutes. All that was done was needed for it.");
        await Take(auditor, "emergency-review");
        await auditor.Press("Write down the review");
    }

    private async Task ConfirmRoles()
    {
        site.Pass(TimeSpan.FromDays(340));
        await using var office = await site.Open(site.Bank.Admin);
        await office.Go("/office/recertification");
        await Take(office, "roles");
    }

    /// <summary>At a desk, and the same page on a telephone.</summary>
    private async Task Take(Screen screen, string name)
    {
        await screen.Page.EvaluateAsync("() => document.activeElement?.blur()");
        await TakeOne(screen, name);
        var desk = screen.Page.ViewportSize!;
        await screen.Page.SetViewportSizeAsync(Screen.Telephone, 740);
        await TakeOne(screen, $"{name}-360");
        await screen.Page.SetViewportSizeAsync(desk.Width, desk.Height);
    }

    private Task TakeOne(Screen screen, string name) =>
        screen.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
}
