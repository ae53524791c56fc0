namespace Strongroom.BrowserTests.Journeys;

/// <summary>A small bank whose officers may sign in by the bank's directory: another server, at another address of this machine, so another site to a browser.</summary>
public sealed class SiteWithDirectory<TEngine> : Site<TEngine> where TEngine : IEngine
{
    public BankDirectory BankDirectory { get; } = new();

    protected override IReadOnlyList<string> More => [.. BankDirectory.Settings.SelectMany(pair => new[] { $"--{pair.Key}", pair.Value! })];

    public override async ValueTask InitializeAsync()
    {
        BankDirectory.Start(Clock);
        await base.InitializeAsync();
        await BankDirectory.Register(Address);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await BankDirectory.DisposeAsync();
    }
}

/// <summary>An officer comes in through the bank's own OpenID Connect provider, by its page, with a real browser between two sites.</summary>
public abstract class ProviderJourneys<TEngine>(SiteWithDirectory<TEngine> site) : IClassFixture<SiteWithDirectory<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task An_officer_links_their_account_signs_in_by_it_and_ends_that_session_from_another_browser(int width)
    {
        await site.NextDay();
        var officer = width == Screen.Desktop ? site.Bank.Custodian : site.Bank.SecondCustodian;
        site.BankDirectory.Knows(officer.UserName);
        await using var desk = await site.Open(officer, width);
        await desk.Go("/profile");
        await Press(desk, "Link your account at Bank Directory");
        await SignInThere(desk, officer.UserName);
        desk.IsAt("/profile");
        await desk.Sees("Your account at Bank Directory is linked");

        await using var counter = await site.Open(width);
        await counter.Go("/desk/lockers");
        counter.IsAt("/sign-in");
        await Press(counter, "Sign in by Bank Directory");
        await SignInThere(counter, officer.UserName);
        counter.IsAt("/desk/lockers");

        await desk.Go("/profile");
        var sessions = desk.Page.GetByRole(AriaRole.Table).Last;
        await Assertions.Expect(sessions).ToContainTextAsync("Bank Directory");
        await desk.Press(sessions.GetByRole(AriaRole.Row).Filter(new() { HasText = "Bank Directory" }), "Sign out there");
        await counter.IsSentTo("/sign-in");

        await desk.Press("Unlink your account at Bank Directory");
        await desk.Sees("Not linked");
    }

    [Theory, Widths]
    public async Task An_account_that_is_linked_to_nobody_is_refused_in_plain_words(int width)
    {
        await site.NextDay();
        site.BankDirectory.Knows("stranger");
        await using var screen = await site.Open(width);
        await screen.Go("/sign-in");
        await Press(screen, "Sign in by Bank Directory");
        await SignInThere(screen, "stranger");

        screen.IsAt("/sign-in");
        await screen.Sees("The account you used at the provider is linked to nobody here.");
        await screen.Go("/desk");
        screen.IsAt("/sign-in");
    }

    [Theory, Widths]
    public async Task Who_turns_back_at_the_directory_signs_in_by_password(int width)
    {
        await site.NextDay();
        await using var screen = await site.Open(width);
        await screen.Go("/sign-in");
        await Press(screen, "Sign in by Bank Directory");
        await screen.Press("Cancel");
        await screen.Sees("You came back without signing in at the bank's provider.");

        await site.SignIn(screen, site.Bank.Manager);
        screen.IsAt("/desk");
    }

    // The page in between goes on by itself: what is looked at is the one that it goes on to.
    private static async Task Press(Screen screen, string button)
    {
        await screen.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await screen.Page.GetByRole(AriaRole.Heading, new() { Name = BankDirectory.Name, Exact = true }).WaitForAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).WaitForAsync();
        await screen.Look();
    }

    private static async Task SignInThere(Screen screen, string userName)
    {
        await screen.Fill("User name", userName);
        await screen.Fill("Password", BankDirectory.Password);
        await screen.Fill("Code", "123456");
        await screen.Press("Sign in");
    }
}

public sealed class ProviderJourneysOnSqlite(SiteWithDirectory<Sqlite> site) : ProviderJourneys<Sqlite>(site);

public sealed class ProviderJourneysOnPostgres(SiteWithDirectory<Postgres> site) : ProviderJourneys<Postgres>(site);
