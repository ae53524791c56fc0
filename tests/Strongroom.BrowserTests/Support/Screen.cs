using System.Collections.Concurrent;
using System.Diagnostics;
using Deque.AxeCore.Commons;

namespace Strongroom.BrowserTests.Support;

/// <summary>
/// One person at one browser. Whatever page they come to must be free of axe's findings (WCAG 2.2 AA), must not scroll sideways on a telephone,
/// and must load without an error; and what they send is counted.
/// </summary>
internal sealed class Screen : IAsyncDisposable
{
    public const int Desktop = 1280, Telephone = 360;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // In the page itself: the package's own call opens a second page to gather the findings of frames, and ours has none.
    private const string RunAxe = """
        async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
            .violations.map(one => `${one.id}: ${one.help} at ${one.nodes.map(node => node.html).join('; ')}`)
        """;

    // Every element with its attributes, without the words, ids and values that the bank fills in.
    private const string Shape = """
        () => document.documentElement.outerHTML
            .replace(/>[^<]*[^<\s][^<]*</g, '>_<')
            .replace(/ (value|nonce|href|action|formaction|src|datetime|title|alt|aria-label)="[^"]+"/g, ' $1')
            .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '_')
        """;

    private static readonly ConcurrentDictionary<string, bool> Clean = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<string> broken = new();
    private readonly int width;
    private readonly bool scripts, dark;
    private readonly Hands hands;
    private Effort effort;

    private Screen(IPage page, int width, bool scripts, bool dark, Hands hands)
    {
        this.hands = hands;
        this.width = width;
        this.scripts = scripts;
        this.dark = dark;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") broken.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => broken.Enqueue($"script: {error}");
        page.RequestFailed += (_, request) =>
        {
            // A page that is left breaks off what it was reading for itself.
            if (request is not { ResourceType: "fetch" or "eventsource", Failure: "net::ERR_ABORTED" }) broken.Enqueue($"request: {request.Method} {request.Url} {request.Failure}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) broken.Enqueue($"answer: {response.Status} {response.Url}");
        };
        page.Request += (_, request) =>
        {
            if (request is { Method: "POST", IsNavigationRequest: true }) effort = effort with { Acts = effort.Acts + 1 };
        };
    }

    public IPage Page { get; }

    /// <summary>What the person at this browser had to do so far.</summary>
    public Effort Effort => effort;

    public static async Task<Screen> Open(Uri address, int width, bool scripts, bool dark, bool keyboard)
    {
        var browser = await Chromium.Browser();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = width == Telephone ? 740 : 900 },
            JavaScriptEnabled = scripts,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-IN",
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        return new(page, width, scripts, dark, keyboard ? new Keyboard(page) : new Mouse());
    }

    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await Look();
    }

    /// <summary>Loads a page anew until it says what will be there in a moment.</summary>
    public async Task GoUntil(string path, string text)
    {
        await Go(path);
        for (var began = Stopwatch.GetTimestamp(); !(await Page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.Ordinal); await Page.ReloadAsync())
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, $"{path} still does not say \"{text}\"");
        await Look();
    }

    /// <returns>Where the file lies that a link gave.</returns>
    public async Task<string> Download(string link)
    {
        var file = await Page.RunAndWaitForDownloadAsync(() => Use(Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true })));
        return await file.PathAsync();
    }

    public Task Upload(string label, string file)
    {
        Reckon(controls: 1);
        return Page.GetByLabel(label, new() { Exact = true }).SetInputFilesAsync(file);
    }

    /// <summary>Follows a link by its words.</summary>
    public Task Follow(string words) => Follow(Page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).First);

    public async Task Follow(ILocator link)
    {
        await Turn(() => Use(link));
        await Look();
    }

    public Task Fill(string label, string value) => Fill(Page.Locator("main"), label, value);

    public Task Fill(ILocator within, string label, string value) => Write(within.GetByLabel(label, new() { Exact = true }), value);

    public Task Choose(string label, string option)
    {
        Reckon(controls: 2);
        return hands.Choose(Page.GetByLabel(label, new() { Exact = true }), option);
    }

    public Task Tick(string label)
    {
        Reckon(controls: 1);
        return hands.Mark(Page.GetByLabel(label, new() { Exact = true }));
    }

    /// <summary>Opens a part of the page that is folded away.</summary>
    public Task Unfold(ILocator within, string summary) => Use(within.Locator("summary", new() { HasTextString = summary }));

    /// <summary>A part of the page, by the words that name it.</summary>
    public ILocator Part(string name) => Page.Locator($"section[aria-label=\"{name}\"]");

    /// <summary>Presses a button and looks at the page that comes.</summary>
    public Task Press(string words) => Press(Page.Locator("main"), words);

    /// <param name="first">Where several buttons say the same, the first of them.</param>
    public async Task Press(ILocator within, string words, bool first = false)
    {
        var button = within.GetByRole(AriaRole.Button, new() { Name = words, Exact = true });
        try
        {
            await Turn(() => Use(first ? button.First : button));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"\"{words}\" leads nowhere on {new Uri(Page.Url).AbsolutePath}, which says: {await Page.Locator("main").InnerTextAsync()}", late);
        }
        await Look();
    }

    /// <summary>Presses keys that lead to another page.</summary>
    public async Task Keys(string keys)
    {
        await Turn(() => Page.Keyboard.PressAsync(keys));
        await Look();
    }

    /// <summary>What broke until now was meant to.</summary>
    public void Forgive() => broken.Clear();

    public async Task Sees(string text) => await Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);

    public async Task DoesNotSee(string text) => await Assertions.Expect(Page.Locator("main")).Not.ToContainTextAsync(text);

    public void IsAt(string path) => new Uri(Page.Url).AbsolutePath.ShouldBe(path);

    /// <summary>A live page leaves by itself when its session has ended: nobody loads it anew here.</summary>
    public async Task IsSentTo(string path)
    {
        await Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
        await Look();
    }

    /// <summary>A telephone or computer that makes and keeps passkeys, and whose owner has just shown their finger.</summary>
    public async Task PlugInAuthenticator()
    {
        var devtools = await Page.Context.NewCDPSessionAsync(Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Looks at the page as it stands: axe, width, errors.</summary>
    public async Task Look()
    {
        var where = $"{new Uri(Page.Url).AbsolutePath} at {width} px";
        broken.ShouldBeEmpty($"Something is broken on {where}");
        if (!scripts) return;
        var sideways = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        sideways.ShouldBeLessThanOrEqualTo(0, $"{where} scrolls sideways. Too wide: {await TooWide()}");
        // Another name or another engine makes no other page: a shape in which axe found nothing is not looked at again.
        var shape = $"{width} {dark} {await Page.EvaluateAsync<string>(Shape)}";
        if (Clean.ContainsKey(shape)) return;
        await Page.EvaluateAsync(Axe);
        (await Page.EvaluateAsync<string[]>(RunAxe)).ShouldBeEmpty($"axe finds this on {where}");
        Clean.TryAdd(shape, true);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private Task Write(ILocator field, string text)
    {
        Reckon(controls: 1, fields: 1, letters: text.Length);
        return hands.Write(field, text);
    }

    private Task Use(ILocator control)
    {
        Reckon(controls: 1);
        return hands.Use(control);
    }

    private void Reckon(int controls, int fields = 0, int letters = 0) =>
        effort = effort with { Controls = effort.Controls + controls, Fields = effort.Fields + fields, Letters = effort.Letters + letters };

    /// <summary>Waits for the page that an act brings, through whatever redirects.</summary>
    private async Task Turn(Func<Task> act)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += OnLoad;
        var began = Stopwatch.GetTimestamp();
        try
        {
            await act();
            await loaded.Task.WaitAsync(Patience);
            effort = effort with { Machine = effort.Machine + Stopwatch.GetElapsedTime(began) };
        }
        finally
        {
            Page.Load -= OnLoad;
        }
    }

    private async Task<string> TooWide() => string.Join("; ", await Page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map(one => one.outerHTML.slice(0, 120))
        """));
}
