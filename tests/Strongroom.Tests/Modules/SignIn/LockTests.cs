using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract class LockTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_locked_screen_shows_nothing_until_the_same_officer_is_back()
    {
        var asha = await world.NewOfficer("asha");
        using var browser = await world.SignIn(asha);

        (await Lock(browser, "/profile?done=x")).Leads().ShouldBe("/locked?returnUrl=%2Fprofile%3Fdone%3Dx");

        (await browser.GetAsync("/profile")).Leads().ShouldBe("/locked?returnUrl=%2Fprofile");
        (await browser.GetAsync("/profile/passkey")).Leads().ShouldStartWith("/locked");
        var api = await browser.GetAsync("/api/v1/session");
        (api.StatusCode, await api.RefusalCode()).ShouldBe((HttpStatusCode.Unauthorized, "sign-in.locked"));
        (await browser.GetStringAsync("/")).ShouldNotContain("Sign out");
        (await browser.GetStringAsync("/locked")).ShouldContain("asha");

        (await Unlock(browser, asha)).Leads().ShouldBe("/sign-in?returnUrl=%2Fprofile");

        (await browser.GetStringAsync("/profile")).ShouldContain("Your profile");
        (await browser.GetAsync("/locked")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await world.Timeline(asha.Person)).TakeLast(2).ShouldBe(["sign-in.locked", "sign-in.unlocked"]);
    }

    [Fact]
    public async Task Wrong_proofs_are_events_and_pause_the_account()
    {
        var bina = await world.NewOfficer("bina");
        using var browser = await world.SignIn(bina);
        await Lock(browser);

        for (var attempt = 1; attempt <= 5; attempt++) (await Said(await Unlock(browser, bina, "not the password"))).ShouldContain("sign-in.proof-wrong");
        (await Said(await Unlock(browser, bina))).ShouldContain("sign-in.too-many-attempts");
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        (await Unlock(browser, bina)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await world.Timeline(bina.Person)).Count(kind => kind == "sign-in.unlock-failed").ShouldBe(5);
    }

    [Fact]
    public async Task Another_officers_passkey_does_not_unlock()
    {
        using var ashas = new SoftAuthenticator();
        using var omars = new SoftAuthenticator();
        var chitra = await world.NewOfficer("chitra");
        using var browser = await world.SignIn(chitra);
        await browser.AddPasskey(ashas);
        using (var other = await world.SignIn(await world.NewOfficer("omar"))) await other.AddPasskey(omars);
        await Lock(browser);

        (await Said(await Unlock(browser, omars))).ShouldContain("sign-in.locked-by-another");
        (await browser.GetAsync("/profile")).Leads().ShouldStartWith("/locked");

        (await Unlock(browser, ashas)).Leads().ShouldStartWith("/sign-in");
        (await browser.WhoAmI()).Person.ShouldBe(chitra.Person);
        (await world.Timeline(chitra.Person)).ShouldContain("sign-in.unlock-failed");
    }

    [Fact]
    public async Task Whoever_signs_in_at_a_locked_screen_ends_the_session_that_nobody_can_unlock_any_more()
    {
        var dina = await world.NewOfficer("dina");
        var esha = await world.NewOfficer("esha");
        using var browser = await world.SignIn(dina);
        using var elsewhere = await world.SignIn(dina);
        await Lock(browser);

        (await browser.GivePassword(esha.UserName, esha.Password)).Leads().ShouldBe("/sign-in/code");
        (await browser.PostForm("/sign-in/code", "code", ("Input.Code", world.NextCode(esha.TotpSecret)))).Leads().ShouldBe("/sign-in");

        (await browser.WhoAmI()).Person.ShouldBe(esha.Person);
        (await elsewhere.WhoAmI()).Person.ShouldBe(dina.Person, "a lock is of one screen");
        (await Open(dina.Person)).ShouldBe(1);
        (await world.Timeline(dina.Person)).ShouldContain("sign-in.left-locked");
        (await Actors("sign-in.left-locked", dina.Person)).ShouldBe([esha.Person]);
    }

    [Fact]
    public async Task A_locked_session_ends_at_its_idle_limit_though_somebody_tries_to_unlock_it()
    {
        var farah = await world.NewOfficer("farah");
        using var browser = await world.SignIn(farah);
        await Lock(browser);
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        var page = await browser.GetStringAsync("/locked");
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        (await browser.PostFormIn(page, "/locked", "code", ("Input.Password", farah.Password), ("Input.Code", world.NextCode(farah.TotpSecret)))).StatusCode.ShouldNotBe(HttpStatusCode.OK);

        (await browser.GetAsync("/profile")).Leads().ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task A_locked_screen_of_a_disabled_officer_is_over()
    {
        var gita = await world.NewOfficer("gita");
        using var browser = await world.SignIn(gita);
        await Lock(browser);

        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Disable(db, act, gita.Person, default));

        (await browser.GetAsync("/locked")).Leads().ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Somebody_elses_page_cannot_lock_ones_screen()
    {
        using var browser = await world.SignIn(await world.NewOfficer("hema"));

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", "made up")]);
        await browser.PostAsync("/lock", form);

        (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> Lock(HttpClient browser, string at = "/profile")
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await browser.WhoAmI()).CsrfToken), KeyValuePair.Create("returnUrl", at)]);
        return await browser.PostAsync("/lock", form);
    }

    private Task<HttpResponseMessage> Unlock(HttpClient browser, Player player, string? password = null) => browser.PostForm("/locked?returnUrl=%2Fprofile", "code",
        ("Input.Password", password ?? player.Password), ("Input.Code", world.NextCode(player.TotpSecret)));

    private static async Task<HttpResponseMessage> Unlock(HttpClient browser, SoftAuthenticator key)
    {
        var page = await browser.GetStringAsync("/locked");
        var question = await browser.AskPasskey(page, "/api/v1/passkey-questions/sign-in");
        return await browser.PostFormIn(page, "/locked", "passkey", ("Passkey.Challenge", question.Challenge.ToString()), ("Passkey.Credential", key.Get(question.Options)));
    }

    private static Task<string> Said(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    private Task<int> Open(PersonId person) => world.Read(db =>
        (from session in db.Set<Session>()
         join user in db.UserFacts() on session.User equals user.Id
         where user.Person == person && session.EndedAt == null && !session.Enrolling
         select session).CountAsync());

    private Task<List<PersonId?>> Actors(string kind, PersonId about) => world.Read(db =>
        (from happened in db.Set<AuditEvent>()
         join subject in db.Set<AuditSubject>() on happened.Id equals subject.Event
         where happened.Kind == kind && subject.Kind == "person" && subject.Id == about.Value
         select happened.Actor).ToListAsync());
}

public sealed class Locking_on_sqlite(SignInWorld<Sqlite> world) : LockTests<Sqlite>(world);

public sealed class Locking_on_postgres(SignInWorld<Postgres> world) : LockTests<Postgres>(world);

/// <summary>A bank whose screens lock themselves after five minutes.</summary>
public sealed class SelfLockingWorld<TEngine> : SignInWorld<TEngine> where TEngine : IEngine
{
    protected override void Configure(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration["SignIn:LockAfterMinutes"] = "5";
    }
}

public abstract class SelfLockingTests<TEngine>(SelfLockingWorld<TEngine> world) : IClassFixture<SelfLockingWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task The_screen_of_an_officer_who_went_away_locks_itself_and_opens_again()
    {
        var asha = await world.NewOfficer("asha");
        using var browser = await world.SignIn(asha);
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        (await browser.GetAsync("/still-here")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        (await browser.GetAsync("/profile")).StatusCode.ShouldBe(HttpStatusCode.OK);

        world.Clock.Advance(TimeSpan.FromMinutes(5));

        (await browser.GetAsync("/profile")).Leads().ShouldBe("/locked?returnUrl=%2Fprofile");
        (await browser.PostForm("/locked", "code", ("Input.Password", asha.Password), ("Input.Code", world.NextCode(asha.TotpSecret)))).Leads().ShouldBe("/sign-in");
        (await browser.GetAsync("/profile")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_live_page_reads_by_itself_is_nobody_at_work()
    {
        using var browser = await world.SignIn(await world.NewOfficer("bina"));
        for (var minute = 1; minute < 5; minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            using var read = new HttpRequestMessage(HttpMethod.Get, "/profile") { Headers = { { "X-Asks-By-Itself", "1" } } };
            (await browser.SendAsync(read)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        (await browser.GetAsync("/profile")).Leads().ShouldStartWith("/locked");
    }

    [Fact]
    public async Task An_account_holders_own_device_is_not_locked_by_us()
    {
        var kiran = await world.NewUser("kiran");
        world.Roles.Give(kiran.Person, new RoleGrant(LandingRoles.AccountHolder, null, new HashSet<string>()));
        using var phone = await world.SignIn(kiran);

        world.Clock.Advance(TimeSpan.FromMinutes(20));

        (await phone.GetAsync("/profile")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

public sealed class Self_locking_on_sqlite(SelfLockingWorld<Sqlite> world) : SelfLockingTests<Sqlite>(world);

public sealed class Self_locking_on_postgres(SelfLockingWorld<Postgres> world) : SelfLockingTests<Postgres>(world);
