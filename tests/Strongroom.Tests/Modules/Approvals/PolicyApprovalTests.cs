using System.Text.Json;
using Strongroom.Modules.Access;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>Policies, the policy of approvals itself among them, are decided by more than one.</summary>
public abstract class PolicyApprovalTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    private const string Kind = nameof(AccessPolicy);

    [Fact]
    public async Task A_branchs_policy_counts_when_a_second_administrator_has_approved_it()
    {
        var id = await AskFor("photographYears", 3);
        (await InForce()).Values.PhotographYears.ShouldBe(5);
        (await world.Detail(id)).Words.ShouldContain(new ApprovalLine("A photograph counts as old after", "5 years → 3 years"));

        await world.TryApprove(world.Second, id).Fine();

        (await InForce()).ShouldSatisfyAllConditions(now => now.Values.PhotographYears.ShouldBe(3), now => now.Stamp.ShouldStartWith("AccessPolicy 1 of the branch"));
        var later = await AskFor("photographYears", 4);
        var other = await AskFor("photographYears", 2);
        await world.TryApprove(world.Third, later).Fine();
        (await world.TryApprove(world.Third, other)).Refusal.ShouldBeOfType<BoundRowChanged>("another version was decided meanwhile");
    }

    [Fact]
    public async Task What_the_law_forbids_is_refused_before_anybody_is_asked() =>
        (await world.As<SetPolicy, PolicySet>(world.Maker, slice => slice.Handle(nameof(ApprovalPolicy), new("IN", Today, ApprovalWorld<TEngine>.Values(("othersForRole", 0))), default)))
            .Refusal!.Code.ShouldBe("policies.outside-limits", "no bank can decide that nobody else is needed");

    [Fact]
    public async Task The_number_of_those_who_must_approve_is_a_policy_and_so_decided_by_two()
    {
        var own = new ApprovalWorld<TEngine>();
        await own.InitializeAsync();
        await using var _ = own;
        var set = await own.As<SetPolicy, PolicySet>(own.Maker, slice => slice.Handle(nameof(ApprovalPolicy), new("IN", own.Lab.Now.DateIn("UTC"), ApprovalWorld<TEngine>.Values(("othersForRole", 2))), default)).Fine();
        await own.TryApprove(own.Second, set.Approval!.Value).Fine();

        var officer = await own.NewOfficer();
        var id = await own.AskToPost(officer.Id);

        (await own.TryApprove(own.Second, id)).Value!.State.ShouldBe(ApprovalState.Waiting);
        (await own.RolesOf(officer.Id)).ShouldBeEmpty();
        (await own.TryApprove(own.Third, id)).Value!.State.ShouldBe(ApprovalState.Done);
        (await own.RolesOf(officer.Id)).ShouldNotBeEmpty();
    }

    private DateOnly Today => world.Lab.Now.DateIn("UTC");

    private async Task<ApprovalId> AskFor(string setting, int value) => (await world.As<SetBranchPolicy, PolicySet>(world.Maker, slice =>
        slice.Handle(world.Bank.Branch, Kind, new(world.Today, ApprovalWorld<TEngine>.Values((setting, value))), default)).Fine()).Approval!.Value;

    private Task<InForce<AccessPolicy>> InForce() => world.Lab.As(null, services =>
        ((PolicyBook)services.GetService(typeof(PolicyBook))!).At<AccessPolicy>("IN", world.Bank.Branch, world.Today, default));
}

public sealed class Policy_approval_on_sqlite(ApprovalWorld<Sqlite> world) : PolicyApprovalTests<Sqlite>(world);

public sealed class Policy_approval_on_postgres(ApprovalWorld<Postgres> world) : PolicyApprovalTests<Postgres>(world);
