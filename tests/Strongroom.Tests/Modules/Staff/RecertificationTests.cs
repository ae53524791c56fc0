using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Modules.Staff.Recertifying;
using Strongroom.Tests.Modules.Approvals;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Staff;

/// <summary>Everybody of this world was posted on 23 November 2026 in India: to be confirmed by 23 November 2027, and from 23 December 2027 on of no use. Midnight there is 18:30 of the day before.</summary>
public abstract class RecertificationTests<TEngine> where TEngine : IEngine
{
    private const string Noticed = "2027-10-23T18:30:00Z", Due = "2027-11-22T18:30:00Z", Lapsed = "2027-12-22T18:30:00Z";

    [Fact]
    public async Task A_role_stands_on_the_list_thirty_days_before_its_year_is_over_and_not_a_moment_earlier()
    {
        await using var world = await World();
        var custodian = await PostingOf(world, world.Bank.Custodian);

        foreach (var (at, before, after) in new (string, RecertificationState?, RecertificationState)[]
        {
            (Noticed, null, RecertificationState.Due), (Due, RecertificationState.Due, RecertificationState.Overdue), (Lapsed, RecertificationState.Overdue, RecertificationState.Lapsed),
        })
        {
            Set(world, at, -1);
            (await StateOf(world, custodian)).ShouldBe(before, at);
            Set(world, at);
            (await StateOf(world, custodian)).ShouldBe(after, at);
        }
    }

    [Fact]
    public async Task What_nobody_confirms_grants_nothing_from_midnight_on_at_its_branch_and_counts_again_when_it_is_confirmed()
    {
        await using var world = await World();
        var custodian = await PostingOf(world, world.Bank.Custodian);

        Set(world, Lapsed, -1);
        (await RolesOf(world, world.Bank.Custodian)).ShouldBe(["Custodian"]);
        (await Serving(world)).ShouldContain(world.Bank.Custodian.Person);
        Set(world, Lapsed);
        (await RolesOf(world, world.Bank.Custodian)).ShouldBeEmpty();
        (await Serving(world)).ShouldBeEmpty();

        await Decide(world, world.Second, (custodian, Recertified.Confirmed)).Fine();

        (await RolesOf(world, world.Bank.Custodian)).ShouldBe(["Custodian"]);
        (await Serving(world)).ShouldBe([world.Bank.Custodian.Person]);
        (await StateOf(world, custodian)).ShouldBeNull();
    }

    [Fact]
    public async Task What_lapsed_opens_no_emergency_and_vouches_for_none()
    {
        await using var world = await World();
        var (counter, manager) = (world.Bank.CounterOfficer, world.Bank.Manager);
        Set(world, Lapsed, -1);
        (await Break(manager)).ShouldBeNull();

        Set(world, Lapsed);
        (await Break(manager)).ShouldBeOfType<NotYours>("who grants nothing any more asks for nothing");
        (await Offered(counter)).Roles.ShouldBeEmpty();
        await Decide(world, world.Second, (await PostingOf(world, counter), Recertified.Confirmed)).Fine();
        (await Break(manager)).ShouldBeOfType<SecondMayNotSign>();
        (await Break(world.Third)).ShouldBeNull("the last administrators count all the same");
        (await Offered(counter)).Colleagues.Select(one => one.Person).ShouldBe([world.Maker.Person, world.Second.Person, world.Third.Person], ignoreOrder: true);
        await Decide(world, world.Second, (await PostingOf(world, manager), Recertified.Confirmed)).Fine();
        (await Break(manager)).ShouldBeNull();

        async Task<Refusal?> Break(Player second) =>
            (await world.As<BreakGlass, BreakGlassAsked>(counter, slice => slice.Ask(new(world.Bank.Branch, Role.Custodian, 5, second.Person, "A customer is in the vault."), default))).Refusal;

        Task<BreakGlassChoices> Offered(Player asker) => world.In(async services => await services.GetRequiredService<BreakGlass>().Choices(
            asker.Person, await services.GetRequiredService<StrongroomDb>().BranchFacts().SingleAsync(branch => branch.Id == world.Bank.Branch), world.Clock.UtcNow(), default));
    }

    [Fact]
    public async Task An_emergency_gives_nothing_any_more_when_its_holder_s_role_lapses()
    {
        await using var world = await World();
        var counter = world.Bank.CounterOfficer;
        Set(world, Lapsed, -120);
        var asked = await world.As<BreakGlass, BreakGlassAsked>(counter, slice => slice.Ask(new(world.Bank.Branch, Role.Custodian, 30, world.Bank.Manager.Person, "A customer is in the vault."), default)).Fine();
        await Joining.Sign(world.Lab, asked.Own, counter);
        await Joining.Sign(world.Lab, asked.Second, world.Bank.Manager);
        await world.As<BreakGlass, BreakGlassOpened>(counter, slice => slice.Open(asked.Id, default)).Fine();
        Set(world, Lapsed, -1);
        (await RolesOf(world, counter)).ShouldBe(["CounterOfficer", "Custodian"]);
        (await Quick()).ShouldBe([counter.Person]);

        Set(world, Lapsed);
        (await RolesOf(world, counter)).ShouldBeEmpty();
        (await Quick()).ShouldBeEmpty();

        Task<IReadOnlyList<PersonId>> Quick() => world.Read(db => db.PersonsInEmergencyWith("keys.handover", world.Bank.Branch, world.Clock.UtcNow(), default));
    }

    [Fact]
    public async Task Who_lapsed_stands_in_for_nobody()
    {
        await using var world = await World();
        var standIn = await world.Enlist("Hari Here", "hari.here", Role.Manager);
        // Of the whole bank: midnight is Greenwich's.
        Set(world, "2027-12-22T12:00:00Z");
        var today = world.Clock.UtcNow().DateIn("UTC");
        var asked = await world.As<HandOver, HandOverAsked>(world.Second, slice => slice.Ask(new(standIn.Person, null, [], today, today.AddDays(4), "On leave."), default)).Fine();
        await Joining.Sign(world.Lab, asked.Signature, world.Second);
        await world.As<HandOver, Done>(world.Second, slice => slice.Sign(asked.Id, default)).Fine();
        var request = await world.Asked(1);
        (await world.Detail(request, standIn)).MayApprove.ShouldBeTrue();

        Set(world, "2027-12-23T00:00:00Z");
        (await world.TryApprove(standIn, request)).Refusal.ShouldNotBeNull();
        (await RolesOf(world, world.Second)).ShouldBe(["Admin"], "who is stood in for is one of the last administrators");

        await Decide(world, world.Third, (await PostingOf(world, standIn), Recertified.Confirmed)).Fine();
        (await world.TryApprove(standIn, request)).Value!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task A_branch_s_own_days_of_notice_count_for_its_roles_and_for_no_other_s()
    {
        await using var world = await World();
        Set(world, "2027-09-01T06:00:00Z");
        var set = await world.As<SetBranchPolicy, PolicySet>(world.Maker, slice =>
            slice.Handle(world.Bank.Branch, nameof(StaffPolicy), new(world.Today, ApprovalWorld<TEngine>.Values(("recertifyNoticeDays", 60))), default)).Fine();
        await world.TryApprove(world.Second, set.Approval!.Value).Fine();
        var (custodian, auditor) = (await PostingOf(world, world.Bank.Custodian), await PostingOf(world, world.Bank.Auditor));

        // Sixty days before 23 November, not thirty.
        const string noticed = "2027-09-23T18:30:00Z";
        Set(world, noticed, -1);
        (await StateOf(world, custodian)).ShouldBeNull();
        await Decide(world, world.Second, (custodian, Recertified.Confirmed)).RefusedWith(409, "staff.recertify-not-due");
        Set(world, noticed);
        (await StateOf(world, custodian)).ShouldBe(RecertificationState.Due);
        (await StateOf(world, auditor)).ShouldBeNull("the whole bank's are the bank's");
        await Decide(world, world.Second, (auditor, Recertified.Confirmed)).RefusedWith(409, "staff.recertify-not-due");
        await Decide(world, world.Second, (custodian, Recertified.Confirmed)).Fine();
    }

    [Fact]
    public async Task A_role_is_confirmed_for_a_year_from_the_day_of_the_look_and_not_before_its_time()
    {
        await using var world = await World();
        var custodian = await PostingOf(world, world.Bank.Custodian);

        Set(world, Noticed, -1);
        await Decide(world, world.Second, (custodian, Recertified.Confirmed)).RefusedWith(409, "staff.recertify-not-due");
        Set(world, Noticed);
        await Decide(world, world.Second, (custodian, Recertified.Confirmed)).Fine();

        var facts = await world.Read(db => db.PostingFacts().SingleAsync(row => row.Id == custodian));
        (facts.RecertifyBy, facts.LapsesOn).ShouldBe((new DateOnly(2028, 10, 23), new DateOnly(2028, 11, 22)), "2028 has a leap day");
        var line = (await Register(world)).ShouldHaveSingleItem();
        (line.Name, line.By, line.Decision, line.WasDue, line.NextDue).ShouldBe((world.Bank.Custodian.Name, world.Second.Name, Recertified.Confirmed, new DateOnly(2027, 11, 23), facts.RecertifyBy));
        (await Kinds(world, custodian)).ShouldContain("staff.posting-confirmed");
    }

    [Fact]
    public async Task Nobody_confirms_or_ends_their_own_role()
    {
        await using var world = await World();
        Set(world, Due);
        var own = await PostingOf(world, world.Second);

        foreach (var decision in Enum.GetValues<Recertified>()) await Decide(world, world.Second, (own, decision)).RefusedWith(403, "staff.recertify-own");
        await Decide(world, world.Bank.Manager, (own, Recertified.Confirmed)).RefusedWith(403, "not-allowed");
        await Decide(world, world.Third, (own, Recertified.Confirmed)).Fine();
    }

    [Fact]
    public async Task Who_gave_a_role_does_not_confirm_it_while_a_colleague_is_there()
    {
        await using var world = await World();
        var officer = await world.NewOfficer();
        await world.TryApprove(world.Second, await world.AskToPost(officer.Id, Role.Security)).Fine();
        var posting = await world.Read(db => db.PostingFacts().Where(row => row.Officer == officer.Id).Select(row => row.Id).SingleAsync());
        Set(world, Due);

        await Decide(world, world.Second, (posting, Recertified.Confirmed)).RefusedWith(403, "staff.recertify-given-by-you");
        Set(world, Lapsed, 24 * 60 * 60);
        await Decide(world, world.Second, (posting, Recertified.Confirmed)).RefusedWith(403, "staff.recertify-given-by-you");
        foreach (var colleague in new[] { world.Maker, world.Third })
        {
            var id = await world.Read(db => db.OfficerFacts().Where(row => row.Person == colleague.Person).Select(row => row.Id).SingleAsync());
            await world.As<CloseSignIn, Done>(world.Second, slice => slice.Close(id, default)).Fine();
        }
        await Decide(world, world.Second, (posting, Recertified.Confirmed)).Fine();
    }

    [Fact]
    public async Task The_bank_keeps_administrators_who_can_sign_in_though_nobody_confirmed_them()
    {
        await using var world = await World();
        Set(world, Lapsed, 24 * 60 * 60);
        foreach (var one in new[] { world.Maker, world.Second, world.Third }) (await RolesOf(world, one)).ShouldBe(["Admin"], "nobody else stands");
        (await Open(world, world.Second)).Where(line => line.Role == Role.Admin).ShouldAllBe(line => line.State == RecertificationState.Lapsed && line.OnlyWarned);

        await Decide(world, world.Maker, (await PostingOf(world, world.Second), Recertified.Confirmed)).Fine();
        (await RolesOf(world, world.Maker)).ShouldBe(["Admin"], "one other stands, which is not enough to approve anything");
        await Decide(world, world.Maker, (await PostingOf(world, world.Third), Recertified.Confirmed)).Fine();

        (await RolesOf(world, world.Maker)).ShouldBeEmpty("two others stand");
        (await Open(world, world.Second)).Single(line => line.Role == Role.Admin).ShouldSatisfyAllConditions(line => line.Person.ShouldBe(world.Maker.Person), line => line.OnlyWarned.ShouldBeFalse());
        var third = await world.Read(db => db.OfficerFacts().Where(row => row.Person == world.Third.Person).Select(row => row.Id).SingleAsync());
        await world.As<CloseSignIn, Done>(world.Second, slice => slice.Close(third, default)).Fine();
        (await RolesOf(world, world.Maker)).ShouldBe(["Admin"], "who cannot sign in does not count");
    }

    [Fact]
    public async Task A_branch_is_looked_through_whole_or_not_at_all()
    {
        await using var world = await World();
        Set(world, Due);
        var (custodian, counter, gone) = (await PostingOf(world, world.Bank.Custodian), await PostingOf(world, world.Bank.CounterOfficer), await PostingOf(world, world.Bank.SecondCustodian));
        await world.As<EndPosting, Done>(world.Maker, slice => slice.Handle(gone, default)).Fine();

        await Decide(world, world.Second, (custodian, Recertified.Confirmed), (gone, Recertified.Confirmed)).RefusedWith(404, "not-found");
        await Decide(world, world.Second, (custodian, Recertified.Confirmed), (custodian, Recertified.Ended)).RefusedWith(422, "staff.recertify-twice");
        (await Register(world)).ShouldBeEmpty();

        var done = await Decide(world, world.Second, (custodian, Recertified.Confirmed), (counter, Recertified.Ended)).Fine();
        done.ShouldBe(new PostingsRecertified(1, 1));
        (await RolesOf(world, world.Bank.CounterOfficer)).ShouldBeEmpty();
        (await Kinds(world, counter)).ShouldContain("staff.posting-ended");
        (await Register(world)).Select(line => (line.Name, line.Decision)).ShouldBe([(world.Bank.Custodian.Name, Recertified.Confirmed), (world.Bank.CounterOfficer.Name, Recertified.Ended)], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_two_who_confirm_at_once_one_does()
    {
        await using var world = await World();
        Set(world, Due);
        var custodian = await PostingOf(world, world.Bank.Custodian);

        var both = await Task.WhenAll(Decide(world, world.Second, (custodian, Recertified.Confirmed)), Decide(world, world.Third, (custodian, Recertified.Confirmed)));

        both.Count(one => one.Refusal is null).ShouldBe(1);
        both.Single(one => one.Refusal is not null).Refusal!.Code.ShouldBeOneOf("staff.recertify-not-due", "changed-meanwhile");
        (await Register(world)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Administrators_are_reminded_once_a_week_and_each_lapse_is_written_down_once()
    {
        await using var world = await World();
        await world.Lab.Do<AddChannel, ChannelAdded>(world.Bank.Manager.Person, slice => slice.Handle(world.Second.Person, new(ChannelKind.Email, "second@bank.example"), default));
        var custodian = await PostingOf(world, world.Bank.Custodian);
        Set(world, Noticed, -1);
        await Night(world);
        (await Mails(world)).ShouldBe(0);

        Set(world, Noticed, 24 * 60 * 60);
        await Night(world);
        for (var night = 0; night < 6; night++) await NextNight(world);
        (await Mails(world)).ShouldBe(1);
        await NextNight(world);
        (await Mails(world)).ShouldBe(2, "a week later");
        (await Kinds(world, custodian)).ShouldNotContain("staff.posting-lapsed");

        Set(world, Lapsed, 24 * 60 * 60);
        for (var night = 0; night < 2; night++) await NextNight(world);
        (await Kinds(world, custodian)).Count(kind => kind == "staff.posting-lapsed").ShouldBe(1);
        (await Kinds(world, await PostingOf(world, world.Second))).ShouldNotContain("staff.posting-lapsed", "one of the last administrators");
    }

    [Fact]
    public async Task The_page_confirms_and_ends_branch_by_branch_and_an_auditor_has_the_register()
    {
        await using var world = await World();
        Set(world, Due);
        var (custodian, counter) = (await PostingOf(world, world.Bank.Custodian), await PostingOf(world, world.Bank.CounterOfficer));
        using var second = await world.SignIn(world.Second);
        (await second.GetStringAsync("/office/work")).ShouldContain("roles to be confirmed");
        (await second.GetStringAsync("/office/recertification")).ShouldSatisfyAllConditions(
            page => page.ShouldContain("Save for MG Road"), page => page.ShouldContain($"Input.Chosen[{custodian}]"), page => page.ShouldContain("keys.handover"), page => page.ShouldContain("Nobody confirms their own role."));
        var form = $"branch-{world.Bank.Branch}";
        (await (await second.PostForm("/office/recertification", form)).Content.ReadAsStringAsync()).ShouldContain("Nothing was chosen");

        (await second.PostForm("/office/recertification", form, ($"Input.Chosen[{custodian}]", "Confirmed"), ($"Input.Chosen[{counter}]", "Ended"))).Leads().ShouldBe("/office/recertification");

        (await second.GetStringAsync("/office/recertification")).ShouldNotContain($"Input.Chosen[{custodian}]");
        using var auditor = await world.SignIn(world.Bank.Auditor);
        var sheet = await auditor.GetStringAsync("/office/recertification/csv");
        sheet.Split('\n').ShouldContain(line => line.StartsWith(world.Bank.Custodian.Name, StringComparison.Ordinal) && line.Contains(",confirmed,", StringComparison.Ordinal) && line.Contains("2027-11-23", StringComparison.Ordinal));
        (await auditor.GetStringAsync("/office/recertification")).ShouldNotContain("Save for MG Road");
        using var manager = await world.SignIn(world.Bank.Manager);
        (await manager.GetStringAsync("/office/recertification")).ShouldSatisfyAllConditions(page => page.ShouldContain("An administrator confirms it."), page => page.ShouldNotContain("The whole bank"));
    }

    [Fact]
    public async Task The_API_lists_and_decides()
    {
        await using var world = await World();
        Set(world, Due);
        var custodian = await PostingOf(world, world.Bank.Custodian);
        using var second = await world.SignIn(world.Second);
        var open = await second.GetFromJsonAsync<JsonElement>("/api/v1/recertifications");
        open.EnumerateArray().ShouldContain(line => line.GetProperty("posting").GetString() == custodian.ToString() && line.GetProperty("state").GetString() == "Overdue");

        var done = await (await second.PostJson("/api/v1/recertifications", new RecertifyRequest([new(custodian, Recertified.Confirmed)]))).Read<PostingsRecertified>();

        done.ShouldBe(new PostingsRecertified(1, 0));
        (await second.PostJson("/api/v1/recertifications", new RecertifyRequest([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var manager = await world.SignIn(world.Bank.Manager);
        (await manager.PostJson("/api/v1/recertifications", new RecertifyRequest([new(custodian, Recertified.Confirmed)]))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.GetFromJsonAsync<JsonElement>("/api/v1/recertifications?all=true")).EnumerateArray().ShouldAllBe(line => line.GetProperty("branchName").GetString() == "MG Road");
    }

    private static async Task<ApprovalWorld<TEngine>> World()
    {
        var world = new ApprovalWorld<TEngine>();
        await world.InitializeAsync();
        return world;
    }

    private static void Set(ApprovalWorld<TEngine> world, string instant, int seconds = 0) =>
        world.Clock.SetUtcNow(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).AddSeconds(seconds));

    private static Task<Outcome<PostingsRecertified>> Decide(ApprovalWorld<TEngine> world, Player by, params (PostingId Posting, Recertified Decision)[] decisions) =>
        world.As<Recertify, PostingsRecertified>(by, slice => slice.Handle(new([.. decisions.Select(one => new PostingDecided(one.Posting, one.Decision))]), default));

    private static Task<PostingId> PostingOf(ApprovalWorld<TEngine> world, Player player) => world.Read(db => db.PostingFacts().Where(row => row.Person == player.Person).Select(row => row.Id).SingleAsync());

    private static Task<IReadOnlyList<PostingToRecertify>> Open(ApprovalWorld<TEngine> world, Player reader) =>
        world.Lab.As(reader.Person, services => services.GetRequiredService<ReadRecertifications>().Open(all: false, default));

    private static async Task<RecertificationState?> StateOf(ApprovalWorld<TEngine> world, PostingId posting) => (await Open(world, world.Second)).SingleOrDefault(line => line.Posting == posting)?.State;

    private static Task<IReadOnlyList<RecertificationLine>> Register(ApprovalWorld<TEngine> world) =>
        world.Lab.As(world.Bank.Auditor.Person, services => services.GetRequiredService<ReadRecertifications>().Register(100, default));

    private static Task<List<string>> RolesOf(ApprovalWorld<TEngine> world, Player player) => world.In(async services =>
        (await services.GetServices<IRoleSource>().OfType<StaffRoles>().Single().GrantsOf(player.Person, world.Clock.UtcNow(), default)).Select(grant => grant.Role).ToList());

    private static Task<List<PersonId>> Serving(ApprovalWorld<TEngine> world) => world.Read(db => db.PersonsWith("access.serve", world.Bank.Branch, world.Today).ToListAsync());

    private static async Task<List<string>> Kinds(ApprovalWorld<TEngine> world, PostingId posting) =>
        [.. (await world.Read(db => db.TimelineOf(Subject.Of(posting), null, 100, default))).Select(happened => happened.Kind)];

    private static Task<int> Mails(ApprovalWorld<TEngine> world) => world.Read(db => db.Set<Message>().CountAsync(row => row.Purpose == "recertification" && row.To == world.Second.Person));

    private static Task<bool> Night(ApprovalWorld<TEngine> world) => world.In(async services =>
    {
        await services.GetRequiredService<RemindOfRecertification>().Run(world.Clock.UtcNow(), default);
        return true;
    });

    private static Task<bool> NextNight(ApprovalWorld<TEngine> world)
    {
        world.Clock.Advance(TimeSpan.FromDays(1));
        return Night(world);
    }
}

public sealed class Recertification_on_sqlite : RecertificationTests<Sqlite>;

public sealed class Recertification_on_postgres : RecertificationTests<Postgres>;
