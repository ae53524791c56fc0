using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract class SignatureTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    private const string ActName = "test.open-day";
    private static readonly object Payload = new { Vault = "V1", Version = 3L };

    [Fact]
    public async Task A_question_is_signed_by_its_asker_and_used_once()
    {
        var asha = await world.NewOfficer("asha");
        var id = await Ask(asha, signer: asha.Person);
        using var browser = await world.SignIn(asha);

        var given = await (await Sign(browser, id, null, asha)).Read<SignatureGiven>();
        var used = await Use(asha, id);

        given.Grade.ShouldBe(SignatureGrade.Attested);
        used.Value.ShouldBe(new UsedSignature(id, asha.Person, SignatureGrade.Attested, given.SignedAt));
        (await Use(asha, id)).Refusal.ShouldBeOfType<SignatureUsed>();
        (await world.Timeline(asha.Person)).Where(kind => kind.StartsWith("sign-in.signature", StringComparison.Ordinal))
            .ShouldBe(["sign-in.signature-asked", "sign-in.signature-given", "sign-in.signature-used"]);
    }

    [Fact]
    public async Task Of_two_who_use_one_signature_at_once_only_one_does()
    {
        var bina = await world.NewOfficer("bina");
        var id = await Ask(bina, signer: bina.Person);
        using var browser = await world.SignIn(bina);
        await Sign(browser, id, null, bina);

        var outcomes = await Task.WhenAll(Use(bina, id), Use(bina, id), Use(bina, id));

        outcomes.Count(outcome => outcome.Refusal is null).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_signed_is_what_may_be_done_and_nothing_else()
    {
        var chitra = await world.NewOfficer("chitra");
        var id = await Ask(chitra, signer: chitra.Person);
        using var browser = await world.SignIn(chitra);
        await Sign(browser, id, null, chitra);

        (await Use(chitra, id, payload: new { Vault = "V1", Version = 4L })).Refusal.ShouldBeOfType<SignedSomethingElse>();
        (await Use(chitra, id, act: "test.close-day")).Refusal.ShouldBeOfType<SignedSomethingElse>();
        (await Use(chitra, id, payload: new { Version = 3L, Vault = "V1" })).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_signature_is_used_by_who_asked_for_it_and_exists_for_nobody_else()
    {
        var (dev, ela) = (await world.NewOfficer("dev"), await world.NewOfficer("ela"));
        var id = await Ask(dev, signer: dev.Person);
        using var browser = await world.SignIn(dev);
        await Sign(browser, id, null, dev);

        (await Use(ela, id)).Refusal.ShouldBeOfType<NoSuch>();
        (await Use(dev, new SignatureId(Guid.NewGuid()))).Refusal.ShouldBeOfType<NoSuch>();
    }

    [Fact]
    public async Task Nothing_can_be_used_before_it_is_signed_or_after_five_minutes()
    {
        var farid = await world.NewOfficer("farid");
        var unsigned = await Ask(farid, signer: farid.Person);
        using var browser = await world.SignIn(farid);
        var signed = await Ask(farid, signer: farid.Person);
        await Sign(browser, signed, null, farid);

        (await Use(farid, unsigned)).Refusal.ShouldBeOfType<NotSigned>();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Use(farid, signed)).Refusal.ShouldBeOfType<SignatureExpired>();
        (await (await Sign(browser, unsigned, null, farid)).RefusalCode()).ShouldBe("sign-in.signature-expired");
    }

    [Fact]
    public async Task A_second_person_signs_at_the_first_ones_screen_without_a_session_of_their_own()
    {
        var (gita, hari) = (await world.NewOfficer("gita"), await world.NewOfficer("hari"));
        using var browser = await world.SignIn(gita);
        var id = await Ask(gita, right: SignInWorld<TEngine>.Right, not: [gita.Person]);
        var sessions = await Sessions();

        var given = await (await Sign(browser, id, hari.UserName, hari)).Read<SignatureGiven>();

        given.Signer.ShouldBe(hari.Person);
        (await browser.WhoAmI()).Person.ShouldBe(gita.Person);
        (await Sessions()).ShouldBe(sessions);
        (await Use(gita, id)).Value!.Signer.ShouldBe(hari.Person);
        // The log names who signed, not whose screen it was.
        (await world.Read(db => db.Set<AuditEvent>().Where(row => row.Kind == "sign-in.signature-given" && row.Actor == hari.Person).CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_person_cannot_sign_for_both()
    {
        var indu = await world.NewOfficer("indu");
        using var browser = await world.SignIn(indu);
        var id = await Ask(indu, right: SignInWorld<TEngine>.Right, not: [indu.Person]);

        (await (await Sign(browser, id, indu.UserName, indu)).RefusalCode()).ShouldBe("sign-in.same-person");
        (await (await Sign(browser, id, null, indu)).RefusalCode()).ShouldBe("sign-in.same-person");
        (await world.Timeline(indu.Person)).ShouldNotContain("sign-in.signature-given");
    }

    [Fact]
    public async Task Who_is_not_posted_at_the_branch_or_is_a_party_cannot_sign()
    {
        var (jaya, away, party) = (await world.NewOfficer("jaya"), await world.NewUser("away"), await world.NewOfficer("party"));
        world.Roles.Give(away.Person, new RoleGrant("Manager", new BranchId(Guid.NewGuid()), new HashSet<string> { SignInWorld<TEngine>.Right }));
        using var browser = await world.SignIn(jaya);
        var id = await Ask(jaya, right: SignInWorld<TEngine>.Right, not: [jaya.Person, party.Person]);

        (await (await Sign(browser, id, away.UserName, away)).RefusalCode()).ShouldBe("sign-in.not-posted");
        (await (await Sign(browser, id, party.UserName, party)).RefusalCode()).ShouldBe("sign-in.party");
    }

    [Fact]
    public async Task Somebody_else_than_the_one_named_cannot_sign()
    {
        var (kiran, lata, manju) = (await world.NewOfficer("kiran"), await world.NewOfficer("lata"), await world.NewOfficer("manju"));
        using var browser = await world.SignIn(kiran);
        var id = await Ask(kiran, signer: lata.Person);

        (await (await Sign(browser, id, manju.UserName, manju)).RefusalCode()).ShouldBe("sign-in.not-the-signer");
        (await Sign(browser, id, lata.UserName, lata)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_password_or_a_used_code_signs_nothing_and_is_an_event()
    {
        var (nita, omar) = (await world.NewOfficer("nita"), await world.NewOfficer("omar"));
        using var browser = await world.SignIn(nita);
        var id = await Ask(nita, right: SignInWorld<TEngine>.Right, not: [nita.Person]);
        var code = world.NextCode(omar.TotpSecret);

        (await (await browser.PostJson($"/api/v1/signatures/{id}/code", new SignByCodeRequest(omar.UserName, "not the password", code))).RefusalCode()).ShouldBe("sign-in.proof-wrong");
        (await browser.PostJson($"/api/v1/signatures/{id}/code", new SignByCodeRequest(omar.UserName, omar.Password, code))).IsSuccessStatusCode.ShouldBeTrue();
        var next = await Ask(nita, right: SignInWorld<TEngine>.Right, not: [nita.Person]);
        (await (await browser.PostJson($"/api/v1/signatures/{next}/code", new SignByCodeRequest(omar.UserName, omar.Password, code))).RefusalCode()).ShouldBe("sign-in.proof-wrong");
        (await world.Read(db =>
            (from subject in db.Set<AuditSubject>()
             join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
             where subject.Id == id.Value && happened.Kind == "refused" && happened.Actor == nita.Person
             select happened).CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_question_that_does_not_concern_the_session_buys_no_guesses_at_a_password()
    {
        var (pia, qadir) = (await world.NewOfficer("pia"), await world.NewOfficer("qadir"));
        using var browser = await world.SignIn(pia);
        for (var i = 0; i < 5; i++)
            await browser.PostJson($"/api/v1/signatures/{Guid.NewGuid()}/code", new SignByCodeRequest(qadir.UserName, "not the password", "123456"));

        var id = await Ask(pia, right: SignInWorld<TEngine>.Right, not: [pia.Person]);
        (await (await Sign(browser, id, qadir.UserName, qadir)).RefusalCode()).ShouldBe("sign-in.too-many-attempts");
    }

    [Fact]
    public async Task An_act_may_ask_for_a_passkey()
    {
        var rani = await world.NewOfficer("rani");
        using var browser = await world.SignIn(rani);
        var id = await Ask(rani, signer: rani.Person, least: SignatureGrade.Signed);

        (await (await Sign(browser, id, null, rani)).RefusalCode()).ShouldBe("sign-in.passkey-needed");
    }

    [Fact]
    public async Task What_waits_for_somebody_stands_in_their_inbox_and_can_be_signed_there()
    {
        var (sara, tara, other) = (await world.NewOfficer("sara"), await world.NewOfficer("tara"), await world.NewUser("other"));
        var id = await Ask(sara, right: SignInWorld<TEngine>.Right, not: [sara.Person]);
        using var phone = await world.SignIn(tara);
        using var stranger = await world.SignIn(other);

        (await phone.GetStringAsync("/sign")).ShouldContain($"/sign/{id}");
        (await stranger.GetStringAsync("/sign")).ShouldNotContain(id.ToString());
        (await stranger.GetStringAsync($"/sign/{id}")).ShouldNotContain("Open the day");
        var answer = await phone.PostForm($"/sign/{id}", $"mine-code-{id}", ("Mine.Password", tara.Password), ("Mine.Code", world.NextCode(tara.TotpSecret)));

        answer.Leads().ShouldBe($"/sign/{id}");
        (await phone.GetStringAsync($"/sign/{id}")).ShouldContain("Signed</span>");
        (await phone.GetStringAsync("/sign")).ShouldNotContain($"/sign/{id}");
        (await Use(sara, id)).Value!.Signer.ShouldBe(tara.Person);
    }

    [Fact]
    public async Task The_panel_takes_the_second_persons_password_and_leads_back_to_the_page_it_stood_on()
    {
        var (uma, vera) = (await world.NewOfficer("uma"), await world.NewOfficer("vera"));
        using var browser = await world.SignIn(uma);
        var id = await Ask(uma, right: SignInWorld<TEngine>.Right, not: [uma.Person]);
        var page = $"/sign/{id}?returnTo=%2Fdesk%2Fday";

        var wrong = await browser.PostForm(page, $"second-code-{id}", ("Second.UserName", vera.UserName), ("Second.Password", "not the password"), ("Second.Code", "123456"));
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("sign-in.proof-wrong");
        var right = await browser.PostForm(page, $"second-code-{id}",
            ("Second.UserName", vera.UserName), ("Second.Password", vera.Password), ("Second.Code", world.NextCode(vera.TotpSecret)));

        right.Leads().ShouldBe("/desk/day");
    }

    [Fact]
    public async Task Words_and_payload_lie_sealed_in_the_database()
    {
        var wali = await world.NewOfficer("wali");
        var id = await Ask(wali, signer: wali.Person);

        var row = await world.Read(db => db.Set<Signature>().SingleAsync(row => row.Id == id));

        System.Text.Encoding.UTF8.GetString(row.Words).ShouldNotContain("Open the day");
        row.WordsBy(world.App.Services.GetRequiredService<Seals>()).ShouldBe("Open the day");
    }

    [Fact]
    public async Task A_question_that_anybody_could_sign_is_not_asked()
    {
        var xena = await world.NewOfficer("xena");

        await Should.ThrowAsync<ArgumentException>(() => Ask(xena));
    }

    [Fact]
    public async Task What_other_branches_ask_for_crowds_nothing_out_of_an_inbox()
    {
        var (uma, vera, head, helper) = (await world.NewOfficer("crowd.asks"), await world.NewOfficer("crowd.signs"), await world.NewUser("crowd.head"), await world.NewUser("crowd.helps"));
        // What other tests asked for is over.
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var rights = new HashSet<string> { SignInWorld<TEngine>.Right };
        world.Roles.GiveBoth(vera.Person, world.Roles.Of(vera.Person)[0], new RoleGrant("Clerk", new BranchId(Guid.NewGuid()), new HashSet<string> { "test.other" }));
        world.Roles.Give(head.Person, new RoleGrant("Admin", null, rights));
        world.Roles.Give(helper.Person, new RoleGrant("Manager", world.Branch, rights, Emergency: true));
        var mine = new[] { await Ask(uma, right: SignInWorld<TEngine>.Right, not: [uma.Person]), await Ask(uma, signer: vera.Person) };
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        ToSign At(BranchId? branch, string right) => new(ActName, Payload, "Open the day", branch, null, right, [uma.Person]);
        await world.Act<Done>(world.ActorOf(uma), (db, act) =>
        {
            for (var other = 0; other < 201; other++) Signatures.Ask(db, act, At(new BranchId(Guid.NewGuid()), SignInWorld<TEngine>.Right));
            Signatures.Ask(db, act, At(world.Branch, "test.other"));
            return Task.FromResult<Outcome<Done>>(Done.It);
        });
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var everywhere = await world.Act<SignatureId>(world.ActorOf(uma), (db, act) => Task.FromResult<Outcome<SignatureId>>(Signatures.Ask(db, act, At(null, SignInWorld<TEngine>.Right))));

        (await Inbox(vera)).ShouldBe(mine, ignoreOrder: true, "neither another branch's nor what another role of theirs may sign elsewhere");
        (await Inbox(helper)).ShouldBeEmpty("an emergency signs nothing for others");
        (await Inbox(head)).ShouldContain(everywhere, "who has the right in the whole bank is asked for what concerns no branch");
    }

    private Task<List<SignatureId>> Inbox(Player reader) => world.In(async services =>
        (await Signatures.Waiting(services.GetRequiredService<StrongroomDb>(), services.GetRequiredService<Seals>(), world.ActorOf(reader), world.Clock.GetUtcNow().UtcDateTime, default)).Select(line => line.Id).ToList());

    private Task<SignatureId> Ask(Player asker, PersonId? signer = null, string? right = null, PersonId[]? not = null, SignatureGrade least = SignatureGrade.Attested) =>
        world.Act<SignatureId>(world.ActorOf(asker), (db, act) => Task.FromResult<Outcome<SignatureId>>(
            Signatures.Ask(db, act, new ToSign(ActName, Payload, "Open the day", world.Branch, signer, right, not ?? [], least))));

    private Task<Outcome<UsedSignature>> Use(Player user, SignatureId id, string act = ActName, object? payload = null) =>
        world.TryAct(world.ActorOf(user), (db, one) => Signatures.Use(db, one, id, act, payload ?? Payload, default));

    private Task<HttpResponseMessage> Sign(HttpClient browser, SignatureId id, string? userName, Player signer) =>
        browser.PostJson($"/api/v1/signatures/{id}/code", new SignByCodeRequest(userName, signer.Password, world.NextCode(signer.TotpSecret)));

    private Task<int> Sessions() => world.Read(db => db.Set<Session>().CountAsync());
}

public sealed class Signatures_on_sqlite(SignInWorld<Sqlite> world) : SignatureTests<Sqlite>(world);

public sealed class Signatures_on_postgres(SignInWorld<Postgres> world) : SignatureTests<Postgres>(world);
