using System.Net;
using System.Text.RegularExpressions;
using OtpNet;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract partial class ActivationTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    private const string Password = "a vault of one's own";

    [Fact]
    public async Task Both_halves_a_password_and_an_app_make_a_sign_in()
    {
        var person = await world.NewPerson("Asha Rao");
        var invitation = await world.Invite(person, "asha.rao");
        using var browser = world.Client();

        (await Activate(browser, invitation.UserName, invitation.CounterHalf.ToLowerInvariant(), invitation.SentHalf.Replace("-", ""))).Leads().ShouldBe("/activate/second-factor");
        (await browser.GetAsync("/activate/second-factor")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var secret = await EnrolApp(browser);

        (await browser.WhoAmI()).Person.ShouldBe(person);
        using var again = await world.SignIn("asha.rao", Password, secret);
        (await world.Timeline(person)).ShouldBe(
            ["customers.registered", "sign-in.invited", "sign-in.activated", "sign-in.signed-in", "sign-in.totp-enrolled", "sign-in.recovery-codes-made", "sign-in.signed-in", "sign-in.signed-in"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Until_a_second_factor_is_enrolled_nothing_else_opens()
    {
        var person = await world.NewPerson("Bina Shah");
        world.Roles.Give(person, new RoleGrant("Manager", world.Branch, new HashSet<string> { "test.sign" }));
        var invitation = await world.Invite(person, "bina.shah");
        using var browser = world.Client();
        await Activate(browser, invitation.UserName, invitation.CounterHalf, invitation.SentHalf);

        (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync("/profile")).Leads().ShouldBe("/activate/second-factor");
        (await browser.GetAsync("/sign")).Leads().ShouldBe("/activate/second-factor");
        (await browser.GivePassword(invitation.UserName, Password)).Leads().ShouldBe("/activate/second-factor");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task One_half_alone_opens_nothing(bool counter, bool sent)
    {
        var name = $"half.{counter}";
        var invitation = await world.Invite(await world.NewPerson("Chandra Bose"), name);
        using var browser = world.Client();

        var answer = await Activate(browser, name, counter ? invitation.CounterHalf : "AAAA-AAAA", sent ? invitation.SentHalf : "AAAA-AAAA");

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.activation-wrong");
    }

    [Fact]
    public async Task A_code_ends_after_five_wrong_tries()
    {
        var invitation = await world.Invite(await world.NewPerson("Dev Patel"), "dev.patel");
        using var browser = world.Client();
        for (var i = 0; i < 5; i++) await Activate(browser, "dev.patel", "AAAA-AAAA", invitation.SentHalf);
        // The account's own pause is over by then, the code is not good again.
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await Activate(browser, "dev.patel", invitation.CounterHalf, invitation.SentHalf);

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.activation-wrong");
    }

    [Fact]
    public async Task A_code_ends_after_72_hours()
    {
        var invitation = await world.Invite(await world.NewPerson("Ela Bhatt"), "ela.bhatt");
        world.Clock.Advance(TimeSpan.FromHours(72));
        using var browser = world.Client();

        var answer = await Activate(browser, "ela.bhatt", invitation.CounterHalf, invitation.SentHalf);

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in.activation-wrong");
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before()
    {
        var person = await world.NewPerson("Farah Khan");
        var old = await world.Invite(person, "farah.khan");
        var young = await world.Invite(person, "farah.khan");
        using var browser = world.Client();

        (await (await Activate(browser, "farah.khan", old.CounterHalf, old.SentHalf)).Content.ReadAsStringAsync()).ShouldContain("sign-in.activation-wrong");
        (await Activate(browser, "farah.khan", young.CounterHalf, young.SentHalf)).Leads().ShouldBe("/activate/second-factor");
    }

    [Fact]
    public async Task A_user_name_belongs_to_one_person_and_a_person_has_one()
    {
        await world.Invite(await world.NewPerson("Gita Mehta"), "gita");
        var other = await world.NewPerson("Gita Sahgal");
        var active = await world.NewUser("hari");

        (await TryInvite(other, "GITA")).ShouldBeOfType<UserNameTaken>();
        (await TryInvite(active.Person, "hari2")).ShouldBeOfType<HasUserAlready>();
        (await TryInvite(other, "g i t a")).ShouldBeOfType<UserNameMalformed>();
    }

    [Fact]
    public async Task Who_starts_over_is_out_everywhere_and_activates_anew()
    {
        var indu = await world.NewOfficer("indu");
        using var lost = await world.SignIn(indu);

        var invitation = await world.Act(Actor.System, (db, act) => ActivationContract.StartOver(db, act, indu.Person, default));

        (await lost.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var browser = world.Client();
        (await (await browser.GivePassword("indu", indu.Password)).Content.ReadAsStringAsync()).ShouldContain("sign-in.wrong");
        (await Activate(browser, "indu", invitation.CounterHalf, invitation.SentHalf)).Leads().ShouldBe("/activate/second-factor");
    }

    [Fact]
    public async Task A_common_password_is_refused_at_its_field()
    {
        var invitation = await world.Invite(await world.NewPerson("Jaya Menon"), "jaya.menon");
        using var browser = world.Client();

        var answer = await browser.PostForm("/activate", "activate", ("Input.UserName", "jaya.menon"), ("Input.CounterHalf", invitation.CounterHalf),
            ("Input.SentHalf", invitation.SentHalf), ("Input.Password", "passwordpassword"));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("This password is one of those that are tried first.");
    }

    private static Task<HttpResponseMessage> Activate(HttpClient browser, string userName, string counterHalf, string sentHalf) => browser.PostForm("/activate", "activate",
        ("Input.UserName", userName), ("Input.CounterHalf", counterHalf), ("Input.SentHalf", sentHalf), ("Input.Password", Password));

    private async Task<string> EnrolApp(HttpClient browser)
    {
        var page = await browser.GetStringAsync("/profile/app");
        var secret = ManualKey().Match(page).Groups[1].Value.Replace(" ", "");
        var code = new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(world.Clock.GetUtcNow().UtcDateTime);
        var shown = await (await browser.PostFormIn(page, "/profile/app", "app", ("Input.Code", code))).Content.ReadAsStringAsync();
        shown.ShouldContain("Your recovery codes");
        return secret;
    }

    private async Task<Refusal?> TryInvite(PersonId person, string userName) =>
        (await world.TryAct(Actor.System, (db, act) => ActivationContract.Invite(db, act, person, userName, default))).Refusal;

    [GeneratedRegex("<code>([A-Z2-7 ]{32,})</code>")]
    private static partial Regex ManualKey();
}

public sealed class Activation_on_sqlite(SignInWorld<Sqlite> world) : ActivationTests<Sqlite>(world);

public sealed class Activation_on_postgres(SignInWorld<Postgres> world) : ActivationTests<Postgres>(world);
