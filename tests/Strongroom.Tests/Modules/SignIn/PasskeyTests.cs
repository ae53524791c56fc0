using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract partial class PasskeyTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    private static readonly object Payload = new { Vault = "V1" };

    [Fact]
    public async Task A_passkey_that_was_added_signs_in_with_one_touch()
    {
        using var key = new SoftAuthenticator();
        var asha = await world.NewOfficer("asha");
        using (var browser = await world.SignIn(asha)) (await browser.AddPasskey(key)).Leads().ShouldBe("/profile");
        using var phone = world.Client();

        (await SignIn(phone, key)).Leads().ShouldBe("/sign-in");

        (await phone.WhoAmI()).Person.ShouldBe(asha.Person);
        (await world.Timeline(asha.Person)).ShouldContain("sign-in.passkey-added");
    }

    [Fact]
    public async Task A_public_key_that_the_owner_of_the_database_exchanged_lets_nobody_in()
    {
        using var key = new SoftAuthenticator();
        var asha = await world.NewOfficer("exchanged");
        using (var browser = await world.SignIn(asha)) (await browser.AddPasskey(key)).Leads().ShouldBe("/profile");
        using var thief = key.Impostor();
        using var phone = world.Client();

        await Put(thief.PublicKey);
        (await (await SignIn(phone, thief)).Content.ReadAsStringAsync()).ShouldContain("sign-in.passkey-wrong");
        await Put(key.PublicKey);
        (await SignIn(phone, key)).Leads().ShouldBe("/sign-in");

        Task<Done> Put(byte[] publicKey) => world.Act<Done>(Actor.System, async (db, act) =>
        {
            var user = await db.Set<User>().Where(row => row.Person == asha.Person).Select(row => row.Id).SingleAsync();
            (await db.Set<IdentityUserPasskey<Guid>>().SingleAsync(row => row.UserId == user)).Data.PublicKey = publicKey;
            db.Append(act, new Event(new("test.exchanged", "Exchanged")).About(asha.Person));
            return Done.It;
        });
    }

    [Fact]
    public async Task A_passkey_is_renamed_by_its_owner_and_nobody_else()
    {
        using var key = new SoftAuthenticator();
        using var browser = await world.SignIn(await world.NewUser("renames"));
        using var other = await world.SignIn(await world.NewUser("renames.not"));
        await browser.AddPasskey(key);
        var link = RenameLink().Match(await browser.GetStringAsync("/profile")).Value;

        (await browser.PostForm(link, "rename", ("Input.Name", "Old tablet"))).Leads().ShouldBe("/profile");

        (await browser.GetStringAsync("/profile")).ShouldContain("Old tablet");
        (await other.Missing(link)).ShouldContain("You have no such passkey");
        (await world.Timeline((await browser.WhoAmI()).Person)).ShouldContain("sign-in.passkey-renamed");
    }

    [GeneratedRegex("/profile/passkeys/[A-Za-z0-9_-]+")]
    private static partial Regex RenameLink();

    [Fact]
    public async Task A_passkey_may_be_the_first_second_factor()
    {
        using var key = new SoftAuthenticator();
        var person = await world.NewPerson("Bina Shah");
        var invitation = await world.Invite(person, "bina");
        using var browser = world.Client();
        await browser.PostForm("/activate", "activate", ("Input.UserName", "bina"), ("Input.CounterHalf", invitation.CounterHalf),
            ("Input.SentHalf", invitation.SentHalf), ("Input.Password", "a vault of one's own"));

        (await (await browser.AddPasskey(key)).Content.ReadAsStringAsync()).ShouldContain("Your recovery codes");

        (await browser.WhoAmI()).Person.ShouldBe(person);
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        using var key = new SoftAuthenticator();
        var chitra = await world.NewOfficer("chitra");
        using (var browser = await world.SignIn(chitra)) await browser.AddPasskey(key);
        using var phone = world.Client();
        var (challenge, answer) = await Answer(phone, key);

        (await Give(phone, challenge, answer)).Leads().ShouldBe("/sign-in");
        using var thief = world.Client();
        await thief.GetStringAsync("/sign-in");
        (await (await Give(thief, challenge, answer)).Content.ReadAsStringAsync()).ShouldContain("sign-in.step-over");
    }

    [Fact]
    public async Task A_challenge_lasts_five_minutes()
    {
        using var key = new SoftAuthenticator();
        var dev = await world.NewOfficer("dev");
        using (var browser = await world.SignIn(dev)) await browser.AddPasskey(key);
        using var phone = world.Client();
        var (challenge, answer) = await Answer(phone, key);
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        (await (await Give(phone, challenge, answer)).Content.ReadAsStringAsync()).ShouldContain("sign-in.step-over");
    }

    [Fact]
    public async Task A_disabled_user_is_not_let_in_by_a_passkey()
    {
        using var key = new SoftAuthenticator();
        var ela = await world.NewOfficer("ela");
        using (var browser = await world.SignIn(ela)) await browser.AddPasskey(key);
        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Disable(db, act, ela.Person, default));
        using var phone = world.Client();

        (await (await SignIn(phone, key)).Content.ReadAsStringAsync()).ShouldContain("sign-in.passkey-wrong");
    }

    [Theory]
    [InlineData("https://locaIhost.example", true)]
    [InlineData("https://localhost", false)]
    public async Task A_key_of_another_site_or_one_that_asks_for_no_finger_is_not_added(string origin, bool verifiesUser)
    {
        using var key = new SoftAuthenticator { Origin = origin, VerifiesUser = verifiesUser };
        var player = await world.NewOfficer($"farid.{verifiesUser}");
        using var browser = await world.SignIn(player);

        (await (await browser.AddPasskey(key)).Content.ReadAsStringAsync()).ShouldContain("sign-in.passkey-not-added");
    }

    [Fact]
    public async Task The_only_second_factor_cannot_be_removed()
    {
        using var key = new SoftAuthenticator();
        var person = await world.NewPerson("Gita Mehta");
        var invitation = await world.Invite(person, "gita");
        using var browser = world.Client();
        await browser.PostForm("/activate", "activate", ("Input.UserName", "gita"), ("Input.CounterHalf", invitation.CounterHalf),
            ("Input.SentHalf", invitation.SentHalf), ("Input.Password", "a vault of one's own"));
        await browser.AddPasskey(key);
        var form = RemoveForm().Match(await browser.GetStringAsync("/profile")).Groups[1].Value;

        (await (await browser.PostForm("/profile", form)).Content.ReadAsStringAsync()).ShouldContain("sign-in.last-second-factor");

        using var second = new SoftAuthenticator();
        await browser.AddPasskey(second);
        (await browser.PostForm("/profile", form)).Leads().ShouldBe("/profile");
        using var phone = world.Client();
        (await (await SignIn(phone, key)).Content.ReadAsStringAsync()).ShouldContain("sign-in.passkey-wrong");
    }

    [Fact]
    public async Task A_signature_by_passkey_can_be_checked_without_us()
    {
        using var key = new SoftAuthenticator();
        var hari = await world.NewOfficer("hari");
        using var browser = await world.SignIn(hari);
        await browser.AddPasskey(key);
        var id = await Ask(hari, hari.Person);

        var given = await (await browser.PostJson($"/api/v1/signatures/{id}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(id))))).Read<SignatureGiven>();

        given.Grade.ShouldBe(SignatureGrade.Signed);
        var row = await world.Read(db => db.Set<Signature>().SingleAsync(row => row.Id == id));
        key.Verifies(row.AuthenticatorData!, row.ClientData!, row.Assertion!).ShouldBeTrue();
        var signed = JsonDocument.Parse(row.ClientData!).RootElement.GetProperty("challenge").GetString();
        System.Buffers.Text.Base64Url.DecodeFromChars(signed).ShouldBe(Signature.ChallengeOf(id, row.Salt, CanonicalPayload.HashOf(Payload)));
        row.KeySince.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_second_person_signs_with_their_passkey_at_the_first_ones_screen()
    {
        using var key = new SoftAuthenticator();
        var (indu, jaya) = (await world.NewOfficer("indu"), await world.NewOfficer("jaya"));
        using (var theirs = await world.SignIn(jaya)) await theirs.AddPasskey(key);
        using var browser = await world.SignIn(indu);
        var id = await Ask(indu, null, indu.Person);

        var given = await (await browser.PostJson($"/api/v1/signatures/{id}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(id))))).Read<SignatureGiven>();

        given.Signer.ShouldBe(jaya.Person);
        (await browser.WhoAmI()).Person.ShouldBe(indu.Person);
    }

    [Fact]
    public async Task An_assertion_for_one_question_answers_no_other()
    {
        using var key = new SoftAuthenticator();
        var kiran = await world.NewOfficer("kiran");
        using var browser = await world.SignIn(kiran);
        await browser.AddPasskey(key);
        var (one, other) = (await Ask(kiran, kiran.Person), await Ask(kiran, kiran.Person));

        var answer = await browser.PostJson($"/api/v1/signatures/{other}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(one))));

        (await answer.RefusalCode()).ShouldBe("sign-in.passkey-wrong");
    }

    [Fact]
    public async Task A_passkey_renews_the_proof_that_it_is_you()
    {
        using var key = new SoftAuthenticator();
        var lata = await world.NewOfficer("lata");
        using var browser = await world.SignIn(lata);
        await browser.AddPasskey(key);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        var question = await (await browser.PostJson("/api/v1/passkey-questions/confirm", null)).Read<PasskeyQuestion>();

        (await browser.PostForm("/profile/confirm", "passkey", ("Passkey.Challenge", question.Challenge.ToString()), ("Passkey.Credential", key.Get(question.Options)))).Leads().ShouldBe("/profile");

        (await browser.GetAsync("/profile/password")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_copied_key_whose_count_stands_still_is_refused()
    {
        using var key = new SoftAuthenticator { Counts = true };
        var manju = await world.NewOfficer("manju");
        using (var browser = await world.SignIn(manju)) await browser.AddPasskey(key);
        using var phone = world.Client();
        var (early, old) = await Answer(phone, key);
        (await SignIn(phone, key)).Leads().ShouldBe("/sign-in");
        using var thief = world.Client();
        await thief.GetStringAsync("/sign-in");

        (await (await Give(thief, early, old)).Content.ReadAsStringAsync()).ShouldContain("sign-in.passkey-wrong");
    }

    [Fact]
    public async Task The_frameworks_assertion_state_has_the_form_that_we_make_by_hand()
    {
        var made = await world.In(async services =>
        {
            var http = new DefaultHttpContext { RequestServices = services };
            var user = new User { Id = Guid.Parse("0198a000-0000-7000-8000-000000000001"), Person = default };
            return await services.GetRequiredService<IPasskeyHandler<User>>().MakeRequestOptionsAsync(user, http);
        });
        var challenge = System.Buffers.Text.Base64Url.DecodeFromChars(JsonDocument.Parse(made.RequestOptionsJson).RootElement.GetProperty("challenge").GetString());

        // When this fails after an upgrade, every signature by passkey would: adapt PasskeyCeremony.StateOf.
        JsonElement.DeepEquals(
            JsonDocument.Parse(PasskeyCeremony.StateOf(challenge, Guid.Parse("0198a000-0000-7000-8000-000000000001"))).RootElement,
            JsonDocument.Parse(made.AssertionState!).RootElement).ShouldBeTrue(made.AssertionState);
    }

    private Task<SignatureId> Ask(Player asker, PersonId? signer, params PersonId[] not) => world.Act<SignatureId>(world.ActorOf(asker), (db, act) =>
        Task.FromResult<Outcome<SignatureId>>(Signatures.Ask(db, act, new ToSign("test.act", Payload, "Open the day", world.Branch, signer, signer is null ? SignInWorld<TEngine>.Right : null, not))));

    private static async Task<HttpResponseMessage> SignIn(HttpClient browser, SoftAuthenticator key)
    {
        var (challenge, answer) = await Answer(browser, key);
        return await Give(browser, challenge, answer);
    }

    private static async Task<(Guid Challenge, string Answer)> Answer(HttpClient browser, SoftAuthenticator key)
    {
        var question = await browser.AskPasskey(await browser.GetStringAsync("/sign-in"), "/api/v1/passkey-questions/sign-in");
        return (question.Challenge, key.Get(question.Options));
    }

    private static Task<HttpResponseMessage> Give(HttpClient browser, Guid challenge, string answer) =>
        browser.PostForm("/sign-in", "passkey", ("Passkey.Challenge", challenge.ToString()), ("Passkey.Credential", answer));

    [GeneratedRegex("name=\"_handler\" value=\"(remove-[^\"]+)\"")]
    private static partial Regex RemoveForm();
}

public sealed class Passkeys_on_sqlite(SignInWorld<Sqlite> world) : PasskeyTests<Sqlite>(world);

public sealed class Passkeys_on_postgres(SignInWorld<Postgres> world) : PasskeyTests<Postgres>(world);
