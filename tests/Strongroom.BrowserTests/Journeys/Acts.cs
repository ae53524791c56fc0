namespace Strongroom.BrowserTests.Journeys;

/// <summary>What people of the branch do on its pages, act by act.</summary>
internal static class Acts
{
    /// <summary>Day page, first half: the officer at the screen signs by password and code.</summary>
    public static async Task SignMyself<TEngine>(this Screen screen, Site<TEngine> site, Player me, string title = "You") where TEngine : IEngine
    {
        var mine = screen.Part($"{title}: signature");
        await screen.Unfold(mine, "Sign with your password and code");
        await screen.Fill(mine, "Your password", me.Password);
        await screen.Fill(mine, "Code of your app", site.CodeOf(me));
        await screen.Press(mine, "Sign");
    }

    /// <summary>A colleague approves, at a screen of their own, the request that this screen shows.</summary>
    public static async Task Approved<TEngine>(this Screen screen, Site<TEngine> site, Player colleague, int width) where TEngine : IEngine
    {
        await using var own = await site.Open(colleague, width);
        await own.Go(new Uri(screen.Page.Url).AbsolutePath);
        await own.Press("Go on to sign");
        await own.SignMyself(site, colleague, "Your signature");
        await own.Press("Approve it");
        await own.Sees("Carried out");
    }

    /// <summary>A colleague steps up to the same screen.</summary>
    public static async Task SignAsColleague<TEngine>(this Screen screen, Site<TEngine> site, Player colleague, string title = "Second officer") where TEngine : IEngine
    {
        var second = screen.Part($"{title}: signature");
        await screen.Fill(second, "The colleague’s user name", colleague.UserName);
        await screen.Fill(second, "The colleague’s password", colleague.Password);
        await screen.Fill(second, "Code of the colleague’s app", site.CodeOf(colleague));
        await screen.Press(second, "Sign as this colleague");
    }

    public static async Task OpenDay<TEngine>(this Screen screen, Site<TEngine> site) where TEngine : IEngine
    {
        await screen.Go("/desk");
        await screen.Follow("Open the day");
        await screen.Press("Begin the hand-over");
        await screen.SignMyself(site, site.Bank.Custodian);
        await screen.SignAsColleague(site, site.Bank.Manager);
        await screen.Press("Open the day");
        screen.IsAt("/desk");
    }

    public static async Task CheckIn(this Screen screen, Hire hire)
    {
        await screen.Go("/desk");
        await screen.Fill("Who is at the counter?", hire.Number);
        await screen.Press("Find");
        await screen.Press($"Check in {hire.Name}");
    }

    public static async Task Identify(this Screen screen)
    {
        await screen.Tick("Face compared with the photograph");
        await screen.Tick("On the visit slip, and the signature agrees with the specimen");
        await screen.Press("Identity checked");
    }

    public static async Task LockUp(this Screen screen)
    {
        await screen.Tick("The hirer has taken the key out");
        await screen.Tick("I tried the door, and it is shut");
        await screen.Tick("The guard key is back with me");
        await screen.Press("Locked");
    }

    /// <summary>Check-in to check-out, with nothing between.</summary>
    public static async Task ServeVisit(this Screen screen, Hire hire)
    {
        await screen.CheckIn(hire);
        await screen.Identify();
        await screen.Press("Admit the hirer");
        await screen.Press("Opened, hirer left alone");
        await screen.LockUp();
        await screen.Press("Check the hirer out");
    }
}
