namespace Strongroom.BrowserTests.Journeys;

/// <summary>How people prove who they are: with passkeys, from their own telephones, and how they end what they left open elsewhere.</summary>
public abstract class SignInJourneys<TEngine>(Site<TEngine> site) : IClassFixture<Site<TEngine>> where TEngine : IEngine
{
    [Theory, Widths]
    public async Task A_passkey_signs_its_owner_in_and_signs_the_opening_of_the_day(int width)
    {
        await site.NextDay();
        var custodian = width == Screen.Desktop ? site.Bank.Custodian : site.Bank.SecondCustodian;
        await using var screen = await site.Open(custodian, width);
        await screen.PlugInAuthenticator();
        await screen.Go("/profile");
        await screen.Follow("Add a passkey");
        await screen.Fill("What do you call this device?", "Counter 2");
        await screen.Press("Add the passkey");
        await screen.Go("/profile");
        await screen.Sees("Counter 2");

        await screen.Press(screen.Page.Locator("header"), "Sign out");
        await screen.Go("/sign-in");
        await screen.Press("Sign in with a passkey");
        screen.IsAt("/desk");

        await screen.Follow("Open the day");
        await screen.Press("Begin the hand-over");
        await screen.Press("Sign with your passkey");
        await Assertions.Expect(screen.Part("You: signature")).ToContainTextAsync("with a passkey");
        await screen.SignAsColleague(site, site.Bank.Manager);
        await screen.Press("Open the day");
        await screen.Sees("Who is at the counter?");
    }

    [Theory, Widths]
    public async Task After_signing_out_the_back_button_shows_nothing_of_what_was_open(int width)
    {
        await using var desk = await site.Open(site.Bank.CounterOfficer, width);
        await desk.Go("/desk/lockers");
        await desk.Go("/profile");
        await desk.Sees(site.Bank.CounterOfficer.UserName);

        await desk.Press(desk.Page.Locator("header"), "Sign out");
        desk.IsAt("/sign-in");
        await desk.Page.GoBackAsync();

        desk.IsAt("/sign-in");
        await Assertions.Expect(desk.Page.Locator("body")).Not.ToContainTextAsync(site.Bank.CounterOfficer.UserName);
    }

    [Theory, Widths]
    public async Task The_second_officer_signs_on_their_own_telephone(int width)
    {
        await site.NextDay();
        await using var desk = await site.Open(site.Bank.Custodian, width);
        await desk.Follow("Open the day");
        await desk.Press("Begin the hand-over");
        await desk.SignMyself(site, site.Bank.Custodian);
        var second = desk.Part("Second officer: signature");
        await desk.Unfold(second, "signs on their own telephone");
        await Assertions.Expect(second.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await desk.Look();

        // What the telephone reads from the picture.
        var link = $"/sign/{new Uri(desk.Page.Url).Query.Split("second=")[1].Split('&')[0]}";
        await using var phone = await site.Open(Screen.Telephone);
        await phone.Go(link);
        phone.IsAt("/sign-in");
        await site.SignIn(phone, site.Bank.Manager);
        phone.IsAt(link);
        await phone.Sees("Hand over the guard keys G-1 of MG Road");
        var mine = phone.Part("What you sign: signature");
        await phone.Unfold(mine, "Sign with your password and code");
        await phone.Fill(mine, "Your password", site.Bank.Manager.Password);
        await phone.Fill(mine, "Code of your app", site.CodeOf(site.Bank.Manager));
        await phone.Press(mine, "Sign");
        await phone.Sees("Signed");

        await desk.Follow("Look whether it is signed");
        await desk.Press("Open the day");
        desk.IsAt("/desk");
        await desk.Sees("Who is at the counter?");
    }

    [Theory, Widths]
    public async Task A_session_left_open_elsewhere_is_ended_from_the_profile(int width)
    {
        await site.NextDay();
        var hire = await site.NewHire("Sunita Menon");
        var hirer = await site.Bank.OpenAccess(hire, $"hirer{hire.Number}");
        await using var elsewhere = await site.Open(hirer, width);
        await using var here = await site.Open(hirer, width);
        await here.Go("/profile");
        await here.Press(here.Page.GetByRole(AriaRole.Table).Last, "Sign out there", first: true);
        here.IsAt("/profile");

        await elsewhere.Go("/account");
        elsewhere.IsAt("/sign-in");
        await here.Go("/account");
        here.IsAt("/account");
    }
}

public sealed class SignInJourneysOnSqlite(Site<Sqlite> site) : SignInJourneys<Sqlite>(site);

public sealed class SignInJourneysOnPostgres(Site<Postgres> site) : SignInJourneys<Postgres>(site);
