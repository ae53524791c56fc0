using System.Text;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Strongroom.Data;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;

namespace Strongroom.BrowserTests.Journeys;

/// <summary>A hirer signs on the counter's screen by mouse or finger, and what a visit leaves is paper: the slip, the register.</summary>
public abstract class PaperJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_hirer_signs_on_the_screen_and_takes_the_slip_home(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire($"Gauri Deshpande {width}");
        await TakeSpecimen(hire);
        var hirer = await site.Bank.OpenAccess(hire, $"gauri{width}");

        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.CheckIn(hire);
        await desk.Tick("Face compared with the photograph");
        await desk.Unfold(desk.Page.Locator("main"), $"Let {hire.Name} sign on this screen");
        await desk.Look();
        var pad = desk.Page.Locator("[data-pad-canvas]");
        if (width == Screen.Desktop) await SignByMouse(desk, pad);
        else await SignByTouch(desk, pad);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Clear and sign again" }).ClickAsync();
        await desk.Sees("Cleared.");
        if (width == Screen.Desktop) await SignByMouse(desk, pad);
        else await SignByTouch(desk, pad);
        await desk.Sees("Signed.");
        (await desk.Page.GetByLabel("On this screen, and the signature agrees with the specimen").IsCheckedAsync()).ShouldBeTrue();

        // Without the officer's word it comes back, and what was drawn is there still.
        await desk.Press("Identity checked");
        await desk.Sees("Nobody has said that it agrees with the specimen");
        (await desk.Page.Locator("[data-pad-value]").InputValueAsync()).ShouldStartWith("data:image/png;base64,");
        await desk.Tick("I compared the two signatures, and they agree");
        await desk.Press("Identity checked");
        await desk.Sees("on the screen, compared with the specimen");
        (await desk.Page.Locator("img.drawn").EvaluateAsync<int>("one => one.naturalWidth")).ShouldBe(720);

        await desk.Press("Admit the hirer");
        await desk.Press("Opened, hirer left alone");
        await desk.LockUp();
        await desk.Press("Check the hirer out");
        await IsPdf(desk, desk.Page.GetByRole(AriaRole.Link, new() { Name = "Print the slip" }));

        await using var phone = await site.Open(hirer, width);
        await phone.Follow(phone.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link));
        await IsPdf(phone, phone.Page.GetByRole(AriaRole.Link, new() { Name = "Slip as PDF" }));
    }

    [Theory, Widths]
    public async Task Where_no_script_runs_the_paper_slip_is_signed(int width)
    {
        await site.NextDay();
        await site.Bank.OpenDay();
        var hire = await site.NewHire($"Kiran Rao {width}");
        await TakeSpecimen(hire);

        await using var desk = await site.Open(site.Bank.Custodian, width, scripts: false);
        await desk.CheckIn(hire);
        await desk.Unfold(desk.Page.Locator("main"), $"Let {hire.Name} sign on this screen");
        await desk.Sees("let the hirer sign the paper slip");
        (await desk.Page.Locator("[data-pad-canvas]").IsVisibleAsync()).ShouldBeFalse();
        await desk.Tick("Face compared with the photograph");
        await desk.Tick("On this screen, and the signature agrees with the specimen");
        await desk.Press("Identity checked");
        await desk.Sees("Nothing was drawn on the screen");
        await desk.Identify();
        await desk.Sees("on the slip");
    }

    [Theory, Widths]
    public async Task The_manager_prints_the_books_of_chosen_days(int width)
    {
        await site.NextDay();
        await using var desk = await site.Open(site.Bank.Manager, width);
        await desk.Go("/desk/registers");
        await desk.Sees("Vault register");
        foreach (var link in await desk.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Print as PDF: ") }).AllAsync()) await IsPdf(desk, link);

        await desk.Page.GetByLabel("From", new() { Exact = true }).FillAsync("2020-01-01");
        await desk.Press("Choose these days");
        await desk.Sees("Print it year by year");
    }

    private static async Task SignByMouse(Screen screen, ILocator pad)
    {
        await pad.ScrollIntoViewIfNeededAsync();
        var box = (await pad.BoundingBoxAsync())!;
        await screen.Page.Mouse.MoveAsync(box.X + box.Width * 0.1f, box.Y + box.Height * 0.7f);
        await screen.Page.Mouse.DownAsync();
        await screen.Page.Mouse.MoveAsync(box.X + box.Width * 0.4f, box.Y + box.Height * 0.2f, new() { Steps = 8 });
        await screen.Page.Mouse.MoveAsync(box.X + box.Width * 0.8f, box.Y + box.Height * 0.6f, new() { Steps = 8 });
        await screen.Page.Mouse.UpAsync();
    }

    private static async Task SignByTouch(Screen screen, ILocator pad)
    {
        await pad.ScrollIntoViewIfNeededAsync();
        var box = (await pad.BoundingBoxAsync())!;
        var finger = await screen.Page.Context.NewCDPSessionAsync(screen.Page);
        await finger.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        Task Touch(string type, float x, float y) => finger.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : new object[] { new Dictionary<string, object> { ["x"] = box.X + box.Width * x, ["y"] = box.Y + box.Height * y } },
        });
        await Touch("touchStart", 0.1f, 0.7f);
        for (var step = 1; step <= 10; step++) await Touch("touchMove", 0.1f + 0.07f * step, step < 6 ? 0.7f - 0.08f * step : 0.3f + 0.05f * (step - 5));
        await Touch("touchEnd", 0, 0);
    }

    private static async Task IsPdf(Screen screen, ILocator link)
    {
        var answer = await screen.Page.Context.APIRequest.GetAsync((await link.First.GetAttributeAsync("href"))!);
        answer.Status.ShouldBe(200, await link.First.GetAttributeAsync("href"));
        answer.Headers["content-type"].ShouldBe("application/pdf");
        Encoding.ASCII.GetString((await answer.BodyAsync())[..5]).ShouldBe("%PDF-");
    }

    private async Task TakeSpecimen(Hire hire)
    {
        using var surface = SKSurface.Create(new SKImageInfo(480, 192));
        surface.Canvas.Clear(SKColors.White);
        using var pen = new SKPaint { Color = SKColors.Black, StrokeWidth = 4, IsAntialias = true };
        surface.Canvas.DrawLine(40, 150, 200, 40, pen);
        surface.Canvas.DrawLine(200, 40, 420, 130, pen);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 90);
        var version = await site.Bank.Lab.Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Version).SingleAsync());
        await site.Bank.Lab.Do<TakePicture, Done>(site.Bank.Manager.Person, slice => slice.Handle(hire.Hirer, PictureKind.Specimen, png.ToArray(), site.Bank.Lab.Now.DateIn("Asia/Kolkata"), default), version);
    }
}

public sealed class PaperJourneysOnSqlite(Site<Sqlite> site) : PaperJourneys<Sqlite>(site);

public sealed class PaperJourneysOnPostgres(Site<Postgres> site) : PaperJourneys<Postgres>(site);
