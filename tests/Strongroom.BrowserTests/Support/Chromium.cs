namespace Strongroom.BrowserTests.Support;

/// <summary>The one browser of this run. Each person in a journey has a context of their own in it: own cookies, own window.</summary>
internal static class Chromium
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<IBrowser>> Started = new(Start);

    public static Task<IBrowser> Browser => Started.Value;

    private static async Task<IBrowser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(15_000);
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("STRONGROOM_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
    }
}
