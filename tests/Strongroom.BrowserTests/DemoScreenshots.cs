using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OtpNet;
using Strongroom.Data.Jobs;
using Strongroom.Lab.Demo;

namespace Strongroom.BrowserTests;

/// <summary>The pages that need a whole bank to show anything, from the one that ./run fills.</summary>
public sealed class DemoScreenshots : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-demo-").FullName;
    private readonly string pictures =
        Environment.GetEnvironmentVariable("STRONGROOM_SCREENSHOTS") ?? Directory.CreateTempSubdirectory("strongroom-screenshots-").FullName;
    private readonly OffsetClock clock = new(new DateTimeOffset(Today, new(11, 0), TimeSpan.FromHours(5.5)).ToUniversalTime());
    private Dictionary<string, Player> players = [];
    private Uri address = null!;
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        await DemoVerb.Make(folder, new(Seed: 7, Today, Days: 60), _ => { }, default);
        players = JsonSerializer.Deserialize<List<Player>>(await File.ReadAllTextAsync(Path.Combine(folder, SignIns.File)))!.ToDictionary(player => player.UserName);
        address = new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Ports.Free()}"));
        app = StrongroomApp.Build(
            ["--environment", "Development", "--urls", address.ToString(), "--Strongroom:PublicAddress", address.ToString(), "--data", folder, "--Logging:LogLevel:Default", "Warning"],
            builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(JobClock)));
            });
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Pictures_of_a_bank_after_sixty_days()
    {
        await using (var desk = await SignIn("custodian"))
        {
            await desk.Go("/desk/wall");
            await Take(desk, "vault-wall");
            await Find(desk, "rao");
            await Take(desk, "search");
        }
        await using (var manager = await SignIn("manager"))
        {
            await Find(manager, "Asha Rao");
            await manager.Follow("Asha Rao");
            await Take(manager, "person");
        }
        await using (var moved = await SignIn("wai.manager"))
        {
            await moved.Go("/desk/work");
            await Take(moved, "manager-work");
            await moved.Go("/desk/work/warnings");
            await moved.Go("/desk/people/likely-same");
        }
        await using (var office = await SignIn("admin"))
        {
            await office.Go("/office/imports");
            await office.Follow(office.Page.Locator("main table").GetByRole(AriaRole.Link).First);
            await Take(office, "import-review");
        }
        await using (var phone = await SignIn("custodian", Screen.Telephone))
        {
            await phone.Go("/desk/wall");
            await phone.Go("/desk/lockers");
            await phone.Go("/desk/agreements");
        }
    }

    private static async Task Find(Screen desk, string text)
    {
        await desk.Go("/desk/lockers");
        var box = desk.Page.GetByRole(AriaRole.Banner);
        await desk.Fill(box, "Find a person, a locker, a key or an agreement", text);
        await desk.Press(box, "Find");
        await desk.Sees($"Found for “{text}”");
    }

    private async Task<Screen> SignIn(string userName, int width = Screen.Desktop)
    {
        var player = players[userName];
        // A code counts once in its half minute.
        clock.Pass(TimeSpan.FromSeconds(31));
        var screen = await Screen.Open(address, width, scripts: true, dark: false, keyboard: false);
        await screen.Go("/sign-in");
        await screen.Fill("User name", player.UserName);
        await screen.Fill("Password", player.Password);
        await screen.Press("Go on");
        await screen.Fill("Code", new Totp(Base32Encoding.ToBytes(player.TotpSecret)).ComputeTotp(clock.GetUtcNow().UtcDateTime));
        await screen.Press("Sign in");
        return screen;
    }

    // The first screen of each: of hundreds of lockers more of the same would follow.
    private Task Take(Screen screen, string name) => screen.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}.png") });
}
