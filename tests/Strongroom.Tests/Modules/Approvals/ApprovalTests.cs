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
        (await world.KindsOf(id)).ShouldBe(["approvals.made", "approvals.asked-to-sign", "approvals.approved", "approvals.used"]);
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeOfType<ApprovalOver>();
    }

    [Fact]
    public async Task Nobody_decides_what_they_asked_what_is_about_them_or_what_they_have_no_right_to()
    {
        var id = await world.Asked(1, about: world.Third.Person);

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
        var id = await world.Asked(2);

        (await world.TryApprove(world.Second, id)).Value!.State.ShouldBe(ApprovalState.Waiting);
        (await world.TryApprove(world.Second, id)).Refusal.ShouldBeOfType<ApprovedBefore>();
        (await world.TryApprove(world.Maker, id)).Refusal.ShouldBeOfType<OwnRequest>();
        (await world.TryApprove(world.Third, id)).Value!.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task An_approval_of_who_lost_the_right_meanwhile_counts_no_more()
    {
        var fourth = await world.Enlist("Lalita Joshi", $"admin4-{++acts}", Role.Admin);
        var id = await world.Asked(2);
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
        var id = await world.Asked(1, by: maker);
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
    public async Task Who_gave_an_officer_the_sign_in_anew_does_not_approve_the_role_either()
    {
        var officer = await world.Lab.Do<AddOfficer, OfficerAdded>(world.Maker.Person, slice => slice.Handle(new(null, new() { Name = "Esha Roy", Email = "esha@example.in" }, $"D-{++acts}"), default));
        await world.As<InviteOfficer, OfficerInvited>(world.Maker, slice => slice.Handle(officer.Id, new($"esha.{acts}"), default)).Fine();
        await world.As<InviteOfficer, OfficerInvited>(world.Second, slice => slice.StartOver(officer.Id, default)).Fine();
        var id = await world.AskToPost(officer.Id);

        (await world.TryApprove(world.Second, id)).Refusal.ShouldBeOfType<DutiesApart>().Title.ShouldContain("gave this officer the sign-in anew");
        (await world.TryApprove(world.Third, id)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task What_belongs_apart_for_a_day_stands_between_for_that_day_and_that_thing_also_when_it_was_done_after_approving()
    {
        var (about, other) = (world.Bank.Manager.Person, world.Bank.Custodian.Person);
        var (one, two) = (await world.Asked(2, about), await world.Asked(2, other));
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
        var payload = world.NewPayload();
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
        var (one, other) = (await world.Asked(2), await world.Asked(2));
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
        var id = await world.Asked(2);
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
}

public sealed class Approvals_on_sqlite(ApprovalWorld<Sqlite> world) : ApprovalTests<Sqlite>(world);

public sealed class Approvals_on_postgres(ApprovalWorld<Postgres> world) : ApprovalTests<Postgres>(world);
