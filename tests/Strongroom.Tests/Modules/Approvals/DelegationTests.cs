using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Approvals.Delegations;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Pages;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>Who is away hands approvals to a colleague: no loophole opens by it.</summary>
public abstract class DelegationTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    private static int people;

    [Fact]
    public async Task A_stand_in_approves_in_the_place_of_who_is_away_and_the_page_and_the_log_say_so()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        var handed = await HandOver(away, standIn);
        var officer = await world.NewOfficer();
        var id = await world.AskToPost(officer.Id);

        (await world.TryApprove(standIn, id)).Value!.State.ShouldBe(ApprovalState.Done);

        (await world.RolesOf(officer.Id)).ShouldBe([Role.Custodian]);
        (await world.Detail(id)).Steps.Single(step => step.Step == "Approved").ShouldSatisfyAllConditions(step => step.By.ShouldBe(standIn.Person), step => step.For.ShouldBe(away.Person));
        (await world.BodiesOf(id)).ShouldContain(body => body.Contains("in-place-of", StringComparison.Ordinal) && body.Contains(away.Person.ToString(), StringComparison.Ordinal) && body.Contains(handed.ToString(), StringComparison.Ordinal));
        using var maker = await world.SignIn(world.Maker);
        (await maker.GetStringAsync($"/desk/approvals/{id}")).ShouldContain($"{standIn.Name}, in the place of {away.Name}");
    }

    [Fact]
    public async Task Without_a_delegation_and_a_signature_under_it_a_colleague_decides_nothing()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        var id = await world.Asked(1);
        (await world.TryApprove(standIn, id)).Refusal.ShouldBeOfType<NotYours>();

        var asked = await world.As<HandOver, HandOverAsked>(away, slice => slice.Ask(Request(standIn), default)).Fine();
        (await world.TryApprove(standIn, id)).Refusal.ShouldBeOfType<NotYours>("nothing was signed");
        (await world.As<HandOver, Done>(away, slice => slice.Sign(asked.Id, default))).Refusal.ShouldBeOfType<NotSigned>();
        using var browser = await world.SignIn(standIn);
        (await browser.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/approvals/{id}")).GetProperty("mayApprove").GetBoolean().ShouldBeFalse();

        await Joining.Sign(world.Lab, asked.Signature, away);
        await world.As<HandOver, Done>(away, slice => slice.Sign(asked.Id, default)).Fine();
        (await browser.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/approvals")).GetProperty("open").EnumerateArray()
            .ShouldContain(line => line.GetProperty("id").GetString() == id.ToString() && line.GetProperty("yours").GetBoolean());
    }

    [Fact]
    public async Task Nobody_has_their_own_request_or_what_is_about_them_approved_by_their_stand_in()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        var (own, about) = (await world.Asked(1, by: away), await world.Asked(1, about: away.Person));

        (await world.TryApprove(standIn, own)).Refusal.ShouldBeOfType<StandsForTheConcerned>();
        (await world.TryApprove(standIn, about)).Refusal.ShouldBeOfType<StandsForTheConcerned>();
        (await world.As<Reject, Done>(standIn, slice => slice.Handle(own, new("No."), default))).Refusal.ShouldBeOfType<StandsForTheConcerned>();
    }

    [Fact]
    public async Task A_stand_in_decides_nothing_that_is_about_themself()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        (await world.TryApprove(standIn, await world.Asked(1, about: standIn.Person))).Refusal.ShouldBeOfType<RequestAboutYou>();
    }

    [Fact]
    public async Task Who_is_away_and_their_stand_in_count_as_one_person()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        var (one, two) = (await world.Asked(2), await world.Asked(2));

        (await world.TryApprove(standIn, one)).Value!.State.ShouldBe(ApprovalState.Waiting);
        (await world.TryApprove(away, one)).Refusal.ShouldBeOfType<CountedAsOne>();
        (await world.TryApprove(away, two)).Value!.State.ShouldBe(ApprovalState.Waiting);
        (await world.TryApprove(standIn, two)).Refusal.ShouldBeOfType<CountedAsOne>();
        (await world.Detail(one)).Line.Given.ShouldBe(1);
        (await world.TryApprove(world.Third, one)).Value!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task What_belongs_apart_stands_between_for_both_of_them()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        var officer = await world.Lab.Do<AddOfficer, OfficerAdded>(world.Maker.Person, slice => slice.Handle(new(null, new() { Name = "Uma Pai", Email = "uma@example.in" }, $"U-{++people}"), default));
        await world.As<InviteOfficer, OfficerInvited>(away, slice => slice.Handle(officer.Id, new($"uma.{people}"), default)).Fine();
        var id = await world.AskToPost(officer.Id);

        (await world.TryApprove(standIn, id)).Refusal.ShouldBeOfType<StandsForTheConcerned>("who gave half of the code is not in the office, and their stand-in speaks for them");
    }

    [Fact]
    public async Task A_stand_in_hands_nothing_on_and_asks_for_nothing()
    {
        var (away, standIn, other) = (await Admin(), await HeadOffice(), await HeadOffice());
        await HandOver(away, standIn);

        (await world.As<HandOver, HandOverAsked>(standIn, slice => slice.Ask(Request(other) with { Kinds = ["staff.post-officer"] }, default))).Refusal.ShouldBeOfType<NothingToHandOver>();
        var officer = await world.NewOfficer();
        (await world.As<PostOfficer, OfficerPosted>(standIn, slice => slice.Handle(officer.Id, new(world.Bank.Branch, Role.Custodian, world.Today, null), default))).Refusal.ShouldBeOfType<NotYours>();
    }

    [Fact]
    public async Task When_the_giver_loses_the_right_the_stand_in_has_it_no_more_and_has_not_approved()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        var (given, open) = (await world.Asked(2), await world.Asked(1));
        await world.TryApprove(standIn, given).Fine();

        await EndPosting(away);

        (await world.TryApprove(standIn, open)).Refusal.ShouldBeOfType<NotYours>();
        (await world.Detail(given)).Line.Given.ShouldBe(0);
    }

    [Fact]
    public async Task When_the_stand_in_leaves_their_approval_counts_no_more()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        var given = await world.Asked(2);
        await world.TryApprove(standIn, given).Fine();
        (await world.Detail(given)).Line.Given.ShouldBe(1);

        await EndPosting(standIn);

        (await world.Detail(given)).Line.Given.ShouldBe(0);
    }

    [Fact]
    public async Task Who_leaves_the_bank_is_no_officer_any_more_though_approvals_are_handed_over_to_them()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn);
        var before = await Now();
        before.IsOfficer().ShouldBeTrue();
        before.May(ApprovalsRights.Read).ShouldBeTrue();

        var officer = await world.Read(db => db.Set<Officer>().AsNoTracking().SingleAsync(row => row.Person == standIn.Person));
        await world.Lab.Do<OfficerLeaves, Done>(world.Maker.Person, slice => slice.Handle(officer.Id, default), officer.Version);

        var after = await Now();
        after.Grants.ShouldBeEmpty();
        after.IsOfficer().ShouldBeFalse();
        HolderFence.HolderOf(after).ShouldBe(standIn.Person);
        Landing.Of(after).ShouldBe("/profile");

        Task<Actor> Now() => world.Lab.As(standIn.Person, services => Task.FromResult(services.GetRequiredService<CurrentActor>().Now));
    }

    [Fact]
    public void The_door_of_a_delegation_makes_nobody_an_officer()
    {
        var actor = new Actor { Person = world.Third.Person, User = Guid.NewGuid(), Grants = [new("StandIn", null, new HashSet<string> { ApprovalsRights.Read }, StandIn: true)] };
        actor.IsOfficer().ShouldBeFalse();
        HolderFence.HolderOf(actor).ShouldBe(world.Third.Person);
        Landing.Of(actor).ShouldBe("/profile");
    }

    [Fact]
    public async Task What_is_over_stays_on_the_list_for_ninety_days_after_its_end_whenever_it_was_made()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        // Made in November for days in March.
        var (late, early) = (await HandOver(away, standIn, Request(standIn, first: 100, last: 104)), await HandOver(away, standIn, Request(standIn, first: 110, last: 114)));
        await world.As<EndHandOver, Done>(away, slice => slice.Handle(early, default)).Fine();
        (await Over()).ShouldBe([early]);

        await world.Lab.Pass(TimeSpan.FromDays(106));
        (await Over()).ShouldBe([late], "the other was taken back more than ninety days ago");
        await world.Lab.Pass(TimeSpan.FromDays(90));
        (await Over()).ShouldBeEmpty();

        Task<List<DelegationId>> Over() => world.Lab.As(away.Person, async services => (await services.GetRequiredService<ReadDelegations>().All(default)).Over.Where(line => line.Delegator == away.Person).Select(line => line.Id).ToList());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_it_is_ended_by_either_of_the_two_it_counts_no_more_and_both_are_told(bool byGiver)
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        var handed = await HandOver(away, standIn);
        var given = await world.Asked(2);
        await world.TryApprove(standIn, given).Fine();

        (await world.As<EndHandOver, Done>(world.Third, slice => slice.Handle(handed, default))).Refusal.ShouldBeOfType<NoSuch>("it is theirs");
        await world.As<EndHandOver, Done>(byGiver ? away : standIn, slice => slice.Handle(handed, default)).Fine();

        (await world.Detail(given)).Line.Given.ShouldBe(0);
        (await world.TryApprove(standIn, given)).Refusal.ShouldBeOfType<NotYours>();
        (await world.As<EndHandOver, Done>(away, slice => slice.Handle(handed, default))).Refusal.ShouldBeOfType<DelegationOver>();
        foreach (var person in new[] { away.Person, standIn.Person })
            (await world.Read(db => db.Set<PersonNotice>().Where(row => row.Person == person).Select(row => row.Kind).ToListAsync())).ShouldBe([NoticeKind.ApprovalsHandedOver, NoticeKind.ApprovalsTakenBack], ignoreOrder: true);
    }

    [Fact]
    public async Task It_begins_on_its_first_day_and_ends_with_its_last()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn, Request(standIn, first: 1, last: 2));
        (await world.TryApprove(standIn, await world.Asked(1))).Refusal.ShouldBeOfType<NotYours>("it begins tomorrow");

        await world.Lab.Pass(TimeSpan.FromDays(1));
        var given = await world.Asked(2);
        (await world.TryApprove(standIn, given)).Refusal.ShouldBeNull();

        await world.Lab.Pass(TimeSpan.FromDays(1));
        (await world.Detail(given)).Line.Given.ShouldBe(1, "the last day counts");
        await world.Lab.Pass(TimeSpan.FromHours(23));
        (await world.Detail(given)).Line.Given.ShouldBe(0, "and what was not done by then is approved by somebody else");
    }

    [Fact]
    public async Task Only_the_kinds_that_were_handed_over_are()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        await HandOver(away, standIn, Request(standIn) with { Kinds = ["policies.set"] });
        (await world.TryApprove(standIn, await world.Asked(1))).Refusal.ShouldBeOfType<NotYours>();
    }

    [Fact]
    public async Task Who_may_not_stand_in_is_refused_by_name_of_the_rule()
    {
        var away = await Admin();
        var concerned = await HeadOffice();
        await world.Asked(1, about: concerned.Person);

        (await Try(away, Request(world.Bank.Auditor))).ShouldBeOfType<MayNotStandIn>("who reads everything decides nothing");
        (await Try(away, Request(world.Bank.Manager))).ShouldBeOfType<MayNotStandIn>("a branch's manager does not work in the whole bank");
        (await Try(away, Request(world.Bank.CounterOfficer))).ShouldBeOfType<MayNotStandIn>();
        (await Try(away, Request(world.Bank.Manager) with { Branch = world.Bank.Branch })).ShouldBeOfType<MayNotStandIn>("nor approves roles at their own branch");
        (await Try(away, Request(away))).ShouldBeOfType<MayNotStandIn>();
        (await Try(away, Request(world.Second))).ShouldBeOfType<ApprovesAnyway>();
        (await Try(away, Request(concerned))).ShouldBeOfType<StandInIsConcerned>();
        (await Try(world.Bank.Manager, Request(concerned))).ShouldBeOfType<NothingToHandOver>("one hands over only what one has");
        (await Try(away, Request(concerned) with { Kinds = ["no.such"] })).ShouldBeOfType<NothingToHandOver>();
    }

    [Fact]
    public async Task It_is_for_days_that_come_and_no_more_of_them_than_the_policy_says()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());

        (await Try(away, Request(standIn, first: -1))).ShouldBeOfType<DelegationInThePast>();
        (await Try(away, Request(standIn, first: 3, last: 2))).ShouldBeOfType<DelegationEndsTooEarly>();
        (await Try(away, Request(standIn, last: 14))).ShouldBeOfType<DelegationTooLong>().Days.ShouldBe(14);
        (await Try(away, Request(standIn, last: 13))).ShouldBeNull();
        (await Try(away, Request(standIn) with { From = Utc.AddYears(1), LastDay = Utc.AddYears(1) })).ShouldBeNull();
        (await Try(away, Request(standIn) with { From = Utc.AddYears(1).AddDays(1), LastDay = Utc.AddYears(1).AddDays(1) })).ShouldBeOfType<DelegationTooFarAhead>();
        (await Try(away, Request(standIn) with { From = DateOnly.MaxValue, LastDay = DateOnly.MaxValue })).ShouldBeOfType<DelegationTooFarAhead>();
        (await Try(away, Request(standIn) with { Branch = new(Guid.NewGuid()) })).ShouldBeOfType<NoSuch>();
    }

    [Fact]
    public async Task What_was_true_when_it_was_asked_for_must_be_true_when_it_is_signed()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        var asked = await world.As<HandOver, HandOverAsked>(away, slice => slice.Ask(Request(standIn), default)).Fine();
        await Joining.Sign(world.Lab, asked.Signature, away);
        await EndPosting(standIn);
        (await world.As<HandOver, Done>(away, slice => slice.Sign(asked.Id, default))).Refusal.ShouldBeOfType<MayNotStandIn>();
    }

    [Fact]
    public async Task The_first_day_is_the_readers_own_today_and_not_that_of_another_branch()
    {
        // Where it is still yesterday, and first in the alphabet.
        await world.Lab.Do<OpenBranch, BranchOpened>(world.Bank.Admin.Person, slice => slice.Handle(new("HNL", "Ala Moana", "Pacific/Honolulu", "IN", LocationClass.Urban), default));
        world.Today.ShouldNotBe(world.Lab.Now.DateIn("Pacific/Honolulu"));
        using var manager = await world.SignIn(world.Bank.Manager);

        (await manager.GetStringAsync("/desk/approvals/delegations/new")).ShouldContain($"value=\"{world.Today:yyyy-MM-dd}\"");
    }

    [Fact]
    public async Task It_is_handed_over_and_ended_on_pages_and_an_auditor_finds_it_there()
    {
        var (away, standIn) = (await Admin(), await HeadOffice());
        using var browser = await world.SignIn(away);
        const string list = "/desk/approvals/delegations";
        (await browser.GetStringAsync(list)).ShouldContain("Hand over what I approve");
        var page = (await browser.PostForm($"{list}/new", "hand-over", ("Input.To", standIn.Person.ToString()), ("Input.From", $"{world.Today:yyyy-MM-dd}"), ("Input.LastDay", $"{world.Today.AddDays(4):yyyy-MM-dd}"), ("Input.Reason", "A week in Goa"))).Leads();
        var signature = (await world.Read(db => db.Set<Delegation>().Where(row => row.Delegator == away.Person).SingleAsync())).Signature;
        (await browser.PostForm(page, $"mine-code-{signature}", ("Mine.Password", away.Password), ("Mine.Code", world.NextCode(away.TotpSecret)))).Leads().ShouldBe(page);
        (await browser.PostForm(page, "hand-over")).Leads().ShouldBe(page);
        (await browser.GetStringAsync(page)).ShouldSatisfyAllConditions(html => html.ShouldContain("in force"), html => html.ShouldContain("A week in Goa"));

        using var auditor = await world.SignIn(world.Bank.Auditor);
        (await auditor.GetStringAsync(list)).ShouldSatisfyAllConditions(html => html.ShouldContain(away.Name), html => html.ShouldContain(standIn.Name), html => html.ShouldNotContain($"End it now<span class=\"unseen\">: {standIn.Name}"));
        (await auditor.GetStringAsync(page)).ShouldContain("A week in Goa");
        using var colleague = await world.SignIn(world.Second);
        (await colleague.GetStringAsync(page)).ShouldSatisfyAllConditions(html => html.ShouldContain(standIn.Name), html => html.ShouldNotContain("A week in Goa", customMessage: "why somebody is away is theirs"));
        using var other = await world.SignIn(standIn);
        (await other.GetStringAsync(page)).ShouldContain("A week in Goa");
        var id = page.Split('/')[^1];
        (await other.PostForm(list, $"end-{id}")).Leads().ShouldBe(list);
        (await browser.GetStringAsync(page)).ShouldContain("over");
        using var counter = await world.SignIn(world.Bank.CounterOfficer);
        (await counter.GetAsync($"/api/v1/approvals/delegations/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Why_somebody_is_away_is_read_by_the_two_and_by_who_may_read_the_log_there()
    {
        var bank = world.Bank;
        var handed = await HandOver(bank.Manager, bank.CounterOfficer, new(bank.CounterOfficer.Person, bank.Branch, ["agreements.lift-hold"], world.Today, world.Today.AddDays(2), "An operation"));

        foreach (var reader in new[] { bank.Manager, bank.CounterOfficer, bank.Auditor, await HeadOffice() })
            (await ReasonFor(reader, handed)).ShouldBe("An operation", reader.Name);
        (await ReasonFor(bank.Custodian, handed)).ShouldBeNull("who works with approvals there sees that somebody stands in, and not why");
        using var custodian = await world.SignIn(bank.Custodian);
        foreach (var page in new[] { $"/desk/approvals/delegations/{handed}", $"/api/v1/approvals/delegations/{handed}", "/api/v1/approvals/delegations" })
            (await custodian.GetStringAsync(page)).ShouldSatisfyAllConditions(text => text.ShouldNotContain("An operation"), text => text.ShouldContain(page.StartsWith("/desk", StringComparison.Ordinal) ? bank.Manager.Name : bank.Manager.Person.ToString()));

        var everywhere = await HandOver(await Admin(), await HeadOffice());
        (await ReasonFor(bank.Auditor, everywhere)).ShouldBe("On leave.");
        (await ReasonFor(world.Second, everywhere)).ShouldBeNull("an administrator does not read the log");
    }

    [Fact]
    public async Task What_is_signed_says_where_and_which_kinds_are_handed_over()
    {
        var (bank, away, standIn) = (world.Bank, await Admin(), await HeadOffice());
        var all = await world.As<HandOver, HandOverAsked>(away, slice => slice.Ask(Request(standIn), default)).Fine();
        var one = await world.As<HandOver, HandOverAsked>(bank.Manager, slice => slice.Ask(
            new(bank.CounterOfficer.Person, bank.Branch, ["agreements.lift-hold", "keys.replace"], world.Today, world.Today, "On leave."), default)).Fine();

        (await WordsOf(all.Signature)).ShouldSatisfyAllConditions(words => words.ShouldStartWith("Hand over everywhere, from "), words => words.ShouldContain(": all that you approve. Your"));
        (await WordsOf(one.Signature)).ShouldSatisfyAllConditions(words => words.ShouldStartWith("Hand over at MG Road, from "), words => words.ShouldContain(": Lift a hold, Replace the lock of a locker. Your"));
    }

    private async Task<string?> ReasonFor(Player reader, DelegationId id) => (await world.As<ReadDelegations, DelegationLine>(reader, read => read.One(id, default)).Fine()).Reason;

    private Task<string> WordsOf(SignatureId id) => world.In(async services =>
        (await services.GetRequiredService<StrongroomDb>().Set<Strongroom.Modules.SignIn.Signing.Signature>().SingleAsync(row => row.Id == id)).WordsBy(services.GetRequiredService<Strongroom.Data.Sealing.Seals>()));

    private Task<Player> Admin() => world.Enlist($"Asha Away {++people}", $"away-{people}", Role.Admin);

    private Task<Player> HeadOffice() => world.Enlist($"Hari Here {++people}", $"here-{people}", Role.Manager);

    private StandInRequest Request(Player to, int first = 0, int last = 4) => new(to.Person, null, [], Utc.AddDays(first), Utc.AddDays(last), "On leave.");

    // Of the whole bank: days are UTC's.
    private DateOnly Utc => world.Lab.Now.DateIn("UTC");

    private async Task<Refusal?> Try(Player by, StandInRequest request) => (await world.As<HandOver, HandOverAsked>(by, slice => slice.Ask(request, default))).Refusal;

    private async Task<DelegationId> HandOver(Player from, Player to, StandInRequest? request = null)
    {
        var asked = await world.As<HandOver, HandOverAsked>(from, slice => slice.Ask(request ?? Request(to), default)).Fine();
        await Joining.Sign(world.Lab, asked.Signature, from);
        await world.As<HandOver, Done>(from, slice => slice.Sign(asked.Id, default)).Fine();
        return asked.Id;
    }

    private async Task EndPosting(Player officer)
    {
        var posting = await world.Lab.Read(db => db.PostingFacts().Where(row => row.Person == officer.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Maker, slice => slice.Handle(posting, default)).Fine();
    }
}

public sealed class Delegations_on_sqlite(ApprovalWorld<Sqlite> world) : DelegationTests<Sqlite>(world);

public sealed class Delegations_on_postgres(ApprovalWorld<Postgres> world) : DelegationTests<Postgres>(world);
