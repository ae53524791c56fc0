using Microsoft.Extensions.DependencyInjection;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>How a request ends: rejected, withdrawn, not decided in time, used.</summary>
public abstract class ApprovalEndTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task What_is_rejected_says_why_and_is_over()
    {
        var id = await world.Asked(1);

        await world.As<Reject, Done>(world.Second, slice => slice.Handle(id, new("The amount is Farida's, not ours."), default)).Fine();

        (await world.Detail(id)).Steps[^1].ShouldSatisfyAllConditions(
            step => step.Step.ShouldBe("Rejected"), step => step.By.ShouldBe(world.Second.Person), step => step.Reason.ShouldBe("The amount is Farida's, not ours."));
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.As<Withdraw, Done>(world.Maker, slice => slice.Handle(id, default))).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.BodiesOf(id)).ShouldNotContain(body => body.Contains("Farida", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_maker_withdraws_what_is_not_done_yet()
    {
        var payload = world.NewPayload();
        var id = await world.AskLater(payload, 1).Fine();
        await world.TryApprove(world.Second, id).Fine();

        await world.As<Withdraw, Done>(world.Maker, slice => slice.Handle(id, default)).Fine();

        (await world.UseLater(world.Maker, id, payload)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.StateOf(id)).ShouldBe(ApprovalState.Withdrawn);
    }

    [Fact]
    public async Task A_request_that_nobody_decides_in_time_has_expired_and_the_log_says_so_once()
    {
        var payload = world.NewPayload();
        var (late, approved) = (await world.Asked(1), await world.AskLater(payload, 1).Fine());
        await world.TryApprove(world.Second, approved).Fine();
        await world.Lab.Pass(TimeSpan.FromDays(2));

        (await world.StateOf(late)).ShouldBe(ApprovalState.Expired, "by the clock, before any job has run");
        (await world.TryApprove(world.Second, late)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.UseLater(world.Maker, approved, payload)).Refusal.ShouldBeOfType<ApprovalOver>("an approval is no stock to lay in");

        for (var run = 0; run < 2; run++) await world.Lab.As(null, async services =>
        {
            await services.GetRequiredService<ExpireApprovals>().Run(world.Lab.Now, default);
            return 0;
        });
        (await world.KindsOf(late)).ShouldBe(["approvals.made", "approvals.expired"], ignoreOrder: true);
        (await world.Detail(late)).Steps[^1].ShouldSatisfyAllConditions(step => step.Step.ShouldBe("Expired"), step => step.By.ShouldBeNull());
    }

    [Fact]
    public async Task What_is_approved_for_later_is_used_once_by_its_maker_for_exactly_that()
    {
        var payload = world.NewPayload();
        var id = await world.AskLater(payload, 1).Fine();
        (await world.UseLater(world.Maker, id, payload)).Refusal.ShouldBeOfType<NotApproved>();
        await world.TryApprove(world.Second, id).Fine();

        (await world.UseLater(world.Maker, id, payload with { Amount = 9 })).Refusal.ShouldBeOfType<SignedSomethingElse>();
        (await world.UseLater(world.Second, id, payload)).Refusal.ShouldBeOfType<NotTheMaker>();
        var used = await world.UseLater(world.Maker, id, payload).Fine();

        used.Approvers.ShouldBe([world.Second.Person]);
        (await world.UseLater(world.Maker, id, payload)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.StateOf(id)).ShouldBe(ApprovalState.Done);
    }
}

public sealed class Ends_of_approvals_on_sqlite(ApprovalWorld<Sqlite> world) : ApprovalEndTests<Sqlite>(world);

public sealed class Ends_of_approvals_on_postgres(ApprovalWorld<Postgres> world) : ApprovalEndTests<Postgres>(world);
