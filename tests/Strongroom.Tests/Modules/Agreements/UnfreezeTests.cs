using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>Freezing is quick; opening again takes the counter, or a day and a passkey of one's own; a court's hold takes two officers.</summary>
public abstract class UnfreezeTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_hirer_unfreezes_with_their_own_passkey_after_a_day_and_not_before()
    {
        using var key = new SoftAuthenticator();
        var hire = await world.NewHire();
        var hirer = await Bank.OpenAccess(hire, $"thaws.{hire.Number}");
        var here = $"/api/v1/agreements/{hire.Agreement}/unfreeze";
        using (var first = await world.SignIn(hirer))
        {
            await first.AddPasskey(key);
            (await (await first.PostJson($"{here}/ask", new { })).RefusalCode()).ShouldBe("agreements.not-frozen");
            (await first.PostJson($"/api/v1/agreements/{hire.Agreement}/freeze", new { })).IsSuccessStatusCode.ShouldBeTrue();
            (await (await first.PostJson($"{here}/ask", new { })).RefusalCode()).ShouldBe("agreements.frozen-less-than-a-day");
            (await first.GetStringAsync($"/account/agreements/{hire.Agreement}/unfreeze")).ShouldContain("Not yet");
        }

        world.Clock.Advance(TimeSpan.FromHours(24));
        using var browser = await world.SignIn(hirer);
        var asked = (await (await browser.PostJson($"{here}/ask", new { })).Read<UnfreezeAsked>()).Signature;
        (await (await browser.PostJson(here, new UnfreezeRequest(asked))).RefusalCode()).ShouldBe("sign-in.not-signed");
        (await (await browser.PostJson($"/api/v1/signatures/{asked}/code", new SignByCodeRequest(null, hirer.Password, world.NextCode(hirer.TotpSecret)))).RefusalCode())
            .ShouldBe("sign-in.passkey-needed");
        (await browser.PostJson($"/api/v1/signatures/{asked}/passkey", new SignByPasskeyRequest(key.Get(await browser.SignatureOptions(asked))))).IsSuccessStatusCode.ShouldBeTrue();
        (await browser.PostJson(here, new UnfreezeRequest(asked))).IsSuccessStatusCode.ShouldBeTrue();

        (await InForce(hire.Agreement)).ShouldBeEmpty();
        (await (await browser.PostJson(here, new UnfreezeRequest(asked))).RefusalCode()).ShouldBe("agreements.not-frozen");
        (await browser.GetStringAsync("/account")).ShouldNotContain("cannot be opened at the moment");
    }

    [Fact]
    public async Task At_the_counter_an_officer_notes_how_the_hirer_was_identified()
    {
        var (hire, stranger) = (await world.NewHire(), await world.NewHire());
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"counter.{hire.Number}"));
        await hirer.PostJson($"/api/v1/agreements/{hire.Agreement}/freeze", new { });
        Task<Outcome<Done>> Thaw(Player officer, PersonId person) => world.Lab.As(officer.Person, services => Of<UnfreezeAtCounter>(services)
            .Handle(hire.Agreement, new(person, HirerCheck.IdentityDocument), default));

        await Thaw(Bank.Custodian, hire.Hirer).RefusedWith(404, "not-found");
        await Thaw(Bank.CounterOfficer, stranger.Hirer).RefusedWith(404, "not-found");
        await Thaw(Bank.CounterOfficer, hire.Hirer).Fine();
        await Thaw(Bank.CounterOfficer, hire.Hirer).RefusedWith(409, "agreements.not-frozen");

        (await InForce(hire.Agreement)).ShouldBeEmpty();
        var freeze = await world.Read(db => db.Set<Hold>().SingleAsync(row => row.Agreement == hire.Agreement));
        (freeze.LiftCheck, freeze.LiftedBy).ShouldBe((HirerCheck.IdentityDocument, Bank.CounterOfficer.Person));
    }

    [Fact]
    public async Task What_one_joint_hirer_froze_the_other_sees_and_does_not_lift()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        var joint = await Jointly(one.Hirer, other.Hirer);
        using var first = await world.SignIn(await Bank.OpenAccess(one, $"joint.{one.Number}"));
        using var second = await world.SignIn(await Bank.OpenAccess(other, $"joint.{other.Number}"));
        await first.PostJson($"/api/v1/agreements/{joint}/freeze", new { });

        (await second.GetStringAsync($"/account/lockers/{joint}")).ShouldContain($"{one.Name} froze it");
        (await first.GetStringAsync($"/account/lockers/{joint}")).ShouldContain("You froze it");
        (await second.GetStringAsync($"/account/agreements/{joint}/unfreeze")).ShouldContain("Another hirer froze it");
        (await (await second.PostJson($"/api/v1/agreements/{joint}/unfreeze/ask", new { })).RefusalCode()).ShouldBe("agreements.frozen-by-another");
        await world.Lab.As(Bank.Manager.Person, services => Of<UnfreezeAtCounter>(services).Handle(joint, new(other.Hirer, HirerCheck.IdentityDocument), default))
            .RefusedWith(403, "agreements.frozen-by-another");
        await world.Lab.As(Bank.Manager.Person, services => Of<UnfreezeAtCounter>(services).Handle(joint, new(one.Hirer, HirerCheck.DocumentAndPhotograph), default)).Fine();
    }

    [Fact]
    public async Task Nobody_unfreezes_a_locker_in_the_name_of_a_dead_hirer()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        var joint = await Jointly(one.Hirer, other.Hirer);
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(joint, new(HoldKind.Freeze, "One of them telephoned", null), default));
        await world.MarkedDead(one.Hirer);
        using var manager = await world.SignIn(Bank.Manager);
        var page = $"/desk/agreements/{joint}/unfreeze";

        (await manager.GetStringAsync(page)).ShouldSatisfyAllConditions(shown => shown.ShouldContain(other.Hirer.ToString()), shown => shown.ShouldNotContain(one.Hirer.ToString()));
        (await Thaw(one.Hirer).RefusedWith(409, "agreements.person-is-dead")).Field.ShouldBe("Hirer");
        (await InForce(joint)).ShouldContain(HoldKind.Freeze);
        await world.MarkedDead(other.Hirer);
        (await manager.GetStringAsync(page)).ShouldContain("No hirer of this locker is alive");
        await world.MarkedLiving(other.Hirer);
        await Thaw(other.Hirer).Fine();
        (await InForce(joint)).ShouldBe([HoldKind.Death]);

        Task<Outcome<Done>> Thaw(PersonId person) => world.Lab.As(Bank.Manager.Person, services => Of<UnfreezeAtCounter>(services).Handle(joint, new(person, HirerCheck.IdentityDocument), default));
    }

    [Fact]
    public async Task A_courts_hold_is_lifted_when_a_second_officer_has_approved_and_the_hirer_reads_of_it_unless_forbidden()
    {
        var (told, secret) = (await world.NewHire(), await world.NewHire());
        var hold = (await Court(told, secret: false)).Id;
        await Court(secret, secret: true);
        using var hirer = await world.SignIn(await Bank.OpenAccess(told, $"told.{told.Number}"));
        using var unaware = await world.SignIn(await Bank.OpenAccess(secret, $"secret.{secret.Number}"));
        (await hirer.GetStringAsync("/account")).ShouldContain("A court has ordered");
        (await unaware.GetStringAsync("/account")).ShouldNotContain("court");

        using var manager = await world.SignIn(Bank.Manager);
        var next = (await manager.PostForm($"/desk/agreements/{told.Agreement}/holds/{hold}/lift", "lift", ("Input.Reason", "The suit was withdrawn"), ("Input.Paper", "O.S. 13/2026"))).Leads();
        next.ShouldStartWith("/desk/approvals/");
        (await manager.GetStringAsync(next)).ShouldNotContain("Go on to sign", Case.Sensitive, "who asked does not approve");
        (await manager.GetStringAsync($"/desk/agreements/{told.Agreement}")).ShouldContain(next);
        (await InForce(told.Agreement)).ShouldBe([HoldKind.Court]);
        await Approving.Approve(world.Lab, new(Guid.Parse(next.Split('/')[^1])), Bank.Custodian);

        (await InForce(told.Agreement)).ShouldBeEmpty();
        var page = await manager.GetStringAsync($"/desk/agreements/{told.Agreement}");
        page.ShouldContain($"{Bank.Manager.Name} and {Bank.Custodian.Name}");
        (await manager.GetStringAsync("/desk/hold-rules")).ShouldContain("The manager asks, and another officer approves");
    }

    private static T Of<T>(IServiceProvider services) where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(services);

    private Task<HoldPlaced> Court(Hire hire, bool secret) => world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice =>
        slice.Handle(hire.Agreement, new(HoldKind.Court, "A suit about the estate", null, "O.S. 12/2026", secret), default));

    private async Task<AgreementId> Jointly(PersonId one, PersonId other)
    {
        var spare = await world.NewHire();
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        var version = await world.Read(db => db.AgreementFacts().Where(row => row.Id == spare.Agreement).Select(row => row.Version).SingleAsync());
        await world.Lab.Do<EndAgreement, Done>(Bank.Manager.Person, slice => slice.Handle(spare.Agreement, new(today), default), version);
        return (await world.Lab.Do<MakeAgreement, AgreementMade>(Bank.Manager.Person, slice => slice.Handle(
            new(spare.Locker, one, $"J/{spare.Number}", today, null, null, null, [other], Mandate.EitherOrSurvivor), default))).Id;
    }

    private Task<List<HoldKind>> InForce(AgreementId id) =>
        world.Read(db => db.HoldsInForce(world.Clock.UtcNow()).Where(hold => hold.Agreement == id).Select(hold => hold.Kind).ToListAsync());
}

public sealed class Unfreeze_on_sqlite(BankWorld<Sqlite> world) : UnfreezeTests<Sqlite>(world);

public sealed class Unfreeze_on_postgres(BankWorld<Postgres> world) : UnfreezeTests<Postgres>(world);
