using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Staff;

public sealed record VaultPayload(string What);

/// <summary>An act of no module that whoever keeps the branch's keys approves: a right that emergency access gives.</summary>
internal sealed class VaultAct : IApprovedAct<VaultPayload>
{
    public static ApprovalKind Kind { get; } = new("test.vault", "Something with the vault", "keys.read", "keys.read", "keys.handover", []);

    public Task<IReadOnlyList<BoundRow>> Bound(VaultPayload payload, CancellationToken cancel) => Task.FromResult<IReadOnlyList<BoundRow>>([]);
}

/// <summary>The small bank with a second administrator, and a kind of request that a custodian approves.</summary>
public sealed class EmergencyWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private int officers;

    public Player Second { get; private set; } = null!;

    public Between Between { get; } = new();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddApproved<VaultAct, VaultPayload>().AddSingleton<IInterceptor>(Between);

    protected override async Task Prepare()
    {
        await base.Prepare();
        Second = await Bank.Enlist("Nandini Rao", "admin2", "HO-2", Role.Admin, null);
        foreach (var (officer, mail) in new[] { (Bank.Manager, "meera@bank.example"), (Bank.Admin, "kavita@bank.example"), (Bank.Auditor, "joseph@bank.example"), (Bank.Custodian, "ravi@bank.example") })
            await Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(officer.Person, new(ChannelKind.Email, mail), default));
    }

    /// <summary>An officer of the branch whom no other test knows.</summary>
    public Task<Player> Officer(Role role = Role.CounterOfficer, string? branch = "MGR") => Bank.Enlist($"Officer {++officers}", $"officer{officers}", $"T-{officers}", role, branch);

    internal Task<Outcome<T>> As<THandler, T>(Player player, Func<THandler, Task<Outcome<T>>> act) where THandler : notnull => Lab.As(player.Person, services => act(services.GetRequiredService<THandler>()));

    internal BreakGlassRequest Request(Player second, Role role = Role.Custodian, int minutes = 5) => new(Bank.Branch, role, minutes, second.Person, "A customer is in the vault and the custodian is ill.");

    internal async Task<Refusal?> Try(Player by, BreakGlassRequest request) => (await As<BreakGlass, BreakGlassAsked>(by, slice => slice.Ask(request, default))).Refusal;

    internal Task<Outcome<BreakGlassOpened>> Open(Player by, EmergencyId id) => As<BreakGlass, BreakGlassOpened>(by, slice => slice.Open(id, default));

    /// <summary>Asked, signed twice, opened.</summary>
    internal async Task<EmergencyId> Break(Player by, BreakGlassRequest request, Player second)
    {
        var asked = await As<BreakGlass, BreakGlassAsked>(by, slice => slice.Ask(request, default)).Fine();
        await Joining.Sign(Lab, asked.Own, by);
        await Joining.Sign(Lab, asked.Second, second);
        return (await Open(by, asked.Id).Fine()).Id;
    }

    internal Task<bool> May(Player player, string right) => Lab.As(player.Person, services => Task.FromResult(services.GetRequiredService<CurrentActor>().Now.MayAt(right, Bank.Branch)));
}

/// <summary>Emergency access: for minutes, by two signatures, known to all, reviewed, and no way around any rule.</summary>
public abstract class BreakGlassTests<TEngine>(EmergencyWorld<TEngine> world) : IClassFixture<EmergencyWorld<TEngine>> where TEngine : IEngine
{
    private const string Serve = "access.serve";

    [Fact]
    public async Task It_gives_a_role_for_its_minutes_and_a_session_has_it_at_the_next_request_and_loses_it_so()
    {
        var officer = await world.Officer();
        using var browser = await world.SignIn(officer);
        (await Rights(browser)).ShouldNotContain(Serve);

        await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);

        (await Rights(browser)).ShouldContain(Serve);
        (await Rights(browser)).ShouldContain("customers.write", "what one is posted for stays");
        await world.Lab.Pass(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await Rights(browser)).ShouldContain(Serve);
        await world.Lab.Pass(TimeSpan.FromSeconds(1));
        (await Rights(browser)).ShouldNotContain(Serve, "at the instant at which it ends it has ended");
    }

    [Fact]
    public async Task Neither_signature_alone_opens_it_and_nobody_signs_for_another()
    {
        var officer = await world.Officer();
        var asked = await world.As<BreakGlass, BreakGlassAsked>(officer, slice => slice.Ask(world.Request(world.Bank.Manager), default)).Fine();
        (await world.Open(officer, asked.Id)).Refusal.ShouldBeOfType<NotSigned>();
        await Joining.Sign(world.Lab, asked.Own, officer);
        (await world.Open(officer, asked.Id)).Refusal.ShouldBeOfType<NotSigned>();
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Second, world.Bank.SecondCustodian));
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Second, officer));
        (await world.May(officer, Serve)).ShouldBeFalse();

        await Joining.Sign(world.Lab, asked.Second, world.Bank.Manager);
        (await world.Open(world.Bank.Manager, asked.Id)).Refusal.ShouldBeOfType<NoSuch>("only who asked opens it");
        (await world.Open(officer, asked.Id)).Refusal.ShouldBeNull();
        (await world.Open(officer, asked.Id)).Refusal.ShouldBeOfType<SignatureUsed>();
    }

    [Fact]
    public async Task Five_minutes_after_it_was_asked_for_it_is_asked_for_anew()
    {
        var officer = await world.Officer();
        var asked = await world.As<BreakGlass, BreakGlassAsked>(officer, slice => slice.Ask(world.Request(world.Bank.Manager), default)).Fine();
        await Joining.Sign(world.Lab, asked.Own, officer);
        await Joining.Sign(world.Lab, asked.Second, world.Bank.Manager);
        await world.Lab.Pass(TimeSpan.FromMinutes(5));
        (await world.Open(officer, asked.Id)).Refusal.ShouldBeOfType<SignatureExpired>();
        (await world.May(officer, Serve)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_moment_it_opens_everybody_is_told_and_the_log_has_it_as_an_alarm()
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);

        foreach (var person in new[] { officer, world.Bank.Manager, world.Bank.Custodian, world.Bank.CounterOfficer, world.Bank.Admin, world.Bank.Auditor })
            (await world.Read(db => db.Set<PersonNotice>().CountAsync(row => row.Person == person.Person && row.Kind == NoticeKind.EmergencyOpened && row.Reference == id.Value))).ShouldBe(1, person.Name);
        var mailed = await world.Read(db => db.Set<Message>().Where(row => row.Purpose == TellOfEmergency.Purpose && row.Reference == id.Value).Select(row => row.To).ToListAsync());
        mailed.ShouldBe([world.Bank.Manager.Person, world.Bank.Admin.Person, world.Bank.Auditor.Person], ignoreOrder: true);
        var body = Encoding.UTF8.GetString((await Events(id, StaffAudit.EmergencyOpened.Name)).Single());
        body.ShouldSatisfyAllConditions(text => text.ShouldContain("\"severity\":\"high\""), text => text.ShouldContain(world.Bank.Branch.ToString()), text => text.ShouldNotContain("ill"));
    }

    [Fact]
    public async Task Every_page_of_the_bank_s_people_there_shows_it_and_its_holder_ends_it_by_a_button()
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
        using var holder = await world.SignIn(officer);
        using var manager = await world.SignIn(world.Bank.Manager);
        using var auditor = await world.SignIn(world.Bank.Auditor);

        (await holder.GetStringAsync("/desk/notices")).ShouldSatisfyAllConditions(
            page => page.ShouldContain("Emergency access at MG Road"), page => page.ShouldContain(" left. All that you do is reviewed."), page => page.ShouldContain("End my emergency access"), page => page.ShouldContain("data-live-region=\"emergency\""));
        (await manager.GetStringAsync("/desk/work")).ShouldSatisfyAllConditions(page => page.ShouldContain($"{officer.Name} is custodian until"), page => page.ShouldContain("See what was done"));
        (await auditor.GetStringAsync("/audit")).ShouldContain($"{officer.Name} is custodian until");
        (await auditor.GetStringAsync("/office/break-glass")).ShouldContain("open now");

        (await holder.PostForm("/desk/notices", $"end-emergency-{id}")).Leads().ShouldBe($"/desk/break-glass/{id}");
        (await world.May(officer, Serve)).ShouldBeFalse();
        (await manager.GetStringAsync("/desk/notices")).ShouldNotContain($"{officer.Name} is custodian until");
    }

    [Theory]
    [InlineData("holder")]
    [InlineData("second")]
    [InlineData("administrator")]
    public async Task It_is_ended_early_by_its_holder_by_who_signed_for_it_or_by_an_administrator(string by)
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);

        (await End(world.Bank.Custodian, id)).ShouldBeOfType<NotYours>();
        (await End(world.Bank.Auditor, id)).ShouldBeOfType<NotYours>();
        (await End(by switch { "holder" => officer, "second" => world.Bank.Manager, _ => world.Bank.Admin }, id)).ShouldBeNull();

        (await world.May(officer, Serve)).ShouldBeFalse();
        (await End(officer, id)).ShouldBeOfType<EmergencyOver>();
        Encoding.UTF8.GetString((await Events(id, StaffAudit.EmergencyEnded.Name)).Single()).ShouldContain($"\"by\":\"{by}\"");
    }

    [Fact]
    public async Task What_the_clock_ended_is_written_down_once()
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
        await Job();
        (await Events(id, StaffAudit.EmergencyEnded.Name)).ShouldBeEmpty();
        await world.Lab.Pass(TimeSpan.FromMinutes(5));
        await Job();
        await Job();
        Encoding.UTF8.GetString((await Events(id, StaffAudit.EmergencyEnded.Name)).Single()).ShouldContain("\"by\":\"clock\"");

        Task<int> Job() => world.In(async services =>
        {
            await services.GetRequiredService<EndEmergencies>().Run(world.Lab.Now, default);
            return 0;
        });
    }

    [Fact]
    public async Task Nobody_becomes_a_checker_by_it_and_nobody_vouches_by_it()
    {
        var officer = await world.Officer();
        var request = await world.Lab.As(world.Bank.SecondCustodian.Person, services => services.GetRequiredService<Write>().Do<ApprovalId>("test.ask", officer.UserName, async act =>
            await services.GetRequiredService<ApprovalBook>().Ask<VaultAct, VaultPayload>(act, new(new("thing"), new("Do it", []), world.Bank.Branch, [], 1, TimeSpan.FromDays(1)), default), default)).Fine();
        var question = await world.Lab.As(world.Bank.SecondCustodian.Person, services => services.GetRequiredService<Write>().Do<SignatureId>("test.sign", officer.UserName, act =>
            Task.FromResult<Outcome<SignatureId>>(Signatures.Ask(services.GetRequiredService<StrongroomDb>(), act, new("test.sign", new { officer.UserName }, "Stand by", world.Bank.Branch, null, "keys.handover", [world.Bank.SecondCustodian.Person]))), default)).Fine();

        await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);

        (await world.May(officer, "keys.handover")).ShouldBeTrue();
        (await world.As<Approve, ApprovalSignatureAsked>(officer, slice => slice.Ask(request, default))).Refusal.ShouldBeOfType<NoSuch>();
        (await world.As<Reject, Done>(officer, slice => slice.Handle(request, new("No."), default))).Refusal.ShouldBeOfType<NoSuch>();
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, question, officer));
        (await world.As<Approve, ApprovalSignatureAsked>(world.Bank.Custodian, slice => slice.Ask(request, default))).Refusal.ShouldBeNull("a posted custodian may");
    }

    [Fact]
    public async Task An_emergency_manager_lifts_nothing_reads_no_officers_and_gives_no_role()
    {
        var officer = await world.Officer();
        await world.Break(officer, world.Request(world.Bank.Manager, Role.Manager), world.Bank.Manager);
        (await world.May(officer, "agreements.hold")).ShouldBeTrue();
        foreach (var right in new[] { "agreements.lift", "keys.replace", "audit.let-files-out", "staff.read", "staff.write", "policies.set", "exchange.merge", "branches.out-of-hours", "staff.review" })
            (await world.May(officer, right)).ShouldBeFalse(right);
    }

    [Fact]
    public async Task An_emergency_lends_no_lifting_of_a_hirer_s_freeze()
    {
        foreach (var role in EmergencyDecision.Roles) Strongroom.Modules.Staff.Rights.InEmergency(role).ShouldNotContain("agreements.unfreeze");
        var officer = await world.Officer(Role.Custodian);
        await world.Break(officer, world.Request(world.Bank.Manager, Role.CounterOfficer), world.Bank.Manager);
        (await world.May(officer, "agreements.write")).ShouldBeTrue();
        (await world.May(officer, "agreements.unfreeze")).ShouldBeFalse("a counter officer who is posted may");
    }

    [Fact]
    public async Task Duties_apart_stand_and_what_one_is_already_need_not_be_opened()
    {
        (await world.Try(world.Bank.Custodian, world.Request(world.Bank.Manager, Role.Manager))).ShouldBeOfType<DutiesConflict>();
        (await world.Try(world.Bank.Auditor, world.Request(world.Bank.Manager))).ShouldBeOfType<DutiesConflict>();
        (await world.Try(world.Bank.Admin, world.Request(world.Bank.Manager))).ShouldBeOfType<DutiesConflict>();
        (await world.Try(world.Bank.Custodian, world.Request(world.Bank.Manager))).ShouldBeOfType<EmergencyNeedless>();
        (await world.Try(world.Bank.CounterOfficer, world.Request(world.Bank.Manager, Role.Admin))).ShouldBeOfType<EmergencyRole>();
        (await world.Try(world.Bank.CounterOfficer, world.Request(world.Bank.Manager, Role.Auditor))).ShouldBeOfType<EmergencyRole>();
        var hirer = await world.Bank.OpenAccess(await world.NewHire(), "hirer");
        (await world.Try(hirer, world.Request(world.Bank.Manager))).ShouldBeOfType<NotYours>("it is for officers");
    }

    [Fact]
    public async Task The_second_is_somebody_else_of_another_post_who_answers_for_something_and_no_relative()
    {
        var (officer, same, guard) = (await world.Officer(), await world.Officer(), await world.Officer(Role.Security));
        (await world.Try(officer, world.Request(officer))).ShouldBeOfType<SecondIsYou>();
        (await world.Try(officer, world.Request(same))).ShouldBeOfType<SecondMayNotSign>("two of one post");
        (await world.Try(officer, world.Request(guard))).ShouldBeOfType<SecondMayNotSign>();
        (await world.Try(officer, world.Request(world.Bank.Auditor))).ShouldBeOfType<SecondMayNotSign>("who reviews takes no part");
        foreach (var fine in new[] { world.Bank.Manager, world.Bank.Admin, world.Bank.SecondCustodian }) (await world.Try(officer, world.Request(fine))).ShouldBeNull(fine.Name);

        await Relatives(officer, world.Bank.SecondCustodian);
        (await world.Try(officer, world.Request(world.Bank.SecondCustodian))).ShouldBeOfType<SecondIsRelative>();
    }

    [Fact]
    public async Task It_is_neither_longer_nor_oftener_than_the_policy_says_and_never_twice_at_once()
    {
        var officer = await world.Officer();
        (await world.Try(officer, world.Request(world.Bank.Manager, minutes: 31))).ShouldBeOfType<EmergencyTooLong>().Minutes.ShouldBe(30);
        for (var time = 1; time <= 3; time++)
        {
            await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
            (await world.Try(officer, world.Request(world.Bank.Manager, Role.Manager))).ShouldBeOfType<EmergencyOpenAlready>();
            await world.Lab.Pass(TimeSpan.FromMinutes(5));
        }
        (await world.Try(officer, world.Request(world.Bank.Manager))).ShouldBeOfType<EmergencyTooOften>().Times.ShouldBe(3);
        await world.Lab.Pass(TimeSpan.FromDays(30));
        (await world.Try(officer, world.Request(world.Bank.Manager))).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_that_one_officer_opens_at_the_same_moment_one_is_open()
    {
        var officer = await world.Officer();
        var (one, other) = (await Signed(Role.Custodian), await Signed(Role.Manager));
        Refusal? raced = null;
        // The last that the one looks at before it decides.
        var first = await world.As<BreakGlass, BreakGlassOpened>(officer, slice =>
        {
            world.Between.After("SELECT COUNT(*)", async () => raced = (await world.Open(officer, other)).Refusal);
            return slice.Open(one, default);
        });

        first.Refusal.ShouldBeOfType<EmergencyOpenAlready>();

        raced.ShouldBeNull();
        (await world.Read(db => db.Set<Emergency>().Where(row => row.Holder == officer.Person).Open(db, world.Lab.Now).Select(row => row.Id).ToListAsync())).ShouldBe([other]);

        async Task<EmergencyId> Signed(Role role)
        {
            var asked = await world.As<BreakGlass, BreakGlassAsked>(officer, slice => slice.Ask(world.Request(world.Bank.Manager, role), default)).Fine();
            await Joining.Sign(world.Lab, asked.Own, officer);
            await Joining.Sign(world.Lab, asked.Second, world.Bank.Manager);
            return asked.Id;
        }
    }

    [Fact]
    public async Task A_role_that_is_ended_twice_at_the_same_moment_is_ended_once()
    {
        var officer = await world.Officer();
        var posting = await world.Read(db => db.PostingFacts().Where(row => row.Person == officer.Person).Select(row => row.Id).SingleAsync());
        var second = await world.As<EndPosting, Done>(world.Bank.Admin, slice =>
        {
            world.Between.After("FROM posting", async () => await world.As<EndPosting, Done>(world.Second, meanwhile => meanwhile.Handle(posting, default)).Fine());
            return slice.Handle(posting, default);
        });

        second.Refusal.ShouldBeOfType<NoSuch>();

        (await KindsOf("posting", posting.Value)).Count(kind => kind == StaffAudit.PostingEnded.Name).ShouldBe(1);
    }

    [Fact]
    public async Task A_relative_who_is_withdrawn_twice_at_the_same_moment_is_withdrawn_once()
    {
        var officer = await world.Officer();
        await Relatives(officer, world.Bank.CounterOfficer);
        var relative = await world.Read(db => db.Set<Relative>().Where(row => row.Person == world.Bank.CounterOfficer.Person && row.WithdrawnAt == null).Select(row => row.Id).SingleAsync());
        var second = await world.As<WithdrawRelative, Done>(world.Bank.Manager, slice =>
        {
            world.Between.After("FROM relative", async () => await world.As<WithdrawRelative, Done>(world.Bank.Manager, meanwhile => meanwhile.Handle(relative, default)).Fine());
            return slice.Handle(relative, default);
        });

        second.Refusal.ShouldBeOfType<NoSuch>();

        (await KindsOf("relative", relative.Value)).Count(kind => kind == StaffAudit.RelativeWithdrawn.Name).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_true_when_it_was_asked_for_must_be_true_when_it_opens()
    {
        var (officer, second) = (await world.Officer(), await world.Officer(Role.Manager));
        var asked = await world.As<BreakGlass, BreakGlassAsked>(officer, slice => slice.Ask(world.Request(second), default)).Fine();
        await Joining.Sign(world.Lab, asked.Own, officer);
        await Joining.Sign(world.Lab, asked.Second, second);
        var posting = await world.Read(db => db.PostingFacts().Where(row => row.Person == second.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Bank.Admin, slice => slice.Handle(posting, default)).Fine();
        (await world.Open(officer, asked.Id)).Refusal.ShouldBeOfType<SecondMayNotSign>();
    }

    [Fact]
    public async Task Who_leaves_the_bank_has_no_emergency_any_more()
    {
        var officer = await world.Officer();
        await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
        var posting = await world.Read(db => db.PostingFacts().Where(row => row.Person == officer.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Bank.Admin, slice => slice.Handle(posting, default)).Fine();
        (await world.May(officer, Serve)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_auditor_or_administrator_who_took_no_part_reviews_it_with_what_was_done_before_them()
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Second), world.Second);
        await world.As<BreakGlass, BreakGlassAsked>(officer, slice => slice.Ask(world.Request(world.Bank.Manager, Role.Manager), default));
        (await Review(world.Bank.Auditor, id)).ShouldBeOfType<EmergencyStillOpen>();
        await world.Lab.Pass(TimeSpan.FromMinutes(5));

        (await Review(world.Second, id)).ShouldBeOfType<TookPart>();
        (await Review(world.Bank.Manager, id)).ShouldBeOfType<NotYours>();
        (await Review(officer, id)).ShouldBeOfType<NotYours>();
        var detail = await world.Lab.Do<ReadEmergencies, EmergencyDetail>(world.Bank.Auditor.Person, read => read.One(id, default));
        detail.Done.Select(deed => deed.What).ShouldContain(what => what.Contains("efused", StringComparison.Ordinal), "refusals are listed, too");
        detail.Reason.ShouldContain("custodian is ill");
        detail.MayReview.ShouldBeTrue();
        (await Review(world.Bank.Auditor, id)).ShouldBeNull();
        (await Review(world.Bank.Admin, id)).ShouldBeOfType<ReviewedAlready>();
        Encoding.UTF8.GetString((await Events(id, StaffAudit.EmergencyReviewed.Name)).Single()).ShouldSatisfyAllConditions(body => body.ShouldContain("\"in-time\":\"yes\""), body => body.ShouldNotContain("needed"));
        (await world.Lab.Do<ReadEmergencies, EmergencyDetail>(world.Bank.Custodian.Person, read => read.One(id, default))).ShouldSatisfyAllConditions(
            seen => seen.Reason.ShouldBeEmpty("colleagues know of it, and read no more"), seen => seen.Done.ShouldBeEmpty(), seen => seen.Review.ShouldBeNull());
    }

    [Fact]
    public async Task A_review_that_is_owed_stands_at_the_head_of_every_page_until_it_is_given_and_late_ones_are_named()
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
        await world.Lab.Pass(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(6));
        using var auditor = await world.SignIn(world.Bank.Auditor);
        (await auditor.GetStringAsync("/audit")).ShouldSatisfyAllConditions(page => page.ShouldContain("for your review"), page => page.ShouldContain("should have been reviewed by now"));
        (await auditor.GetStringAsync("/office/break-glass")).ShouldContain("review overdue");

        (await auditor.PostForm($"/desk/break-glass/{id}", "review", ("Input.Words", "The customer was let out. All of it was needed."))).Leads().ShouldBe($"/desk/break-glass/{id}");
        (await auditor.GetStringAsync($"/desk/break-glass/{id}")).ShouldSatisfyAllConditions(page => page.ShouldContain("reviewed"), page => page.ShouldContain("All of it was needed"));
        Encoding.UTF8.GetString((await Events(id, StaffAudit.EmergencyReviewed.Name)).Single()).ShouldContain("\"in-time\":\"no\"");
    }

    [Fact]
    public async Task A_customer_finds_neither_the_page_nor_anybody_s_emergency()
    {
        var officer = await world.Officer();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
        var hirer = await world.Bank.OpenAccess(await world.NewHire(), $"hirer-{Guid.NewGuid():N}"[..20]);
        using var browser = await world.SignIn(hirer);
        (await browser.GetStringAsync("/desk/break-glass")).ShouldContain("This is for the bank");
        (await browser.GetStringAsync("/desk/notices")).ShouldNotContain("Emergency access at");
        (await browser.GetAsync($"/api/v1/emergencies/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonDocument.Parse(await browser.GetStringAsync("/api/v1/emergencies")).RootElement.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Who_left_the_branch_hears_of_none_there_by_standing_in_for_its_manager()
    {
        var (officer, left) = (await world.Officer(), await world.Officer());
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        var asked = await world.As<HandOver, HandOverAsked>(world.Bank.Manager, slice => slice.Ask(new(left.Person, world.Bank.Branch, null, today, today, "A day at the doctor's"), default)).Fine();
        await Joining.Sign(world.Lab, asked.Signature, world.Bank.Manager);
        await world.As<HandOver, Done>(world.Bank.Manager, slice => slice.Sign(asked.Id, default)).Fine();
        var id = await world.Break(officer, world.Request(world.Bank.Manager), world.Bank.Manager);
        (await Sees()).ShouldBe((true, true));

        var posting = await world.Read(db => db.PostingFacts().Where(row => row.Person == left.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Bank.Admin, slice => slice.Handle(posting, default)).Fine();
        (await world.May(left, "approvals.read")).ShouldBeFalse("the delegation has not ended, and who works nowhere stands in for nobody");
        (await Sees()).ShouldBe((false, false));

        Task<(bool One, bool Banner)> Sees() => world.Lab.As(left.Person, async services =>
        {
            var read = services.GetRequiredService<ReadEmergencies>();
            return ((await read.One(id, default)).Refusal is null, (await read.OpenNow(default)).Any(line => line.Id == id));
        });
    }

    private static async Task<List<string>> Rights(HttpClient browser) => [.. (await browser.WhoAmI()).Roles.SelectMany(role => role.Rights)];

    private async Task<Refusal?> End(Player by, EmergencyId id) => (await world.As<EndEmergency, Done>(by, slice => slice.Handle(id, default))).Refusal;

    private async Task<Refusal?> Review(Player by, EmergencyId id) => (await world.As<ReviewEmergency, Done>(by, slice => slice.Handle(id, new("The customer was let out; it was needed."), default))).Refusal;

    private async Task Relatives(Player officer, Player other)
    {
        await world.Lab.As(null, async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            return await services.GetRequiredService<Write>().Do<Done>("test.relative", officer.UserName, async act =>
            {
                var me = await db.Set<Officer>().SingleAsync(row => row.Person == officer.Person);
                db.Add(new Relative { Id = act.NewId<Noun.Relative>(), Officer = me.Id, Person = other.Person, Relation = Relation.Sibling, DeclaredOn = new(2026, 11, 23) });
                db.Append(act, new Event(StaffAudit.RelativeDeclared).About(me.Id));
                return Done.It;
            }, default).Fine();
        });
    }

    private Task<List<string>> KindsOf(string noun, Guid id) => world.Read(db => (
        from subject in db.Set<AuditSubject>()
        join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
        where subject.Kind == noun && subject.Id == id
        select happened.Kind).ToListAsync());

    private Task<List<byte[]>> Events(EmergencyId id, string kind) => world.Read(db => (
        from subject in db.Set<AuditSubject>()
        join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
        where subject.Kind == "emergency" && subject.Id == id.Value && happened.Kind == kind
        select happened.Body).ToListAsync());
}

public sealed class Break_glass_on_sqlite(EmergencyWorld<Sqlite> world) : BreakGlassTests<Sqlite>(world);

public sealed class Break_glass_on_postgres(EmergencyWorld<Postgres> world) : BreakGlassTests<Postgres>(world);
