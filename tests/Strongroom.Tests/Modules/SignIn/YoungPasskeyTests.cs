using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

/// <summary>A new passkey approves no opening for 24 hours, unless a second officer confirmed it with an identity check.</summary>
public abstract class YoungPasskeyTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_new_passkey_approves_no_opening_until_24_hours_are_over()
    {
        using var key = new SoftAuthenticator();
        var asha = await world.NewOfficer("asha");
        using var browser = await world.SignIn(asha);
        await browser.AddPasskey(key);

        var answer = await Sign(browser, key, await Ask(asha));

        (await answer.RefusalCode()).ShouldBe("sign-in.passkey-too-young");
        world.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(45));
        using var justBefore = await world.SignIn(asha);
        (await (await Sign(justBefore, key, await Ask(asha))).RefusalCode()).ShouldBe("sign-in.passkey-too-young");
        world.Clock.Advance(TimeSpan.FromSeconds(45));
        (await Sign(justBefore, key, await Ask(asha))).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task What_opens_no_locker_may_be_signed_with_it_at_once()
    {
        using var key = new SoftAuthenticator();
        var bina = await world.NewOfficer("bina");
        using var browser = await world.SignIn(bina);
        await browser.AddPasskey(key);

        (await Sign(browser, key, await Ask(bina, opening: false))).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_officer_who_checked_the_identity_confirms_it_and_it_counts_at_once()
    {
        using var key = new SoftAuthenticator();
        var (chitra, officer) = (await world.NewOfficer("chitra"), await world.NewOfficer("dev"));
        using var browser = await world.SignIn(chitra);
        await browser.AddPasskey(key);
        var young = (await Young(chitra)).ShouldHaveSingleItem();

        (await Confirm(officer, chitra, young.Credential)).Refusal.ShouldBeNull();

        (await Young(chitra)).ShouldBeEmpty();
        (await Sign(browser, key, await Ask(chitra))).IsSuccessStatusCode.ShouldBeTrue();
        (await world.Timeline(chitra.Person)).ShouldContain("sign-in.passkey-confirmed");
    }

    [Fact]
    public async Task Neither_the_person_nor_who_made_the_code_confirms_the_passkey()
    {
        using var key = new SoftAuthenticator();
        var (officer, person) = (await world.NewOfficer("ela"), await world.NewPerson("Farid Khan"));
        var invitation = await world.Act(world.ActorOf(officer), (db, act) => ActivationContract.Invite(db, act, person, "farid", default));
        var farid = await Joining.Activate(world.Lab, person, "farid", invitation);
        using var browser = await world.SignIn(farid);
        await browser.AddPasskey(key);
        var young = (await Young(farid)).ShouldHaveSingleItem();

        (await Confirm(officer, farid, young.Credential)).Refusal.ShouldBeOfType<SecondOfficerNeeded>();
        (await Confirm(farid, farid, young.Credential)).Refusal.ShouldBeOfType<NotYours>();
        (await Confirm(await world.NewOfficer("gita"), farid, "c29tZXRoaW5nIGVsc2U")).Refusal.ShouldBeOfType<NoSuch>();
    }

    [Fact]
    public async Task A_later_passkey_is_young_again_and_a_removed_one_takes_its_confirmation_along()
    {
        using var first = new SoftAuthenticator();
        using var second = new SoftAuthenticator();
        var (hari, officer) = (await world.NewOfficer("hari"), await world.NewOfficer("indu"));
        using var browser = await world.SignIn(hari);
        await browser.AddPasskey(first);
        await Confirm(officer, hari, (await Young(hari)).ShouldHaveSingleItem().Credential);

        await browser.AddPasskey(second);

        (await (await Sign(browser, second, await Ask(hari))).RefusalCode()).ShouldBe("sign-in.passkey-too-young");
        await world.Act(Actor.System, (db, act) => ActivationContract.StartOver(db, act, hari.Person, default));
        (await world.Read(db => db.Set<PasskeyConfirmation>().CountAsync(row => row.By == officer.Person))).ShouldBe(0);
    }

    private Task<SignatureId> Ask(Player signer, bool opening = true) => world.Act(world.ActorOf(signer), (db, act) =>
        Task.FromResult<Outcome<SignatureId>>(Signatures.Ask(db, act, new ToSign("test.open", new { Locker = 1 }, "Open the locker", world.Branch, signer.Person, null, [], Opening: opening))));

    private static async Task<HttpResponseMessage> Sign(HttpClient browser, SoftAuthenticator key, SignatureId id) =>
        await browser.PostJson($"/api/v1/signatures/{id}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(id))));

    private Task<IReadOnlyList<YoungPasskey>> Young(Player person) => world.Read(db => db.YoungPasskeys(person.Person, world.Lab.Now, default));

    private Task<Outcome<Done>> Confirm(Player officer, Player person, string credential) => world.TryAct(world.ActorOf(officer), (db, act) =>
        PasskeyContract.ConfirmPasskey(db, act, person.Person, credential, PasskeyCheck.IdentityDocument, default));
}

public sealed class Young_passkeys_on_sqlite(SignInWorld<Sqlite> world) : YoungPasskeyTests<Sqlite>(world);

public sealed class Young_passkeys_on_postgres(SignInWorld<Postgres> world) : YoungPasskeyTests<Postgres>(world);
