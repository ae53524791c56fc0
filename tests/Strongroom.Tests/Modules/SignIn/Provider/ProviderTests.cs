using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Strongroom.Modules.Audit;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn.Provider;

public abstract class ProviderTests<TEngine>(ProviderWorld<TEngine> world) : IClassFixture<ProviderWorld<TEngine>> where TEngine : IEngine
{
    private const string Refused = "/sign-in?refused=sign-in.";

    [Fact]
    public async Task An_officer_links_their_account_and_signs_in_by_it_from_then_on()
    {
        var asha = await world.NewLinked("asha");
        using var browser = world.Client();

        (await world.Enter(browser, "asha", "/desk/work")).ShouldBe("/sign-in?returnUrl=%2Fdesk%2Fwork");

        (await browser.GetAsync("/sign-in?returnUrl=%2Fdesk%2Fwork")).Leads().ShouldBe("/desk/work");
        (await browser.WhoAmI()).Person.ShouldBe(asha.Person);
        (await world.Timeline(asha.Person)).TakeLast(3).ShouldBe(["sign-in.signed-in", "sign-in.provider-linked", "sign-in.signed-in"]);
        (await browser.GetStringAsync("/profile")).ShouldContain("Bank Directory</td>");
    }

    [Fact]
    public async Task The_browser_carries_nothing_of_the_question_but_its_number()
    {
        using var browser = world.Client();

        var address = await ProviderWorld<TEngine>.Sent(browser, "/sign-in", "provider");

        address.GetLeftPart(UriPartial.Authority).ShouldBe(world.Bank.Issuer.GetLeftPart(UriPartial.Authority));
        System.Web.HttpUtility.ParseQueryString(address.Query).AllKeys.ShouldBe(["client_id", "request_uri"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_account_that_is_linked_to_nobody_opens_nothing_whatever_it_is_called()
    {
        var bina = await world.NewColleague("bina");
        var before = await Open(bina.Person);
        using var browser = world.Client();

        (await world.Enter(browser, "bina")).ShouldBe(Refused + "provider-not-linked");

        (await browser.GetStringAsync(Refused + "provider-not-linked")).ShouldContain("linked to nobody here");
        await IsNobody(browser);
        (await Open(bina.Person)).ShouldBe(before);
        (await RefusalsInTheLog("sign-in.provider-not-linked")).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("nonce"), InlineData("audience"), InlineData("issuer"), InlineData("expired"), InlineData("not yet"), InlineData("key"), InlineData("none"), InlineData("stripped"), InlineData("shared secret"), InlineData("access token")]
    public async Task A_token_that_is_not_the_directorys_for_us_and_for_this_question_opens_nothing(string forged)
    {
        var name = "forged." + forged.Replace(' ', '.');
        var person = (await world.NewLinked(name)).Person;
        using var other = RSA.Create(2048);
        var (before, open) = (await RefusalsInTheLog("sign-in.provider-answer-refused"), await Open(person));
        using var browser = world.Client();
        world.Bank.Forge = claims =>
        {
            var now = world.Clock.GetUtcNow();
            switch (forged)
            {
                case "nonce": claims["nonce"] = "638000000000000000.bWFkZSB1cA"; break;
                case "audience": claims["aud"] = "another-client"; break;
                case "issuer": claims["iss"] = "https://elsewhere.example/"; break;
                case "expired": claims["exp"] = now.AddMinutes(-2).ToUnixTimeSeconds(); break;
                case "not yet": claims["nbf"] = now.AddMinutes(2).ToUnixTimeSeconds(); break;
                case "access token": claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"; break;
                case "key": return world.Bank.Sign(claims, new RsaSecurityKey(other) { KeyId = "directory-1" });
                // No hash either: its algorithm is the signature's.
                case "none": claims.Remove("at_hash"); return BankDirectory.Unsigned(claims);
                case "stripped": return world.Bank.Sign(claims) is var signed ? signed[..(signed.LastIndexOf('.') + 1)] : "";
                case "shared secret":
                    return new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims.ToJsonString(), new SigningCredentials(
                        new SymmetricSecurityKey(File.ReadAllBytes(world.Bank.SecretFile)[..^1]), SecurityAlgorithms.HmacSha256));
            }
            return world.Bank.Sign(claims);
        };
        try
        {
            (await world.Enter(browser, name)).ShouldBe(Refused + "provider-answer-refused");
        }
        finally
        {
            world.Bank.Forge = null;
        }
        await IsNobody(browser);
        (await Open(person)).ShouldBe(open);
        (await RefusalsInTheLog("sign-in.provider-answer-refused")).ShouldBe(before + 1);
        // The same claims, signed by the directory as they are, would have done.
        world.Bank.Forge = claims => world.Bank.Sign(claims);
        (await world.Enter(browser, name)).ShouldBe("/sign-in");
        world.Bank.Forge = null;
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        await world.NewLinked("chandra");
        using var browser = world.Client();
        var back = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(browser, "/sign-in", "provider"), "chandra");
        (await ProviderWorld<TEngine>.Follow(browser, back)).ShouldBe("/sign-in");

        (await ProviderWorld<TEngine>.Follow(browser, back)).ShouldStartWith(Refused);
    }

    [Fact]
    public async Task A_code_of_an_earlier_answer_opens_nothing()
    {
        await world.NewLinked("dev");
        using var first = world.Client();
        using var second = world.Client();
        var used = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(first, "/sign-in", "provider"), "dev");
        await ProviderWorld<TEngine>.Follow(first, used);
        var fresh = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(second, "/sign-in", "provider"), "dev");

        var mixed = new Uri(fresh.ToString().Replace(CodeOf(fresh), CodeOf(used), StringComparison.Ordinal));
        (await ProviderWorld<TEngine>.Follow(second, mixed)).ShouldBe(Refused + "provider-answer-refused");

        await IsNobody(second);
        // What was asked is answered, if wrongly: the right code comes too late.
        (await ProviderWorld<TEngine>.Follow(second, fresh)).ShouldStartWith(Refused);
        await IsNobody(second);
    }

    [Fact]
    public async Task An_answer_to_somebody_elses_browser_opens_nothing()
    {
        await world.NewLinked("esha");
        using var hers = world.Client();
        using var theirs = world.Client();
        var back = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(hers, "/sign-in", "provider"), "esha");

        (await ProviderWorld<TEngine>.Follow(theirs, back)).ShouldStartWith(Refused);

        await IsNobody(theirs);
    }

    [Fact]
    public async Task An_answer_that_names_another_issuer_is_refused()
    {
        await world.NewLinked("farah");
        using var browser = world.Client();
        var back = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(browser, "/sign-in", "provider"), "farah");
        var iss = System.Web.HttpUtility.ParseQueryString(back.Query)["iss"]!;

        var mixed = new Uri(back.ToString().Replace(Uri.EscapeDataString(iss), Uri.EscapeDataString("https://elsewhere.example/"), StringComparison.Ordinal));
        mixed.ShouldNotBe(back);

        (await ProviderWorld<TEngine>.Follow(browser, mixed)).ShouldBe(Refused + "provider-answer-refused");
    }

    [Fact]
    public async Task Ten_minutes_are_enough_and_more_are_too_many()
    {
        await world.NewLinked("gita");
        using var browser = world.Client();
        var address = await ProviderWorld<TEngine>.Sent(browser, "/sign-in", "provider");
        var back = await world.AtDirectory(address, "gita");
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        (await ProviderWorld<TEngine>.Follow(browser, back)).ShouldStartWith(Refused);
    }

    [Fact]
    public async Task Without_the_second_factor_that_the_bank_demands_ours_is_asked_for()
    {
        var hari = await world.NewLinked("hari");
        using var browser = world.Client();

        (await world.Enter(browser, "hari", "/desk/work", code: false)).ShouldBe("/sign-in/code?returnUrl=%2Fdesk%2Fwork");
        await IsNobody(browser);
        (await browser.PostForm("/sign-in/code", "code", ("Input.Code", "000000"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await IsNobody(browser);

        (await browser.PostForm("/sign-in/code?returnUrl=%2Fdesk%2Fwork", "code", ("Input.Code", world.NextCode(hari.TotpSecret)))).Leads().ShouldBe("/sign-in?returnUrl=%2Fdesk%2Fwork");
        (await browser.WhoAmI()).Person.ShouldBe(hari.Person);
        (await browser.GetStringAsync("/profile")).ShouldContain("Bank Directory and code");
    }

    [Fact]
    public async Task A_sign_in_at_the_directory_from_this_morning_is_not_enough()
    {
        await world.NewLinked("indu");
        using var browser = world.Client();
        foreach (var proved in new Func<DateTimeOffset, DateTimeOffset?>[] { now => now.AddMinutes(-2), now => now.AddMinutes(2), _ => null })
        {
            world.Bank.ProvedAt = proved;
            (await world.Enter(browser, "indu")).ShouldBe(Refused + "provider-not-recent");
        }
        world.Bank.ProvedAt = now => now;
        await IsNobody(browser);
    }

    [Fact]
    public async Task An_account_is_linked_to_one_person_and_a_person_to_one_account()
    {
        await world.NewLinked("jaya");
        var kiran = await world.NewColleague("kiran");
        using var browser = await world.SignIn(kiran);

        (await world.Link(browser, "jaya")).ShouldBe("/profile?refused=sign-in.provider-linked-to-another");
        (await browser.GetStringAsync("/profile?refused=sign-in.provider-linked-to-another")).ShouldContain("linked to somebody else here");

        (await world.Link(browser, "kiran")).ShouldBe("/profile?done=linked");
        (await browser.GetStringAsync("/profile")).ShouldNotContain("value=\"link\"");
        (await world.Timeline(kiran.Person)).Count(kind => kind == "sign-in.provider-linked").ShouldBe(1);
    }

    [Fact]
    public async Task Linking_asks_for_a_fresh_proof_and_for_the_session_that_asked()
    {
        var lata = await world.NewColleague("lata");
        using var browser = await world.SignIn(lata);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        (await browser.PostForm("/profile", "link")).Leads().ShouldBe("/profile/confirm?returnUrl=%2Fprofile");
        (await browser.PostForm("/profile/confirm?returnUrl=%2Fprofile", "code", ("Input.Password", lata.Password), ("Input.Code", world.NextCode(lata.TotpSecret)))).Leads().ShouldBe("/profile");
        var back = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(browser, "/profile", "link"), "lata");
        using (var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await browser.WhoAmI()).CsrfToken)]))
            await browser.PostAsync("/sign-out", form);

        (await ProviderWorld<TEngine>.Follow(browser, back)).ShouldBe("/profile?refused=sign-in.provider-step-over");

        (await world.Timeline(lata.Person)).ShouldNotContain("sign-in.provider-linked");
    }

    [Fact]
    public async Task An_account_holder_cannot_link_and_an_officers_own_locker_stays_out_of_the_directorys_reach()
    {
        var hirer = await world.NewUser("mohan");
        world.Roles.Give(hirer.Person, new RoleGrant(LandingRoles.AccountHolder, null, new HashSet<string> { "test.own" }));
        using (var browser = await world.SignIn(hirer)) (await browser.GetStringAsync("/profile")).ShouldNotContain("Bank Directory");

        var nita = await world.NewLinked("nita");
        world.Roles.GiveBoth(nita.Person, world.Roles.Of(nita.Person)[0], new RoleGrant(LandingRoles.AccountHolder, null, new HashSet<string> { "test.own" }));
        using var byDirectory = world.Client();
        await world.Enter(byDirectory, "nita");
        using var byPassword = await world.SignIn(nita);

        (await byDirectory.WhoAmI()).Roles.Select(role => role.Role).ShouldBe(["Manager"]);
        (await byPassword.WhoAmI()).Roles.Select(role => role.Role).ShouldBe(["Manager", LandingRoles.AccountHolder], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_is_closed_or_posted_nowhere_stays_out_whatever_the_directory_says()
    {
        var omar = await world.NewLinked("omar");
        var grants = world.Roles.Of(omar.Person)[0];
        using var browser = world.Client();

        world.Roles.Take(omar.Person);
        (await world.Enter(browser, "omar")).ShouldBe(Refused + "provider-officer-closed");
        world.Roles.Give(omar.Person, grants);
        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Disable(db, act, omar.Person, default));
        (await world.Enter(browser, "omar")).ShouldBe(Refused + "provider-officer-closed");

        await IsNobody(browser);
        (await world.Timeline(omar.Person)).Count(kind => kind == "sign-in.provider-refused").ShouldBe(2);
        (await browser.GetStringAsync(Refused + "provider-officer-closed")).ShouldContain("Ask an administrator of Strongroom");
        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Enable(db, act, omar.Person, default));
        (await world.Enter(browser, "omar")).ShouldBe("/sign-in");
    }

    [Fact]
    public async Task A_session_that_the_directory_opened_is_a_session_as_any_other()
    {
        var pia = await world.NewLinked("pia");
        using var desk = world.Client();
        using var other = world.Client();
        await world.Enter(desk, "pia");
        await world.Enter(other, "pia");
        var line = (await desk.GetStringAsync("/profile")).Split("<tr").Single(row => row.Contains("Bank Directory", StringComparison.Ordinal) && row.Contains("value=\"end-", StringComparison.Ordinal));
        var mine = line.Split("name=\"_handler\" value=\"end-")[1][..36];

        (await desk.PostForm("/profile", $"end-{mine}")).Leads().ShouldBe("/profile/confirm?returnUrl=%2Fprofile", "the directory's word is no proof for that");
        (await desk.PostForm("/profile/confirm", "code", ("Input.Password", pia.Password), ("Input.Code", world.NextCode(pia.TotpSecret)))).Leads().ShouldBe("/profile");
        (await desk.PostForm("/profile", $"end-{mine}")).Leads().ShouldBe("/profile");
        (await other.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        world.Clock.Advance(TimeSpan.FromMinutes(30));
        (await desk.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_directorys_word_does_not_change_how_one_signs_in()
    {
        var ravi = await world.NewLinked("ravi");
        using var browser = world.Client();
        await world.Enter(browser, "ravi");

        (await browser.GetAsync("/profile/passkey")).Leads().ShouldBe("/profile/confirm?returnUrl=%2Fprofile%2Fpasskey");
        (await browser.PostForm("/profile", "unlink")).Leads().ShouldBe("/profile/confirm?returnUrl=%2Fprofile");

        (await browser.PostForm("/profile/confirm", "code", ("Input.Password", ravi.Password), ("Input.Code", world.NextCode(ravi.TotpSecret)))).Leads().ShouldBe("/profile");
        (await browser.GetAsync("/profile/passkey")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_account_that_was_unlinked_is_out_and_opens_nothing_more()
    {
        var sara = await world.NewLinked("sara");
        using var byDirectory = world.Client();
        await world.Enter(byDirectory, "sara");
        using var browser = await world.SignIn(sara);

        (await browser.PostForm("/profile", "unlink")).Leads().ShouldBe("/profile");

        await IsNobody(byDirectory);
        (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Enter(byDirectory, "sara")).ShouldBe(Refused + "provider-not-linked");
        (await world.Timeline(sara.Person)).ShouldContain("sign-in.provider-unlinked");
    }

    [Fact]
    public async Task Who_starts_over_at_the_counter_links_anew()
    {
        var tara = await world.NewLinked("tara");
        await world.Act(Actor.System, (db, act) => ActivationContract.StartOver(db, act, tara.Person, default));
        using var browser = world.Client();

        (await world.Enter(browser, "tara")).ShouldBe(Refused + "provider-not-linked");
    }

    [Fact]
    public async Task Who_turns_back_at_the_directory_is_told_how_else_to_come_in()
    {
        using var browser = world.Client();
        var back = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(browser, "/sign-in", "provider"), "nobody", cancel: true);

        (await ProviderWorld<TEngine>.Follow(browser, back)).ShouldBe(Refused + "provider-cancelled");

        (await browser.GetStringAsync(Refused + "provider-cancelled")).ShouldContain("without signing in");
    }

    [Fact]
    public async Task When_the_directory_is_down_officers_still_come_in_by_password()
    {
        var uma = await world.NewLinked("uma");
        using var browser = world.Client();
        var back = await world.AtDirectory(await ProviderWorld<TEngine>.Sent(browser, "/sign-in", "provider"), "uma");
        world.Bank.Down = true;
        try
        {
            (await ProviderWorld<TEngine>.Follow(browser, back)).ShouldBe(Refused + "provider-unreachable");
            using var asked = await browser.PostForm("/sign-in", "provider");
            (await asked.Content.ReadAsStringAsync()).ShouldContain("sign-in provider does not answer");
            using var byPassword = await world.SignIn(uma);
            (await byPassword.WhoAmI()).Person.ShouldBe(uma.Person);
        }
        finally
        {
            world.Bank.Down = false;
        }
        (await world.Enter(browser, "uma")).ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Nobody_is_led_to_another_site()
    {
        await world.NewLinked("vera");
        foreach (var elsewhere in new[] { "//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example" })
        {
            using var browser = world.Client();
            (await world.Enter(browser, "vera", elsewhere)).ShouldBe("/sign-in");
        }
        using var nobody = world.Client();
        (await nobody.GetStringAsync("/sign-in?refused=%3Cscript%3E")).ShouldNotContain("You are not signed in");
    }

    [Fact]
    public async Task Answers_that_fail_too_often_from_one_address_are_not_looked_at()
    {
        // A server in memory knows no addresses: everybody here comes from the same one, and starts anew after an hour.
        world.Clock.Advance(TimeSpan.FromHours(1));
        using var browser = world.Client();
        for (var tries = 0; tries < 50; tries++) (await browser.GetAsync("/sign-in/provider?code=a&state=b")).Leads().ShouldBe(Refused + "provider-step-over");

        (await browser.GetAsync("/sign-in/provider?code=a&state=b")).Leads().ShouldBe(Refused + "too-many-attempts");

        world.Clock.Advance(TimeSpan.FromHours(1));
    }

    private static async Task IsNobody(HttpClient browser) => (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    private static string CodeOf(Uri back) => Uri.EscapeDataString(System.Web.HttpUtility.ParseQueryString(back.Query)["code"]!);

    private Task<int> Open(PersonId person) => world.Read(db => db.Set<Session>().CountAsync(session => session.EndedAt == null
        && db.Set<Strongroom.Modules.SignIn.Users.User>().Any(user => user.Id == session.User && user.Person == person)));

    private async Task<int> RefusalsInTheLog(string code)
    {
        var bodies = await world.Read(db => db.Set<AuditEvent>().Where(happened => happened.Kind == "sign-in.provider-refused").Select(happened => happened.Body).ToListAsync());
        return bodies.Count(body => System.Text.Encoding.UTF8.GetString(body).Contains(code, StringComparison.Ordinal));
    }
}

public sealed class Provider_on_sqlite(ProviderWorld<Sqlite> world) : ProviderTests<Sqlite>(world);

public sealed class Provider_on_postgres(ProviderWorld<Postgres> world) : ProviderTests<Postgres>(world);
