namespace Strongroom.BrowserTests.Support;

/// <summary>The one browser of this run. Each person in a journey has a context of their own in it: own cookies, own window. One that died is started anew.</summary>
internal static class Chromium
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--renderer-process-limit=1", "--process-per-site",
    ];

    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    public static async Task<IBrowser> Browser()
    {
        await OneAtATime.WaitAsync();
        try
        {
            if (browser is { IsConnected: true } running) return running;
            Assertions.SetDefaultExpectTimeout(15_000);
            playwright ??= await Playwright.CreateAsync();
            return browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("STRONGROOM_TEST_CHROMIUM") ?? "/usr/bin/chromium",
                Args = Arguments,
            });
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
