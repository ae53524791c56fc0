using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.SignIn;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract class SessionTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_disabled_user_is_out_at_the_next_request()
    {
        var nita = await world.NewOfficer("nita");
        using var browser = await world.SignIn(nita);
        (await Session(browser)).ShouldBe(HttpStatusCode.OK);

        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Disable(db, act, nita.Person, default));

        (await Session(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_counts_no_more_at_the_next_request()
    {
        var omar = await world.NewOfficer("omar");
        using var browser = await world.SignIn(omar);
        (await browser.WhoAmI()).Roles.ShouldNotBeEmpty();

        world.Roles.Take(omar.Person);

        (await browser.WhoAmI()).Roles.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_without_a_request()
    {
        using var browser = await world.SignIn(await world.NewOfficer("pia"));
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        (await Session(browser)).ShouldBe(HttpStatusCode.OK);
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        (await Session(browser)).ShouldBe(HttpStatusCode.OK);

        world.Clock.Advance(TimeSpan.FromMinutes(30));

        (await Session(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy()
    {
        using var browser = await world.SignIn(await world.NewOfficer("qadir"));
        for (var minutes = 0; minutes + 20 < 12 * 60; minutes += 20)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(20));
            (await Session(browser)).ShouldBe(HttpStatusCode.OK);
        }

        world.Clock.Advance(TimeSpan.FromMinutes(20));

        (await Session(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_only_the_cookie()
    {
        var rani = await world.NewOfficer("rani");
        using var browser = await world.SignIn(rani);
        var token = (await browser.WhoAmI()).CsrfToken;

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        var kept = await browser.GetAsync("/profile");
        kept.Headers.CacheControl!.NoStore.ShouldBeTrue("a page that no browser keeps is not there by the back button");
        var answer = await browser.PostAsync("/sign-out", form);
        answer.Leads().ShouldBe("/sign-in");
        answer.Headers.GetValues("Clear-Site-Data").ShouldBe(["\"storage\""]);

        (await Session(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Open(rani.Person)).ShouldBe(0);
        (await world.Timeline(rani.Person)).ShouldContain("sign-in.signed-out");
    }

    [Fact]
    public async Task Somebody_elses_page_cannot_sign_one_out()
    {
        var sara = await world.NewOfficer("sara");
        using var browser = await world.SignIn(sara);

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", "made up")]);
        await browser.PostAsync("/sign-out", form);

        (await Session(browser)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_sees_ones_sessions_and_ends_another_one()
    {
        var tara = await world.NewOfficer("tara");
        using var desk = await world.SignIn(tara);
        using var phone = await world.SignIn(tara);
        var others = (await phone.GetStringAsync("/profile")).Split("name=\"_handler\" value=\"end-")[1][..36];

        (await phone.PostForm("/profile", $"end-{others}")).Leads().ShouldBe("/profile");

        (await Session(desk)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Session(phone)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions()
    {
        var uma = await world.NewOfficer("uma");
        using var desk = await world.SignIn(uma);
        using var phone = await world.SignIn(uma);

        (await phone.PostForm("/profile/password", "password", ("Input.Current", uma.Password), ("Input.Password", "another vault entirely"))).Leads().ShouldBe("/profile?done=password");

        (await Session(desk)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Session(phone)).ShouldBe(HttpStatusCode.OK);
        using var again = await world.SignIn(uma.UserName, "another vault entirely", uma.TotpSecret);
        (await world.Timeline(uma.Person)).ShouldContain("sign-in.password-changed");
    }

    [Fact]
    public async Task Changing_how_one_signs_in_asks_for_a_proof_younger_than_ten_minutes()
    {
        var vera = await world.NewOfficer("vera");
        using var browser = await world.SignIn(vera);
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        (await browser.GetAsync("/profile/passkey")).Leads().ShouldBe("/profile/confirm?returnUrl=%2Fprofile%2Fpasskey");
        (await browser.PostForm("/profile/confirm?returnUrl=%2Fprofile%2Fpasskey", "code",
            ("Input.Password", vera.Password), ("Input.Code", world.NextCode(vera.TotpSecret)))).Leads().ShouldBe("/profile/passkey");

        (await browser.GetAsync("/profile/passkey")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ending_sessions_asks_for_a_proof_younger_than_ten_minutes()
    {
        var yamini = await world.NewOfficer("yamini");
        using var desk = await world.SignIn(yamini);
        using var phone = await world.SignIn(yamini);
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        (await phone.PostForm("/profile", "end-others")).Leads().ShouldBe("/profile/confirm?returnUrl=%2Fprofile");
        (await Session(desk)).ShouldBe(HttpStatusCode.OK);
        (await Confirm(phone, yamini)).Leads().ShouldBe("/profile");
        (await phone.PostForm("/profile", "end-others")).Leads().ShouldBe("/profile");

        (await Session(desk)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_confirms_or_unlocks_gets_a_new_token_and_the_one_before_opens_nothing()
    {
        var zara = await world.NewOfficer("zara");
        using var browser = world.Client();
        await browser.GivePassword(zara.UserName, zara.Password);
        var first = TokenIn(await browser.PostForm("/sign-in/code", "code", ("Input.Code", world.NextCode(zara.TotpSecret))));
        (await By(first)).ShouldBe(HttpStatusCode.OK);

        var confirmed = TokenIn(await Confirm(browser, zara));

        confirmed.ShouldNotBe(first);
        (await By(first)).ShouldBe(HttpStatusCode.Unauthorized);
        (await By(confirmed)).ShouldBe(HttpStatusCode.OK);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await browser.WhoAmI()).CsrfToken), KeyValuePair.Create("returnUrl", "/profile")]);
        (await browser.PostAsync("/lock", form)).Leads().ShouldStartWith("/locked");
        var unlocked = TokenIn(await browser.PostForm("/locked", "code", ("Input.Password", zara.Password), ("Input.Code", world.NextCode(zara.TotpSecret))));
        (await By(confirmed)).ShouldBe(HttpStatusCode.Unauthorized);
        (await By(unlocked)).ShouldBe(HttpStatusCode.OK);
        (await Session(browser)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_signs_in_over_an_open_session_ends_it()
    {
        var aruna = await world.NewOfficer("aruna");
        var bhanu = await world.NewPerson("Bhanu Pratap");
        var code = await world.Invite(bhanu, "bhanu");
        using var browser = await world.SignIn(aruna);

        (await browser.PostForm("/activate", "activate", ("Input.UserName", "bhanu"), ("Input.CounterHalf", code.CounterHalf),
            ("Input.SentHalf", code.SentHalf), ("Input.Password", "a lantern of one's own"))).Leads().ShouldBe("/activate/second-factor");

        (await Open(aruna.Person)).ShouldBe(0);
        (await world.Timeline(aruna.Person)).ShouldContain("sign-in.left-open");
    }

    [Fact]
    public async Task A_seventh_session_ends_the_one_that_was_seen_longest_ago()
    {
        var charu = await world.NewOfficer("charu");
        var browsers = new List<HttpClient>();
        for (var at = 0; at < 6; at++) browsers.Add(await world.SignIn(charu));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Session(browsers[0])).ShouldBe(HttpStatusCode.OK);
        foreach (var browser in browsers) (await Session(browser)).ShouldBe(HttpStatusCode.OK);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var browser in browsers.Where(browser => browser != browsers[2])) await Session(browser);

        browsers.Add(await world.SignIn(charu));

        (await Session(browsers[2])).ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var browser in browsers.Where(browser => browser != browsers[2])) (await Session(browser)).ShouldBe(HttpStatusCode.OK);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Two_who_sign_in_at_once_make_no_seventh_session()
    {
        var deva = await world.NewUser("deva");
        for (var round = 0; round < 6; round++)
        {
            await world.Act<Done>(Actor.System, async (db, act) =>
            {
                await ActivationContract.SignOut(db, act, deva.Person, default);
                return Done.It;
            });
            for (var open = 1; open < SignInLimits.SessionsAtOnce; open++) (await Begin(deva)).Refusal.ShouldBeNull();

            var both = await Task.WhenAll(Begin(deva), Begin(deva));

            both.ShouldAllBe(one => one.Refusal == null);
            (await Open(deva.Person)).ShouldBe(SignInLimits.SessionsAtOnce);
        }
        (await world.Timeline(deva.Person)).ShouldContain("sign-in.sessions-ended", "where they look for it");
    }

    [Fact]
    public async Task Last_seen_is_written_at_most_once_a_minute()
    {
        var wali = await world.NewOfficer("wali");
        using var browser = await world.SignIn(wali);
        await Session(browser);
        var version = await Version(wali.Person);

        world.Clock.Advance(TimeSpan.FromSeconds(59));
        await Session(browser);
        (await Version(wali.Person)).ShouldBe(version);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Session(browser);
        (await Version(wali.Person)).ShouldBe(version + 1);
    }

    [Fact]
    public async Task The_table_holds_no_secret_that_opens_a_session()
    {
        var xena = await world.NewOfficer("xena");
        using var browser = await world.SignIn(xena);

        var ticket = Ticket.New(await world.Read(db => db.Set<Session>().Where(row => row.EndedAt == null).Select(row => row.Id.Value).FirstAsync()));
        using var forger = world.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session") { Headers = { { "Cookie", $"strongroom={ticket}" } } };
        (await forger.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<HttpResponseMessage> Confirm(HttpClient browser, Lab.Bank.Player player) => browser.PostForm("/profile/confirm?returnUrl=%2Fprofile", "code",
        ("Input.Password", player.Password), ("Input.Code", world.NextCode(player.TotpSecret)));

    private static string TokenIn(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("strongroom=", StringComparison.Ordinal)).Split('=', ';')[1];

    private async Task<HttpStatusCode> By(string token)
    {
        using var thief = world.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session") { Headers = { { "Cookie", $"strongroom={token}" } } };
        return (await thief.SendAsync(request)).StatusCode;
    }

    private static async Task<HttpStatusCode> Session(HttpClient browser) => (await browser.GetAsync("/api/v1/session")).StatusCode;

    /// <summary>A session begun without the ceremony.</summary>
    private Task<Outcome<SessionBegun>> Begin(Lab.Bank.Player player) => Task.Run(() => world.TryAct<SessionBegun>(Actor.Nobody("192.0.2.9"), async (db, act) =>
        await BeginSession.Of(db, act, await db.Set<User>().SingleAsync(user => user.Person == player.Person), Means.Passkey, enrolling: false, http: null, default)));

    private Task<int> Open(PersonId person) => world.Read(db =>
        (from session in db.Set<Session>()
         join user in db.UserFacts() on session.User equals user.Id
         where user.Person == person && session.EndedAt == null && !session.Enrolling
         select session).CountAsync());

    private Task<long> Version(PersonId person) => world.Read(async db =>
    {
        var user = await db.UserFacts().SingleAsync(user => user.Person == person);
        return await db.Set<Session>().Where(session => session.User == user.Id && !session.Enrolling).Select(session => session.Version).SingleAsync();
    });
}

public sealed class Sessions_on_sqlite(SignInWorld<Sqlite> world) : SessionTests<Sqlite>(world);

public sealed class Sessions_on_postgres(SignInWorld<Postgres> world) : SessionTests<Postgres>(world);
