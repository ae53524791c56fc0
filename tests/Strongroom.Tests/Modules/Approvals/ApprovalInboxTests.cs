using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>What stands in whose inbox, what the head of the page counts, and what open pages hear.</summary>
public abstract class ApprovalInboxTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    private const string Stream = "/desk/approvals/stream";

    [Fact]
    public async Task A_manager_finds_the_requests_of_their_branch_behind_any_number_of_others()
    {
        // They end before it, so a list of the first two hundred would hold nothing else.
        for (var other = 0; other < 201; other++) await world.Asked(1);
        var mine = await world.AskToPost((await world.NewOfficer()).Id);

        var inbox = await Inbox(world.Bank.Manager);

        inbox.Open.ShouldContain(line => line.Id == mine);
        inbox.Open.ShouldAllBe(line => line.Branch == world.Bank.Branch);
        inbox.Open.Single(line => line.Id == mine).Yours.ShouldBeFalse("who may read it need not be who approves it");
    }

    [Fact]
    public async Task What_ended_is_told_to_who_may_read_it_and_waits_for_nobody()
    {
        var (ended, other) = (await world.AskToPost((await world.NewOfficer()).Id), await world.Asked(1));
        foreach (var id in new[] { ended, other }) await world.As<Withdraw, Done>(world.Maker, slice => slice.Handle(id, default)).Fine();

        var inbox = await Inbox(world.Bank.Manager);

        inbox.Over.ShouldContain(line => line.Id == ended);
        inbox.Over.ShouldNotContain(line => line.Id == other);
        inbox.Open.ShouldNotContain(line => line.Id == ended);
        (await Inbox(world.Maker)).Over.ShouldContain(line => line.Id == other, "one's own is always one's own to see");
    }

    [Fact]
    public async Task The_head_counts_what_the_reader_may_approve_and_nothing_else()
    {
        var own = await OwnWorld();
        await using var _ = own;
        var about = await own.Enlist("Omkar Joshi", "about", Role.Admin);
        await own.Asked(2);
        await own.Asked(1, about: about.Person);
        await own.Asked(1, by: own.Second);
        var approved = await own.Asked(2);
        await own.TryApprove(own.Second, approved).Fine();
        var withdrawn = await own.Asked(1);
        await own.As<Withdraw, Done>(own.Maker, slice => slice.Handle(withdrawn, default)).Fine();
        var changed = own.NewPayload();
        await own.AskLater(changed, 1).Fine();
        own.Rows.Change(changed.What);

        foreach (var (who, waits, why) in new[]
        {
            (own.Maker, 1, "not their own"), (own.Second, 2, "neither their own nor what they approved"), (own.Third, 4, "all of the others"),
            (about, 3, "not what is about them"), (own.Bank.Auditor, 0, "an auditor approves nothing"), (own.Bank.Manager, 0, "a manager has no kind here"),
        })
        {
            (await own.Lab.As(who.Person, services => services.GetRequiredService<ReadApprovals>().WaitingForMe(default))).ShouldBe(waits, $"{who.Name}: {why}");
            (await own.Lab.As(who.Person, services => services.GetRequiredService<ReadApprovals>().Inbox(default))).Open.Count(line => line.Yours).ShouldBe(waits, $"{who.Name}: the inbox says the same");
        }
        using var third = await own.SignIn(own.Third);
        (await third.GetStringAsync("/office/staff")).ShouldContain("data-approvals>4</span>");
        own.Clock.Advance(TimeSpan.FromDays(2));
        using var later = await own.SignIn(own.Third);
        (await later.GetStringAsync("/office/staff")).ShouldContain("data-approvals hidden></span>");
    }

    [Fact]
    public async Task The_head_of_a_page_asks_the_database_as_often_for_thirty_requests_as_for_three()
    {
        var own = await OwnWorld();
        await using var _ = own;
        var about = await own.Enlist("Omkar Joshi", "about", Role.Admin);
        await Ask(1);
        using var second = await own.SignIn(own.Second);
        var three = await Queries(3);

        await Ask(9);

        (await Queries(30)).ShouldBe(three);

        // As many requests that one of two approved, that are about somebody, and that are neither.
        async Task Ask(int times)
        {
            for (var time = 0; time < times; time++)
            {
                await own.TryApprove(own.Third, await own.Asked(2)).Fine();
                await own.Asked(1, about: about.Person);
                await own.Asked(1);
            }
        }

        async Task<int> Queries(int waiting)
        {
            await second.GetStringAsync("/office/staff");
            var before = own.Queries.Count;
            (await second.GetStringAsync("/office/staff")).ShouldContain($"data-approvals>{waiting}</span>");
            return own.Queries.Count - before;
        }
    }

    [Fact]
    public async Task An_open_inbox_hears_that_something_was_asked_and_what_became_of_it()
    {
        using var second = await world.SignIn(world.Second);
        using var line = await StreamLine.Open(second, Stream);
        (await line.Next()).ShouldBe("here");

        var id = await world.Asked(1);
        await line.Hears("changed");
        await world.As<Withdraw, Done>(world.Maker, slice => slice.Handle(id, default)).Fine();
        await line.Hears("changed");
    }

    [Fact]
    public async Task The_number_in_the_head_is_told_as_it_changes()
    {
        var own = await OwnWorld();
        await using var _ = own;
        using var second = await own.SignIn(own.Second);
        using var line = await StreamLine.Open(second, "/notices/stream");

        await line.Hears("unread", "0");
        var id = await own.Asked(1);
        await line.Hears("approvals", "1");
        await own.As<Withdraw, Done>(own.Maker, slice => slice.Handle(id, default)).Fine();
        await line.Hears("approvals", "0");
    }

    [Fact]
    public async Task Nobody_hears_of_requests_that_they_may_not_read()
    {
        using var manager = await world.SignIn(world.Bank.Manager);
        using var line = await StreamLine.Open(manager, Stream);
        (await line.Next()).ShouldBe("here");

        await world.Asked(1);
        await SignOut(manager);

        (await line.Until("over")).ShouldNotContain("changed");
        await line.Ends();
    }

    [Fact]
    public async Task Who_has_no_business_with_requests_has_no_stream()
    {
        using var hirer = await world.SignIn(await world.Bank.OpenAccess(await world.NewHire(), "no.stream"));
        using var asked = new HttpRequestMessage(HttpMethod.Get, Stream) { Headers = { { "Accept", "text/event-stream" } } };
        (await hirer.SendAsync(asked, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_inbox_and_a_request_are_live_and_stand_whole_without_the_script()
    {
        var id = await world.AskToPost((await world.NewOfficer()).Id);
        using var manager = await world.SignIn(world.Bank.Manager);

        foreach (var page in new[] { "/desk/approvals", $"/desk/approvals/{id}" })
            (await manager.GetStringAsync(page)).ShouldSatisfyAllConditions(
                text => text.ShouldContain($"data-live=\"{Stream}\""), text => text.ShouldContain("data-live-region"), text => text.ShouldContain("as custodian of MG Road"));
    }

    private static async Task<ApprovalWorld<TEngine>> OwnWorld()
    {
        var own = new ApprovalWorld<TEngine>();
        await own.InitializeAsync();
        return own;
    }

    private Task<ApprovalInbox> Inbox(Player reader) => world.Lab.As(reader.Person, services => services.GetRequiredService<ReadApprovals>().Inbox(default));

    private static async Task SignOut(HttpClient client)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await client.WhoAmI()).CsrfToken)]);
        await client.PostAsync("/sign-out", form, TestContext.Current.CancellationToken);
    }
}

public sealed class Approval_inbox_on_sqlite(ApprovalWorld<Sqlite> world) : ApprovalInboxTests<Sqlite>(world);

public sealed class Approval_inbox_on_postgres(ApprovalWorld<Postgres> world) : ApprovalInboxTests<Postgres>(world);
