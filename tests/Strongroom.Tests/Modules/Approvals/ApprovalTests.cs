using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>One person asks, others decide: through the handlers, on the act of giving a role and on an act of no module.</summary>
public abstract class ApprovalTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    private static int acts;

    [Fact]
    public async Task A_role_is_given_when_a_second_administrator_has_signed_for_it()
    {
        var officer = await world.NewOfficer();
        var id = await world.AskToPost(officer.Id);
        (await world.RolesOf(officer.Id)).ShouldBeEmpty();

        var approved = await world.TryApprove(world.Second, id);

        approved.Value.ShouldBe(new(id, ApprovalState.Done));
        (await world.RolesOf(officer.Id)).ShouldBe([Role.Custodian]);
        var detail = await world.Detail(id);
        detail.Steps.Select(step => (step.Step, step.By)).ShouldBe([("Made", world.Maker.Person), ("Approved", world.Second.Person), ("Used", world.Second.Person)]);
        (await Kinds(id)).ShouldBe(["approvals.made", "approvals.asked-to-sign", "approvals.approved", "approvals.used"]);
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeOfType<ApprovalOver>();
    }

    [Fact]
    public async Task Nobody_decides_what_they_asked_what_is_about_them_or_what_they_have_no_right_to()
    {
        var id = await Asked(1, about: world.Third.Person);

        (await world.TryApprove(world.Maker, id)).Refusal.ShouldBeOfType<OwnRequest>();
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeOfType<RequestAboutYou>();
        (await world.TryApprove(world.Bank.Auditor, id)).Refusal.ShouldBeOfType<NotYours>("who reads everything decides nothing");
        (await world.TryApprove(world.Bank.Manager, id)).Refusal.ShouldBeOfType<NoSuch>("of others' business one learns nothing");
        (await world.As<Reject, Done>(world.Maker, slice => slice.Handle(id, new("No."), default))).Refusal.ShouldBeOfType<OwnRequest>();
        (await world.As<Reject, Done>(world.Third, slice => slice.Handle(id, new("No."), default))).Refusal.ShouldBeOfType<RequestAboutYou>();
        (await world.As<Withdraw, Done>(world.Second, slice => slice.Handle(id, default))).Refusal.ShouldBeOfType<NotTheMaker>();
        (await world.StateOf(id)).ShouldBe(ApprovalState.Waiting);
        (await world.TryApprove(world.Second, id)).Value!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task Where_two_are_needed_two_different_people_approve()
    {
        var id = await Asked(2);

        (await world.TryApprove(world.Second, id)).Value!.State.ShouldBe(ApprovalState.Waiting);
        (await world.TryApprove(world.Second, id)).Refusal.ShouldBeOfType<ApprovedBefore>();
        (await world.TryApprove(world.Maker, id)).Refusal.ShouldBeOfType<OwnRequest>();
        (await world.TryApprove(world.Third, id)).Value!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task An_approval_of_who_lost_the_right_meanwhile_counts_no_more()
    {
        var fourth = await world.Enlist("Lalita Joshi", $"admin4-{++acts}", Role.Admin);
        var id = await Asked(2);
        await world.TryApprove(fourth, id).Fine();

        var posting = await world.Lab.Read(db => db.PostingFacts().Where(row => row.Person == fourth.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Maker, slice => slice.Handle(posting, default)).Fine();

        (await world.TryApprove(world.Second, id)).Value!.State.ShouldBe(ApprovalState.Waiting, "one of two");
        (await world.Detail(id)).Line.Given.ShouldBe(1);
        (await world.TryApprove(world.Third, id)).Value!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task What_was_asked_by_who_may_not_ask_any_more_is_not_done()
    {
        var maker = await world.Enlist("Mohan Lal", $"admin5-{++acts}", Role.Admin);
        var id = await Asked(1, by: maker);
        var posting = await world.Lab.Read(db => db.PostingFacts().Where(row => row.Person == maker.Person).Select(row => row.Id).SingleAsync());
        await world.As<EndPosting, Done>(world.Maker, slice => slice.Handle(posting, default)).Fine();

        (await world.TryApprove(world.Second, id)).Refusal.ShouldBeOfType<MakerMayNoMore>();
        await world.As<Reject, Done>(world.Second, slice => slice.Handle(id, new("Left the office."), default)).Fine();
    }

    [Fact]
    public async Task Who_gave_an_officer_the_sign_in_does_not_approve_the_role_as_well()
    {
        var officer = await world.Lab.Do<AddOfficer, OfficerAdded>(world.Maker.Person, slice => slice.Handle(new(null, new() { Name = "Devi Nair", Email = "devi@example.in" }, $"D-{++acts}"), default));
        await world.As<InviteOfficer, OfficerInvited>(world.Second, slice => slice.Handle(officer.Id, new($"devi.{acts}"), default)).Fine();
        var id = await world.AskToPost(officer.Id);

        (await world.TryApprove(world.Second, id)).Refusal.ShouldBeOfType<DutiesApart>().Title.ShouldContain("gave this officer the sign-in");
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task What_belongs_apart_for_a_day_stands_between_for_that_day_and_that_thing_also_when_it_was_done_after_approving()
    {
        var (about, other) = (world.Bank.Manager.Person, world.Bank.Custodian.Person);
        var (one, two) = (await Asked(2, about), await Asked(2, other));
        await world.TryApprove(world.Second, one).Fine();
        await world.TryApprove(world.Second, two).Fine();

        await Count(world.Second, about);

        (await world.TryApprove(world.Third, one)).Value!.State.ShouldBe(ApprovalState.Waiting, "the first approval counts no more");
        (await world.TryApprove(world.Third, two)).Value!.State.ShouldBe(ApprovalState.Approved, "it was about another");
        await world.Lab.Pass(TimeSpan.FromDays(1));
        (await world.StateOf(one)).ShouldBe(ApprovalState.Approved, "the day is over");
    }

    [Fact]
    public async Task What_has_changed_since_it_was_asked_is_asked_anew()
    {
        var officer = await world.NewOfficer();
        var (first, other) = (await world.AskToPost(officer.Id), await world.AskToPost(officer.Id, Role.CounterOfficer));
        await world.TryApprove(world.Second, first).Fine();

        (await world.TryApprove(world.Second, other)).Refusal.ShouldBeOfType<BoundRowChanged>();
        (await world.Detail(other)).Changed.ShouldBeTrue();
        (await world.RolesOf(officer.Id)).ShouldBe([Role.Custodian]);
    }

    [Fact]
    public async Task A_row_that_changes_between_signing_and_approving_stops_it()
    {
        var payload = Payload();
        var id = await world.AskLater(payload, 1).Fine();
        var asked = await world.As<Approve, ApprovalSignatureAsked>(world.Second, slice => slice.Ask(id, default)).Fine();
        await Strongroom.Lab.Bank.Joining.Sign(world.Lab, asked.Signature, world.Second);

        world.Rows.Change(payload.What);

        (await world.As<Approve, RequestApproved>(world.Second, slice => slice.Handle(id, new(asked.Signature), default))).Refusal.ShouldBeOfType<BoundRowChanged>();
    }

    [Fact]
    public async Task A_rule_that_refuses_at_the_end_takes_the_approval_back()
    {
        var officer = await world.NewOfficer();
        var id = await world.AskToPost(officer.Id, until: world.Today.AddDays(1));
        await world.Lab.Pass(TimeSpan.FromDays(3));

        var refused = await world.TryApprove(world.Second, id);

        refused.Refusal!.Code.ShouldBe("staff.posting-ends-too-early");
        (await world.Detail(id)).Line.ShouldSatisfyAllConditions(line => line.State.ShouldBe(ApprovalState.Waiting), line => line.Given.ShouldBe(0));
        (await world.RolesOf(officer.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_role_that_is_approved_later_begins_on_that_day()
    {
        var officer = await world.NewOfficer();
        var id = await world.AskToPost(officer.Id);
        await world.Lab.Pass(TimeSpan.FromDays(2));

        await world.TryApprove(world.Second, id).Fine();

        (await world.Lab.Read(db => db.PostingFacts().Where(row => row.Officer == officer.Id).Select(row => row.From).SingleAsync())).ShouldBe(world.Today);
    }

    [Fact]
    public async Task A_signature_approves_the_request_that_was_read_and_that_once()
    {
        var (one, other) = (await Asked(2), await Asked(2));
        var asked = await world.As<Approve, ApprovalSignatureAsked>(world.Second, slice => slice.Ask(one, default)).Fine();
        (await Decide(world.Second, one, asked.Signature)).Refusal.ShouldBeOfType<NotSigned>();
        await Strongroom.Lab.Bank.Joining.Sign(world.Lab, asked.Signature, world.Second);

        (await Decide(world.Second, other, asked.Signature)).Refusal.ShouldBeOfType<SignedSomethingElse>();
        (await Decide(world.Third, one, asked.Signature)).Refusal.ShouldBeOfType<NoSuch>("another's signature is nobody's");
        (await Decide(world.Second, one, asked.Signature)).Refusal.ShouldBeNull();
        (await Decide(world.Second, one, asked.Signature)).Refusal.ShouldBeOfType<ApprovedBefore>();
    }

    [Fact]
    public async Task Of_two_who_approve_at_once_one_does_it_and_it_is_done_once()
    {
        var officer = await world.NewOfficer();
        var id = await world.AskToPost(officer.Id);
        var second = await world.As<Approve, ApprovalSignatureAsked>(world.Second, slice => slice.Ask(id, default)).Fine();
        var third = await world.As<Approve, ApprovalSignatureAsked>(world.Third, slice => slice.Ask(id, default)).Fine();
        await Strongroom.Lab.Bank.Joining.Sign(world.Lab, second.Signature, world.Second);
        await Strongroom.Lab.Bank.Joining.Sign(world.Lab, third.Signature, world.Third);

        var race = await Task.WhenAll(Decide(world.Second, id, second.Signature), Decide(world.Third, id, third.Signature));

        race.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        (await world.RolesOf(officer.Id)).ShouldBe([Role.Custodian]);
        (await world.Detail(id)).Steps.Select(step => step.Step).ShouldBe(["Made", "Approved", "Used"]);
    }

    [Fact]
    public async Task Where_two_are_needed_and_two_approve_at_once_neither_is_lost()
    {
        var id = await Asked(2);
        var second = await world.As<Approve, ApprovalSignatureAsked>(world.Second, slice => slice.Ask(id, default)).Fine();
        var third = await world.As<Approve, ApprovalSignatureAsked>(world.Third, slice => slice.Ask(id, default)).Fine();
        await Strongroom.Lab.Bank.Joining.Sign(world.Lab, second.Signature, world.Second);
        await Strongroom.Lab.Bank.Joining.Sign(world.Lab, third.Signature, world.Third);

        var race = await Task.WhenAll(Decide(world.Second, id, second.Signature), Decide(world.Third, id, third.Signature));

        // Who lost the race is told so, and their signature still counts.
        if (race[0].Refusal is ChangedMeanwhile) await Decide(world.Second, id, second.Signature).Fine();
        if (race[1].Refusal is ChangedMeanwhile) await Decide(world.Third, id, third.Signature).Fine();
        (await world.Detail(id)).Line.ShouldSatisfyAllConditions(line => line.State.ShouldBe(ApprovalState.Approved), line => line.Given.ShouldBe(2));
    }

    [Fact]
    public async Task What_is_rejected_says_why_and_is_over()
    {
        var id = await Asked(1);

        await world.As<Reject, Done>(world.Second, slice => slice.Handle(id, new("The amount is Farida's, not ours."), default)).Fine();

        (await world.Detail(id)).Steps[^1].ShouldSatisfyAllConditions(
            step => step.Step.ShouldBe("Rejected"), step => step.By.ShouldBe(world.Second.Person), step => step.Reason.ShouldBe("The amount is Farida's, not ours."));
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.As<Withdraw, Done>(world.Maker, slice => slice.Handle(id, default))).Refusal.ShouldBeOfType<ApprovalOver>();
        (await Bodies(id)).ShouldNotContain(body => body.Contains("Farida", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_maker_withdraws_what_is_not_done_yet()
    {
        var payload = Payload();
        var id = await world.AskLater(payload, 1).Fine();
        await world.TryApprove(world.Second, id).Fine();

        await world.As<Withdraw, Done>(world.Maker, slice => slice.Handle(id, default)).Fine();

        (await world.UseLater(world.Maker, id, payload)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.StateOf(id)).ShouldBe(ApprovalState.Withdrawn);
    }

    [Fact]
    public async Task A_request_that_nobody_decides_in_time_has_expired_and_the_log_says_so_once()
    {
        var payload = Payload();
        var (late, approved) = (await Asked(1), await world.AskLater(payload, 1).Fine());
        await world.TryApprove(world.Second, approved).Fine();
        await world.Lab.Pass(TimeSpan.FromDays(2));

        (await world.StateOf(late)).ShouldBe(ApprovalState.Expired, "by the clock, before any job has run");
        (await world.TryApprove(world.Second, late)).Refusal.ShouldBeOfType<ApprovalOver>();
        (await world.UseLater(world.Maker, approved, payload)).Refusal.ShouldBeOfType<ApprovalOver>("an approval is no stock to lay in");

        for (var run = 0; run < 2; run++) await world.Lab.As(null, services => Run<ExpireApprovals>(services, world.Lab.Now));
        (await Kinds(late)).ShouldBe(["approvals.made", "approvals.expired"], ignoreOrder: true);
        (await world.Detail(late)).Steps[^1].ShouldSatisfyAllConditions(step => step.Step.ShouldBe("Expired"), step => step.By.ShouldBeNull());
    }

    [Fact]
    public async Task What_is_approved_for_later_is_used_once_by_its_maker_for_exactly_that()
    {
        var payload = Payload();
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

    [Fact]
    public async Task Requests_and_what_became_of_them_are_never_changed()
    {
        await Asked(1);

        foreach (var statement in new[] { "UPDATE approval_request SET needed = 0", "DELETE FROM approval_subject", "UPDATE approval_event SET number = 9", "DELETE FROM approval_request" })
            (await Should.ThrowAsync<Exception>(() => world.Read(db => db.Database.ExecuteSqlRawAsync(statement)))).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task What_is_stored_is_sealed()
    {
        var id = await world.AskLater(new("a word that nobody reads", 1), 1).Fine();
        var row = await world.Read(db => db.Set<ApprovalRequest>().AsNoTracking().SingleAsync(row => row.Id == id));
        System.Text.Encoding.UTF8.GetString([.. row.Payload, .. row.Words]).ShouldNotContain("nobody reads");
        (await Bodies(id)).ShouldNotContain(body => body.Contains("nobody reads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_was_altered_behind_our_back_is_not_what_was_asked()
    {
        var id = await Asked(2);
        var row = await world.Read(db => db.Set<ApprovalRequest>().AsNoTracking().SingleAsync(row => row.Id == id));
        var seals = await world.In(services => Task.FromResult((Strongroom.Data.Sealing.Seals)services.GetService(typeof(Strongroom.Data.Sealing.Seals))!));

        row.IsUnaltered(seals, []).ShouldBeTrue();
        row.IsUnaltered(seals, [world.Third.Person]).ShouldBeFalse();
        Altered(row, row.Id, needed: 1).IsUnaltered(seals, []).ShouldBeFalse();
        Altered(row, new(Guid.NewGuid()), needed: 2).IsUnaltered(seals, []).ShouldBeFalse("what was sealed for one request opens in no other");
    }

    private static ApprovalRequest Altered(ApprovalRequest row, ApprovalId id, int needed) => new()
    {
        Id = id,
        Kind = row.Kind,
        Branch = row.Branch,
        Hash = row.Hash,
        Payload = row.Payload,
        Words = row.Words,
        Bound = row.Bound,
        Maker = row.Maker,
        Needed = needed,
        MadeAt = row.MadeAt,
        ExpiresAt = row.ExpiresAt,
    };

    private static TestPayload Payload() => new($"thing {Interlocked.Increment(ref acts)}", 5);

    private Task<ApprovalId> Asked(int needed, PersonId? about = null, Strongroom.Lab.Bank.Player? by = null) => world.AskLater(Payload(), needed, about, by).Fine();

    private Task<Outcome<RequestApproved>> Decide(Strongroom.Lab.Bank.Player by, ApprovalId id, SignatureId signature) =>
        world.As<Approve, RequestApproved>(by, slice => slice.Handle(id, new(signature), default));

    private Task<int> Count(Strongroom.Lab.Bank.Player by, PersonId thing) => world.Lab.As(by.Person, async services =>
    {
        var db = (StrongroomDb)services.GetService(typeof(StrongroomDb))!;
        await ((Write)services.GetService(typeof(Write))!).Do<Done>("test.count", thing, act =>
        {
            db.Append(act, new Event(TestAct.Counted).About(thing));
            return Task.FromResult<Outcome<Done>>(Done.It);
        }, default).Fine();
        return 0;
    });

    private static async Task<int> Run<TJob>(IServiceProvider services, DateTime now) where TJob : Strongroom.Data.Jobs.IJob
    {
        await ((TJob)services.GetService(typeof(TJob))!).Run(now, default);
        return 0;
    }

    private Task<List<string>> Kinds(ApprovalId id) => Events(id, row => row.Kind);

    private async Task<IEnumerable<string>> Bodies(ApprovalId id) => (await Events(id, row => row.Body)).Select(System.Text.Encoding.UTF8.GetString);

    private Task<List<T>> Events<T>(ApprovalId id, System.Linq.Expressions.Expression<Func<AuditEvent, T>> what) => world.Read(db => (
        from subject in db.Set<AuditSubject>()
        join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
        where subject.Kind == "approval" && subject.Id == id.Value && happened.Kind != "refused"
        orderby happened.At, happened.Id
        select happened).Select(what).ToListAsync());
}

public sealed class Approvals_on_sqlite(ApprovalWorld<Sqlite> world) : ApprovalTests<Sqlite>(world);

public sealed class Approvals_on_postgres(ApprovalWorld<Postgres> world) : ApprovalTests<Postgres>(world);
