using System.Net;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract class SigningInTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task Password_and_code_open_a_session_that_knows_who_it_is()
    {
        var asha = await world.NewOfficer("asha");

        using var browser = await world.SignIn(asha);
        var me = await browser.WhoAmI();

        me.Person.ShouldBe(asha.Person);
        me.Name.ShouldBe("asha");
        me.Roles.ShouldHaveSingleItem().Branch.ShouldBe(world.Branch);
        (await world.Timeline(asha.Person)).ShouldContain("sign-in.signed-in");
    }

    [Fact]
    public async Task The_password_alone_opens_nothing()
    {
        var bina = await world.NewOfficer("bina");
        using var browser = world.Client();

        (await browser.GivePassword(bina.UserName, bina.Password)).Leads().ShouldBe("/sign-in/code");

        (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/profile")).Leads().ShouldBe("/sign-in?returnUrl=%2Fprofile");
    }

    [Fact]
    public async Task A_wrong_code_is_refused()
    {
        var chandra = await world.NewOfficer("chandra");
        using var browser = world.Client();
        await browser.GivePassword(chandra.UserName, chandra.Password);
        var wrong = world.NextCode(chandra.TotpSecret) == "000000" ? "111111" : "000000";

        var answer = await browser.PostForm("/sign-in/code", "code", ("Input.Code", wrong));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.code-wrong");
        (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_counts_once_even_within_its_half_minute()
    {
        var dev = await world.NewOfficer("dev");
        using var first = await world.SignIn(dev);
        using var thief = world.Client();
        await thief.GivePassword(dev.UserName, dev.Password);

        var answer = await thief.PostForm("/sign-in/code", "code", ("Input.Code", world.Code(dev.TotpSecret)));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.code-wrong");
    }

    [Fact]
    public async Task The_step_between_password_and_code_lasts_five_minutes()
    {
        var ela = await world.NewOfficer("ela");
        using var browser = world.Client();
        await browser.GivePassword(ela.UserName, ela.Password);
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        var answer = await browser.PostForm("/sign-in/code", "code", ("Input.Code", world.Code(ela.TotpSecret)));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.step-over");
    }

    [Fact]
    public async Task Who_has_no_account_gets_the_same_answer_as_who_mistyped()
    {
        var farid = await world.NewOfficer("farid");
        using var browser = world.Client();

        var unknown = await (await browser.GivePassword("nobody.here", "not the password at all")).Content.ReadAsStringAsync();
        var wrong = await (await browser.GivePassword(farid.UserName, "not the password at all")).Content.ReadAsStringAsync();

        Notice(unknown).ShouldBe(Notice(wrong));
        Notice(unknown).ShouldContain("sign-in.wrong");

        static string Notice(string html) => html[html.IndexOf("class=\"notice danger\"", StringComparison.Ordinal)..html.IndexOf("<form", html.IndexOf("<main", StringComparison.Ordinal), StringComparison.Ordinal)];
    }

    [Fact]
    public async Task A_disabled_user_gets_no_further_than_a_wrong_password()
    {
        var gita = await world.NewOfficer("gita");
        await world.Act<Done>(Actor.System, (db, act) => Strongroom.Modules.SignIn.Contracts.ActivationContract.Disable(db, act, gita.Person, default));
        using var browser = world.Client();

        var answer = await browser.GivePassword(gita.UserName, gita.Password);

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.wrong");
    }

    [Theory]
    [InlineData("Admin", "/office")]
    [InlineData("Manager", "/desk")]
    [InlineData("AccountHolder", "/account")]
    [InlineData(null, "/profile")]
    public async Task After_signing_in_one_lands_where_ones_work_is(string? role, string page)
    {
        var player = await world.NewUser($"lands.{role ?? "none"}");
        if (role is not null) world.Roles.Give(player.Person, new RoleGrant(role, null, new HashSet<string>()));

        using var browser = await world.SignIn(player);

        (await browser.GetAsync("/sign-in")).Leads().ShouldBe(page);
    }

    [Theory]
    [InlineData("/desk/visits/1?x=2", "/desk/visits/1?x=2")]
    [InlineData("https://elsewhere.example/", "/profile")]
    [InlineData("//elsewhere.example/", "/profile")]
    [InlineData("/\\elsewhere.example/", "/profile")]
    public async Task One_is_led_back_to_where_one_came_from_and_never_to_another_site(string returnUrl, string expected)
    {
        var player = await world.NewUser($"back.{Guid.NewGuid():N}"[..20]);

        using var browser = await world.SignIn(player);

        (await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}")).Leads().ShouldBe(expected);
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once_with_the_password()
    {
        var hari = await world.NewOfficer("hari");
        using var browser = await world.SignIn(hari);
        var shown = await (await browser.PostForm("/profile/recovery-codes", "codes")).Content.ReadAsStringAsync();
        var codes = System.Text.RegularExpressions.Regex.Matches(shown, "<code>([A-Z0-9-]{29})</code>").Select(match => match.Groups[1].Value).ToList();
        codes.Count.ShouldBe(10);

        (await WithRecoveryCode(hari, codes[3])).Leads().ShouldBe("/sign-in");
        (await (await WithRecoveryCode(hari, codes[3])).Content.ReadAsStringAsync()).ShouldContain("sign-in.code-wrong");
        (await WithRecoveryCode(hari, codes[4].ToLowerInvariant().Replace("-", " "))).Leads().ShouldBe("/sign-in");
        (await world.Timeline(hari.Person)).Count(kind => kind == "sign-in.recovery-code-used").ShouldBe(2);
    }

    private async Task<HttpResponseMessage> WithRecoveryCode(Lab.Bank.Player player, string code)
    {
        using var browser = world.Client();
        await browser.GivePassword(player.UserName, player.Password);
        return await browser.PostForm("/sign-in/code", "code", ("Input.Code", code));
    }
}

public sealed class Signing_in_on_sqlite(SignInWorld<Sqlite> world) : SigningInTests<Sqlite>(world);

public sealed class Signing_in_on_postgres(SignInWorld<Postgres> world) : SigningInTests<Postgres>(world);
