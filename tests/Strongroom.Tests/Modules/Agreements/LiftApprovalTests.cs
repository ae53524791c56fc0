using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Modules.Approvals;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>What a court, an authority, an heir or a hirer has said is not undone by one officer.</summary>
public abstract class LiftApprovalTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_courts_hold_is_lifted_by_the_approval_of_another_officer_and_by_nothing_less()
    {
        var hire = await world.NewHire();
        var hold = await Place(hire, HoldKind.Court);
        using var manager = await world.SignIn(Bank.Manager);
        using var counter = await world.SignIn(Bank.CounterOfficer);
        using var custodian = await world.SignIn(Bank.Custodian);

        (await custodian.PostJson(At(hire, hold), new LiftHoldRequest("The suit was withdrawn", "O.S. 13/2026"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "who blocks does not therefore open");
        using var answer = await manager.PostJson(At(hire, hold), new LiftHoldRequest("The suit was withdrawn", "O.S. 13/2026"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var approval = (await answer.Read<HoldLifted>()).Approval!.Value;
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/approvals/{approval}");
        (await InForce(hire)).ShouldBe([HoldKind.Court], "nothing is lifted yet");

        (await Refused(manager, approval)).ShouldBe("approvals.own-request");
        (await Refused(counter, approval)).ShouldBe("not-allowed");
        (await custodian.GetStringAsync($"/desk/approvals/{approval}")).ShouldSatisfyAllConditions(page => page.ShouldContain("The suit was withdrawn"), page => page.ShouldContain("O.S. 13/2026"), page => page.ShouldContain("Court order"));
        await Approve(custodian, Bank.Custodian, approval);

        (await InForce(hire)).ShouldBeEmpty();
        var row = await world.Read(db => db.Set<Hold>().SingleAsync(one => one.Id == hold));
        (row.LiftedBy, row.LiftedWith).ShouldBe((Bank.Manager.Person, Bank.Custodian.Person));
        (await world.Read(db => db.Set<PersonNotice>().Where(one => one.Person == hire.Hirer).OrderBy(one => one.At).Select(one => one.Kind).ToListAsync())).Count.ShouldBe(2, "the hirer is told of the hold and of its end");
    }

    [Fact]
    public async Task A_relative_or_a_party_of_the_agreement_does_not_approve()
    {
        var hire = await world.NewHire();
        var hold = await Place(hire, HoldKind.Death);
        var approval = await Ask(hire, hold);
        await Declare(Bank.SecondCustodian, hire.Hirer);

        await Try(Bank.SecondCustodian, approval).RefusedWith(403, "approvals.duties-apart");
        await Try(Bank.Custodian, approval).Fine();

        (await InForce(hire)).ShouldBeEmpty();
        var joint = await world.Jointly(Mandate.EitherOrSurvivor, hire.Hirer, await world.AsCustomer(Bank.SecondCustodian));
        var held = hire with { Agreement = joint };
        approval = await Ask(held, await Place(held, HoldKind.Court));
        await Try(Bank.SecondCustodian, approval).RefusedWith(403, "approvals.about-you");
        await Try(Bank.Custodian, approval).Fine();
        (await InForce(held)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_hold_meanwhile_and_it_is_asked_for_anew()
    {
        var hire = await world.NewHire();
        var hold = await Place(hire, HoldKind.Court);
        var approval = await Ask(hire, hold);
        await Place(hire, HoldKind.Attachment);

        await Try(Bank.Custodian, approval).RefusedWith(409, "approvals.changed");
        await Try(Bank.Custodian, await Ask(hire, hold)).Fine();

        (await InForce(hire)).ShouldBe([HoldKind.Attachment]);
    }

    [Fact]
    public async Task Of_two_requests_for_one_hold_one_lifts_it()
    {
        var hire = await world.NewHire();
        var hold = await Place(hire, HoldKind.Court);
        var (one, other) = (await Ask(hire, hold), await Ask(hire, hold));

        await Try(Bank.Custodian, one).Fine();
        await Try(Bank.Custodian, other).RefusedWith(409, "approvals.changed");
    }

    [Fact]
    public async Task What_a_colleague_rejects_stays_blocked_and_the_page_shows_only_what_waits()
    {
        var hire = await world.NewHire();
        var hold = await Place(hire, HoldKind.Court);
        var approval = await Ask(hire, hold);
        using var custodian = await world.SignIn(Bank.Custodian);
        (await custodian.GetStringAsync($"/desk/agreements/{hire.Agreement}")).ShouldContain($"/desk/approvals/{approval}");

        (await custodian.PostJson($"/api/v1/approvals/{approval}/reject", new RejectRequest("The court says otherwise"))).IsSuccessStatusCode.ShouldBeTrue();

        (await InForce(hire)).ShouldBe([HoldKind.Court]);
        (await custodian.GetStringAsync($"/desk/agreements/{hire.Agreement}")).ShouldNotContain($"/desk/approvals/{approval}");
        (await world.Read(db => db.WaitingFor(ApprovedLifting.Kind, hold, world.Clock.UtcNow(), default))).ShouldBeNull();
    }

    private static string At(Hire hire, HoldId hold) => $"/api/v1/agreements/{hire.Agreement}/holds/{hold}/lift";

    private async Task<HoldId> Place(Hire hire, HoldKind kind) => (await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Custodian.Person,
        slice => slice.Handle(hire.Agreement, new(kind, "Somebody came with it", null, "O.S. 12/2026"), default))).Id;

    private async Task<ApprovalId> Ask(Hire hire, HoldId hold) => (await world.Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person,
        slice => slice.Handle(hire.Agreement, hold, new("It is over", "O.S. 13/2026"), default))).Approval!.Value;

    private Task<Outcome<RequestApproved>> Try(Player by, ApprovalId id) => world.Lab.TryApprove(by, id);

    private static async Task<string> Refused(HttpClient browser, ApprovalId id) => await (await browser.PostJson($"/api/v1/approvals/{id}/signature", null)).RefusalCode();

    private async Task Approve(HttpClient browser, Player by, ApprovalId id)
    {
        var signature = (await (await browser.PostJson($"/api/v1/approvals/{id}/signature", null)).Read<ApprovalSignatureAsked>()).Signature;
        (await browser.PostJson($"/api/v1/signatures/{signature}/code", new SignByCodeRequest(null, by.Password, world.NextCode(by.TotpSecret)))).IsSuccessStatusCode.ShouldBeTrue();
        (await (await browser.PostJson($"/api/v1/approvals/{id}/approve", new ApproveRequest(signature))).Read<RequestApproved>()).State.ShouldBe(ApprovalState.Done);
    }

    private async Task Declare(Player officer, PersonId relative)
    {
        var id = await world.Read(db => db.OfficerFacts().Where(row => row.Person == officer.Person).Select(row => row.Id).SingleAsync());
        var cif = await world.Read(db => db.PersonFacts().Where(row => row.Id == relative).Select(row => row.Cif).SingleAsync());
        await world.Lab.Do<DeclareRelative, RelativeDeclared>(officer.Person, slice => slice.Handle(id, new(cif!, Relation.Sibling), default));
    }

    private Task<List<HoldKind>> InForce(Hire hire) =>
        world.Read(db => db.HoldsInForce(world.Clock.UtcNow()).Where(hold => hold.Agreement == hire.Agreement).Select(hold => hold.Kind).ToListAsync());
}

public sealed class LiftApproval_on_sqlite(BankWorld<Sqlite> world) : LiftApprovalTests<Sqlite>(world);

public sealed class LiftApproval_on_postgres(BankWorld<Postgres> world) : LiftApprovalTests<Postgres>(world);

/// <summary>How many others it takes is the bank's to say, within the law: none for a precaution of its own, never none for another's word.</summary>
public abstract class LiftPolicyTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task As_many_others_approve_as_the_policy_says_and_one_who_turns_out_a_relative_counts_no_more()
    {
        var hire = await NewHire();
        var (court, suspicion) = (await Place(hire, HoldKind.Court), await Place(hire, HoldKind.Suspicion));
        (await Decide(("othersForHold", 0))).Refusal!.Code.ShouldBe("policies.outside-limits");
        (await Lift(hire, suspicion)).Approval.ShouldBeNull("a precaution is lifted by one");
        await Decide(("othersForHold", 2), ("othersForPrecaution", 1)).Fine();

        var again = (await Lift(hire, await Place(hire, HoldKind.Suspicion))).Approval!.Value;
        (await Lab.TryApprove(Bank.Custodian, again).Fine()).State.ShouldBe(ApprovalState.Done);
        var approval = (await Lift(hire, court)).Approval!.Value;
        (await Lab.TryApprove(Bank.Custodian, approval).Fine()).State.ShouldBe(ApprovalState.Waiting);
        var cif = await Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Cif).SingleAsync());
        var officer = await Read(db => db.OfficerFacts().Where(row => row.Person == Bank.Custodian.Person).Select(row => row.Id).SingleAsync());
        await Lab.Do<DeclareRelative, RelativeDeclared>(Bank.Custodian.Person, slice => slice.Handle(officer, new(cif!, Relation.InLaw), default));

        (await Lab.TryApprove(Bank.SecondCustodian, approval).Fine()).State.ShouldBe(ApprovalState.Waiting, "the first approval counts no more");
        (await Read(db => db.HoldsInForce(Lab.Now).Where(hold => hold.Agreement == hire.Agreement).Select(hold => hold.Kind).ToListAsync())).ShouldBe([HoldKind.Court]);
    }

    private Task<Outcome<PolicySet>> Decide(params (string Name, int Value)[] values) => Lab.As(Bank.Admin.Person, services =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<SetPolicy>(services)
            .Handle(nameof(ApprovalPolicy), new("IN", Lab.Now.DateIn("UTC"), ApprovalWorld<TEngine>.Values(values)), default));

    private async Task<HoldId> Place(Hire hire, HoldKind kind) => (await Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person,
        slice => slice.Handle(hire.Agreement, new(kind, "Somebody came with it", null, kind == HoldKind.Court ? "O.S. 12/2026" : null), default))).Id;

    private Task<HoldLifted> Lift(Hire hire, HoldId hold) => Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, hold, new("It is over", "O.S. 13/2026"), default));
}

public sealed class LiftPolicy_on_sqlite : LiftPolicyTests<Sqlite>;

public sealed class LiftPolicy_on_postgres : LiftPolicyTests<Postgres>;
