using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Policies;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>Visits where the bank's policy asks for a second officer.</summary>
public sealed class SecondOfficerWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
        var values = new Dictionary<string, JsonElement> { ["secondOfficer"] = JsonSerializer.SerializeToElement(true) };
        await Lab.Do<SetPolicy, PolicySet>(Bank.Admin.Person, slice => slice.Handle(nameof(AccessPolicy), new("IN", Lab.Now.DateIn("Asia/Kolkata"), values), default));
    }
}

public abstract class SecondOfficerTests<TEngine>(SecondOfficerWorld<TEngine> world) : IClassFixture<SecondOfficerWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_second_officers_new_passkey_admits_nobody_until_a_colleague_has_confirmed_it()
    {
        using var key = new SoftAuthenticator();
        using var browser = await world.SignIn(Bank.CounterOfficer);
        await browser.AddPasskey(key);
        var hire = await world.NewHire();
        var identified = await Bank.Identify(await Bank.CheckIn(hire));
        var visit = await world.Lab.Do<AskSecondOfficer, VisitStep>(Bank.Custodian.Person, slice => slice.Handle(identified.Id, default), identified.Version);
        var asked = await world.Read(db => db.Set<Visit>().Where(row => row.Id == visit.Id).Select(row => row.SecondSignature!.Value).SingleAsync());

        (await (await Sign(browser, key, asked)).RefusalCode()).ShouldBe("sign-in.passkey-too-young");
        var young = (await world.Read(db => db.YoungPasskeys(Bank.CounterOfficer.Person, world.Lab.Now, default))).ShouldHaveSingleItem();
        await world.Lab.Do<ConfirmPasskey, Done>(Bank.Manager.Person, slice => slice.Handle(Bank.CounterOfficer.Person, new(young.Credential, PasskeyCheck.IdentityDocument), default));
        (await Sign(browser, key, asked)).IsSuccessStatusCode.ShouldBeTrue();
        var admission = await Bank.Admit(visit);

        admission.State.ShouldBe(VisitState.Admitted);
        (await world.Read(db => db.Set<Visit>().Where(row => row.Id == visit.Id).Select(row => row.SecondOfficer).SingleAsync())).ShouldBe(Bank.CounterOfficer.Person);
    }

    [Fact]
    public async Task Only_who_opens_online_access_confirms_a_passkey()
    {
        (await world.Lab.As(Bank.Custodian.Person, async services => (await services.GetRequiredService<ConfirmPasskey>()
            .Handle(Bank.CounterOfficer.Person, new("AAAA", PasskeyCheck.IdentityDocument), default)).Refusal?.Code)).ShouldBe("not-allowed");
    }

    private static async Task<HttpResponseMessage> Sign(HttpClient browser, SoftAuthenticator key, SignatureId id) =>
        await browser.PostJson($"/api/v1/signatures/{id}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(id))));
}

public sealed class Second_officers_on_sqlite(SecondOfficerWorld<Sqlite> world) : SecondOfficerTests<Sqlite>(world);

public sealed class Second_officers_on_postgres(SecondOfficerWorld<Postgres> world) : SecondOfficerTests<Postgres>(world);
