using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>Each step of a request's life, and each refusal by name. That no path goes around them, ApprovalModelTests show by walking all paths.</summary>
public sealed class ApprovalLifeTests
{
    private static readonly PersonId Maker = Person(1), Subject = Person(2), Second = Person(3), Third = Person(4), Outsider = Person(5), Away = Person(6);
    private static readonly DelegationId Handed = new(Id(21)), HandedLater = new(Id(22));
    private static readonly DateTime Made = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), Expires = Made.AddDays(7), Now = Made.AddHours(1);
    private static readonly SignatureId Signature = new(Id(31));

    [Fact]
    public void One_approval_is_enough_where_one_is_needed_and_does_it_at_once_or_leaves_it_to_its_maker()
    {
        var atOnce = ApprovalLife.Approve(Case(), Second, Signature, Now).Value!;
        atOnce.Select(one => (one.Number, one.Step, one.By, one.Signature, one.At, one.Approval)).ShouldBe(
            [(1, ApprovalStep.Approved, Second, Signature, Now, Request(1).Id), (2, ApprovalStep.Used, Second, null, Now, Request(1).Id)]);

        var later = Case() with { AtOnce = false };
        var approved = later with { Events = ApprovalLife.Approve(later, Second, Signature, Now).Value! };
        approved.Events.Select(one => one.Step).ShouldBe([ApprovalStep.Approved]);
        ApprovalLife.StateAt(approved, Now).ShouldBe(ApprovalState.Approved);
        ApprovalLife.WhyNotApprove(approved, Third, Now).ShouldBeOfType<EnoughApproved>();
        var used = ApprovalLife.Use(approved, Maker, Now).Value!;
        (used.Number, used.Step, used.By).ShouldBe((2, ApprovalStep.Used, Maker));
    }

    [Fact]
    public void Where_two_are_needed_the_second_carries_it_out()
    {
        var first = Case(2);
        var waiting = first with { Events = ApprovalLife.Approve(first, Second, Signature, Now).Value! };
        waiting.Events.Count.ShouldBe(1);
        ApprovalLife.StateAt(waiting, Now).ShouldBe(ApprovalState.Waiting);
        ApprovalLife.Given(waiting, waiting.Events).ShouldBe(1);
        ApprovalLife.Use(waiting, Maker, Now).Refusal.ShouldBeOfType<NotApproved>();
        ApprovalLife.WhyNotApprove(waiting, Second, Now).ShouldBeOfType<ApprovedBefore>();
        ApprovalLife.Approve(waiting, Third, Signature, Now).Value!.Select(one => (one.Number, one.Step)).ShouldBe([(2, ApprovalStep.Approved), (3, ApprovalStep.Used)]);
    }

    [Fact]
    public void Who_is_concerned_decides_nothing_whatever_their_rights()
    {
        var all = Case() with { MayNow = new HashSet<PersonId> { Maker, Subject, Second, Third } };
        ApprovalLife.WhyNotApprove(all, Maker, Now).ShouldBeOfType<OwnRequest>();
        ApprovalLife.WhyNotReject(all, Maker, Now).ShouldBeOfType<OwnRequest>();
        ApprovalLife.WhyNotApprove(all, Subject, Now).ShouldBeOfType<RequestAboutYou>();
        ApprovalLife.WhyNotReject(all, Subject, Now).ShouldBeOfType<RequestAboutYou>();
        ApprovalLife.WhyNotApprove(all, Outsider, Now).ShouldBeOfType<NotYours>();
        ApprovalLife.WhyNotReject(all, Outsider, Now).ShouldBeOfType<NotYours>();
    }

    [Fact]
    public void Who_did_what_belongs_apart_does_not_approve_and_may_reject()
    {
        var apart = Case() with { Apart = new Dictionary<PersonId, string> { [Second] = "counted it" } };
        ApprovalLife.WhyNotApprove(apart, Second, Now).ShouldBeOfType<DutiesApart>().Did.ShouldBe("counted it");
        ApprovalLife.WhyNotReject(apart, Second, Now).ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_stored_of_somebody_who_should_not_have_approved_counts_for_nothing(bool atOnce)
    {
        foreach (var nobody in new[] { Maker, Subject, Outsider })
        {
            var forged = Case() with { AtOnce = atOnce, Events = [Event(1, ApprovalStep.Approved, nobody)] };
            ApprovalLife.Given(forged, forged.Events).ShouldBe(0);
            ApprovalLife.StateAt(forged, Now).ShouldBe(ApprovalState.Waiting);
        }
        var did = Case() with { AtOnce = atOnce, Events = [Event(1, ApprovalStep.Approved, Second)], Apart = new Dictionary<PersonId, string> { [Second] = "counted it" } };
        ApprovalLife.Given(did, did.Events).ShouldBe(0);
        var anonymous = Case() with { AtOnce = atOnce, Events = [Event(1, ApprovalStep.Approved, null)] };
        ApprovalLife.Given(anonymous, anonymous.Events).ShouldBe(0);
        var twice = Case(2) with { AtOnce = atOnce, Events = [Event(1, ApprovalStep.Approved, Second), Event(2, ApprovalStep.Approved, Second)] };
        ApprovalLife.Given(twice, twice.Events).ShouldBe(1);
    }

    [Fact]
    public void Its_maker_withdraws_it_and_nobody_else()
    {
        var gone = ApprovalLife.Withdraw(Case(), Maker, Now).Value!;
        (gone.Number, gone.Step, gone.By, gone.At).ShouldBe((1, ApprovalStep.Withdrawn, Maker, Now));
        ApprovalLife.Withdraw(Case(), Second, Now).Refusal.ShouldBeOfType<NotTheMaker>();
        ApprovalLife.WhyNotWithdraw(Case(), Maker, Now).ShouldBeNull();
        ApprovalLife.WhyNotWithdraw(Case(), Second, Expires).ShouldBeOfType<ApprovalOver>("which says more than that it is another's");
    }

    [Fact]
    public void Who_may_approve_may_reject_with_a_reason_also_after_approving()
    {
        byte[] reason = [1, 2];
        var rejected = ApprovalLife.Reject(Case(), Second, reason, Now).Value!;
        (rejected.Number, rejected.Step, rejected.By, rejected.For, rejected.Reason).ShouldBe((1, ApprovalStep.Rejected, Second, null, reason));
        var approved = Case(2) with { Events = [Event(1, ApprovalStep.Approved, Second)] };
        ApprovalLife.WhyNotReject(approved, Second, Now).ShouldBeNull();
        ApprovalLife.Reject(approved, Second, reason, Now).Value!.Number.ShouldBe(2);
    }

    [Theory]
    [InlineData(ApprovalState.Done, "carried out")]
    [InlineData(ApprovalState.Rejected, "rejected")]
    [InlineData(ApprovalState.Withdrawn, "withdrawn")]
    [InlineData(ApprovalState.Expired, "not decided in time")]
    public void What_is_over_stays_over_and_says_how_it_ended(ApprovalState state, string words)
    {
        var step = Enum.GetValues<ApprovalStep>().Single(one => ApprovalLife.Closed(one) == state);
        var over = Case() with { AtOnce = false, Events = [Event(1, ApprovalStep.Approved, Second), Event(2, step, Maker)] };
        ApprovalLife.StateAt(over, Now).ShouldBe(state);
        ApprovalLife.StateAt(over, Expires).ShouldBe(state, "time changes nothing any more");
        foreach (var refusal in new[] { ApprovalLife.WhyNotApprove(over, Third, Now), ApprovalLife.WhyNotReject(over, Third, Now), ApprovalLife.WhyNotWithdraw(over, Maker, Now), ApprovalLife.Use(over, Maker, Now).Refusal })
            refusal.ShouldBeOfType<ApprovalOver>().How.ShouldBe(words);
        ApprovalLife.Expire(over, Expires).ShouldBeNull();
    }

    [Fact]
    public void Each_step_but_an_approval_closes_it() => Enum.GetValues<ApprovalStep>().ToDictionary(step => step, ApprovalLife.Closed).ShouldBe(new Dictionary<ApprovalStep, ApprovalState?>
    {
        [ApprovalStep.Approved] = null,
        [ApprovalStep.Rejected] = ApprovalState.Rejected,
        [ApprovalStep.Withdrawn] = ApprovalState.Withdrawn,
        [ApprovalStep.Used] = ApprovalState.Done,
        [ApprovalStep.Expired] = ApprovalState.Expired,
    }, ignoreOrder: true);

    [Fact]
    public void It_lives_until_the_instant_at_which_it_expires()
    {
        ApprovalLife.StateAt(Case(), Expires.AddTicks(-1)).ShouldBe(ApprovalState.Waiting);
        ApprovalLife.StateAt(Case(), Expires).ShouldBe(ApprovalState.Expired);
        ApprovalLife.Approve(Case(), Second, Signature, Expires).Refusal.ShouldBeOfType<ApprovalOver>();
        ApprovalLife.Expire(Case(), Expires.AddTicks(-1)).ShouldBeNull();
        var expired = ApprovalLife.Expire(Case(), Expires)!;
        (expired.Number, expired.Step, expired.By, expired.At).ShouldBe((1, ApprovalStep.Expired, null, Expires));
        ApprovalLife.Expire(Case(2) with { Events = [Event(1, ApprovalStep.Approved, Second)] }, Expires)!.Number.ShouldBe(2, "one of two is not enough");
    }

    [Fact]
    public void It_is_done_only_as_it_was_asked_for()
    {
        ApprovalLife.WhyNotApprove(Case() with { MakerMay = false }, Second, Now).ShouldBeOfType<MakerMayNoMore>();
        ApprovalLife.WhyNotApprove(Case() with { BoundHolds = false }, Second, Now).ShouldBeOfType<BoundRowChanged>();
        ApprovalLife.WhyNotReject(Case() with { MakerMay = false, BoundHolds = false }, Second, Now).ShouldBeNull("what is wrong can be rejected");
        var approved = Case() with { AtOnce = false, Events = [Event(1, ApprovalStep.Approved, Second)] };
        ApprovalLife.Use(approved with { MakerMay = false }, Maker, Now).Refusal.ShouldBeOfType<MakerMayNoMore>();
        ApprovalLife.Use(approved with { BoundHolds = false }, Maker, Now).Refusal.ShouldBeOfType<BoundRowChanged>();
        ApprovalLife.Use(approved, Second, Now).Refusal.ShouldBeOfType<NotTheMaker>();
        ApprovalLife.Use(approved with { MayNow = new HashSet<PersonId> { Third } }, Maker, Now).Refusal.ShouldBeOfType<NotApproved>("who approved has lost the right since");
    }

    [Fact]
    public void A_stand_in_decides_in_another_s_place_and_the_event_says_in_whose()
    {
        var one = Case() with { StandIns = [new(Handed, Away, Second)] };
        ApprovalLife.PlaceOf(one, Away, Now).ShouldBe(new(Handed, Away, Second));
        ApprovalLife.PlaceOf(one, Second, Now).ShouldBeNull("in their own right");
        var approved = ApprovalLife.Approve(one, Away, Signature, Now).Value!;
        (approved[0].By, approved[0].For, approved[0].Delegation).ShouldBe((Away, Second, Handed));
        (approved[1].By, approved[1].For, approved[1].Delegation).ShouldBe((Away, null, null));
        var rejected = ApprovalLife.Reject(one, Away, [1], Now).Value!;
        (rejected.By, rejected.For, rejected.Delegation).ShouldBe((Away, Second, Handed));
    }

    [Fact]
    public void A_stand_in_s_approval_counts_while_the_very_delegation_holds()
    {
        var approval = new ApprovalEvent { Approval = Request(1).Id, Number = 1, Step = ApprovalStep.Approved, By = Away, For = Second, Delegation = Handed, At = Now };
        int Counted(params StandIn[] standIns) => ApprovalLife.Given(Case() with { StandIns = standIns, Events = [approval] }, [approval]);
        Counted(new StandIn(Handed, Away, Second)).ShouldBe(1);
        Counted().ShouldBe(0);
        Counted(new StandIn(HandedLater, Away, Second)).ShouldBe(0);
        Counted(new StandIn(Handed, Outsider, Second)).ShouldBe(0);
        Counted(new StandIn(Handed, Away, Third)).ShouldBe(0);
        var one = Case() with { StandIns = [new(Handed, Away, Second)], Events = [approval] };
        ApprovalLife.Given(one with { Apart = new Dictionary<PersonId, string> { [Away] = "counted it" } }, one.Events).ShouldBe(0);
        ApprovalLife.Given(one with { Apart = new Dictionary<PersonId, string> { [Second] = "counted it" } }, one.Events).ShouldBe(0);
        ApprovalLife.Given(one with { Subjects = new HashSet<PersonId> { Second } }, one.Events).ShouldBe(0);
    }

    [Fact]
    public void The_two_count_as_one_whoever_came_first()
    {
        var two = Case(2) with { StandIns = [new(Handed, Away, Second)] };
        var byStandIn = two with { Events = ApprovalLife.Approve(two, Away, Signature, Now).Value! };
        ApprovalLife.WhyNotApprove(byStandIn, Second, Now).ShouldBeOfType<CountedAsOne>();
        var bySelf = two with { Events = ApprovalLife.Approve(two, Second, Signature, Now).Value! };
        ApprovalLife.WhyNotApprove(bySelf, Away, Now).ShouldBeOfType<CountedAsOne>();
        var both = two with { Events = [.. byStandIn.Events, Event(2, ApprovalStep.Approved, Second)] };
        ApprovalLife.Given(both, both.Events).ShouldBe(1, "though both stand there");
        ApprovalLife.Approvers(both, both.Events).ShouldBe([Away, Second], ignoreOrder: true);
    }

    [Fact]
    public void Persons_hang_together_through_a_chain_of_stand_ins()
    {
        // Away approved for Second, Second for Third: one head, in whichever order they came.
        ApprovalEvent[] chain = [Place(1, Away, Second, Handed), Event(2, ApprovalStep.Approved, Third), Place(3, Second, Third, HandedLater)];
        var one = Case(2) with { StandIns = [new(Handed, Away, Second), new(HandedLater, Second, Third)] };
        ApprovalLife.Given(one, chain[..2]).ShouldBe(2);
        ApprovalLife.Given(one, chain).ShouldBe(1);
        // Away belongs to it still when they approve in their own right.
        var own = one with { MayNow = new HashSet<PersonId> { Second, Third, Away } };
        ApprovalLife.Given(own, [.. chain, Event(4, ApprovalStep.Approved, Away)]).ShouldBe(1);
    }

    [Fact]
    public void A_stand_in_of_the_concerned_decides_nothing_and_of_two_the_free_one_is_stood_in_for()
    {
        var forMaker = Case() with { StandIns = [new(Handed, Away, Maker)] };
        ApprovalLife.WhyNotApprove(forMaker, Away, Now).ShouldBeOfType<StandsForTheConcerned>();
        ApprovalLife.WhyNotReject(forMaker, Away, Now).ShouldBeOfType<StandsForTheConcerned>();
        var forSubject = Case() with { StandIns = [new(Handed, Away, Subject)] };
        ApprovalLife.WhyNotApprove(forSubject, Away, Now).ShouldBeOfType<StandsForTheConcerned>();
        var forBoth = Case() with { StandIns = [new(HandedLater, Away, Third), new(Handed, Away, Maker)] };
        ApprovalLife.PlaceOf(forBoth, Away, Now).ShouldBe(new(HandedLater, Away, Third));
        var apart = Case() with { StandIns = [new(Handed, Away, Second)], Apart = new Dictionary<PersonId, string> { [Second] = "counted it" } };
        ApprovalLife.WhyNotApprove(apart, Away, Now).ShouldBeOfType<StandsForTheConcerned>();
        ApprovalLife.WhyNotReject(apart, Away, Now).ShouldBeNull();
    }

    [Fact]
    public void Of_two_delegations_the_earlier_counts_unless_its_giver_has_approved()
    {
        var two = Case(2) with { StandIns = [new(HandedLater, Away, Third), new(Handed, Away, Second)] };
        ApprovalLife.PlaceOf(two, Away, Now).ShouldBe(new(Handed, Away, Second));
        var after = two with { Events = [Event(1, ApprovalStep.Approved, Second)] };
        ApprovalLife.PlaceOf(after, Away, Now).ShouldBe(new(HandedLater, Away, Third));
        var own = two with { MayNow = new HashSet<PersonId> { Second, Third, Away } };
        ApprovalLife.PlaceOf(own, Away, Now).ShouldBeNull("who has the right uses it");
        ApprovalLife.WhyNotApprove(own, Away, Now).ShouldBeNull();
    }

    private static ApprovalCase Case(int needed = 1) => new(
        Request(needed), new HashSet<PersonId> { Subject }, [], new HashSet<PersonId> { Second, Third }, [], new Dictionary<PersonId, string>(), MakerMay: true, BoundHolds: true, AtOnce: true);

    private static ApprovalEvent Event(int number, ApprovalStep step, PersonId? by) => new() { Approval = Request(1).Id, Number = number, Step = step, By = by, At = Now };

    private static ApprovalEvent Place(int number, PersonId by, PersonId other, DelegationId delegation) =>
        new() { Approval = Request(1).Id, Number = number, Step = ApprovalStep.Approved, By = by, For = other, Delegation = delegation, At = Now };

    private static ApprovalRequest Request(int needed) => new()
    {
        Id = new(Id(41)),
        Kind = "test.act",
        Branch = null,
        Hash = [],
        Payload = [],
        Words = [],
        Bound = "[]",
        Maker = Maker,
        Needed = needed,
        MadeAt = Made,
        ExpiresAt = Expires,
    };

    private static PersonId Person(int number) => new(Id(number));

    private static Guid Id(int number) => Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}");
}
