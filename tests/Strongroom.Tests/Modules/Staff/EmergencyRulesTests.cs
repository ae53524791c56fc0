using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;

namespace Strongroom.Tests.Modules.Staff;

/// <summary>Who may take emergency access, with whose signature; who ends and who reviews it.</summary>
public sealed class EmergencyRulesTests
{
    private static readonly BranchId Here = new(Id(1)), There = new(Id(2));
    private static readonly PersonId Holder = new(Id(3)), Second = new(Id(4)), Other = new(Id(5));
    private static readonly DateTime Opened = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), Until = Opened.AddMinutes(30);

    /// <summary>A counter officer who must be custodian for an hour, and a manager who signs.</summary>
    private static readonly BreakingGlass Fine = new(
        Role.Custodian, Here, 60, new() { Minutes = 60, ReviewDays = 3, TimesInThirtyDays = 2 },
        Own: [new(Role.CounterOfficer, Here)], Seconds: [new(Role.Manager, Here)], SecondIsAsker: false, SecondIsRelative: false, OpenNow: false, TimesLately: 1);

    [Fact]
    public void A_posted_officer_takes_it_with_a_colleague_s_signature() => EmergencyDecision.WhyNotOpen(Fine).ShouldBeNull();

    [Fact]
    public void Each_fault_has_its_refusal_and_its_field()
    {
        Why(Fine with { Own = [] }).ShouldBe((typeof(NotYours), null));
        Why(Fine with { Role = Role.Admin }).ShouldBe((typeof(EmergencyRole), "role"));
        Why(Fine with { Role = Role.Auditor }).ShouldBe((typeof(EmergencyRole), "role"));
        Why(Fine with { Role = Role.Security }).ShouldBe((typeof(EmergencyRole), "role"));
        Why(Fine with { Minutes = 61 }).ShouldBe((typeof(EmergencyTooLong), "minutes"));
        Why(Fine with { Role = Role.CounterOfficer }).ShouldBe((typeof(EmergencyNeedless), "role"));
        Why(Fine with { Own = [new(Role.Manager, Here)] }).ShouldBe((typeof(DutiesConflict), "role"));
        Why(Fine with { Own = [new(Role.CounterOfficer, Here), new(Role.Security, null)] }).ShouldBe((typeof(DutiesConflict), "role"));
        Why(Fine with { OpenNow = true }).ShouldBe((typeof(EmergencyOpenAlready), null));
        Why(Fine with { TimesLately = 2 }).ShouldBe((typeof(EmergencyTooOften), null));
        Why(Fine with { SecondIsAsker = true }).ShouldBe((typeof(SecondIsYou), "second"));
        Why(Fine with { Seconds = [] }).ShouldBe((typeof(SecondMayNotSign), "second"));
        Why(Fine with { SecondIsRelative = true }).ShouldBe((typeof(SecondIsRelative), "second"));
    }

    [Fact]
    public void What_is_held_elsewhere_is_neither_needless_nor_in_conflict_here()
    {
        EmergencyDecision.WhyNotOpen(Fine with { Own = [new(Role.Custodian, There)] }).ShouldBeNull();
        EmergencyDecision.WhyNotOpen(Fine with { Own = [new(Role.Manager, There)] }).ShouldBeNull();
        Why(Fine with { Own = [new(Role.Custodian, null)] }).ShouldBe((typeof(EmergencyNeedless), "role"));
    }

    [Theory]
    [InlineData(Role.Manager, "there", true)]
    [InlineData(Role.Admin, "bank", true)]
    [InlineData(Role.Custodian, "here", true)]
    [InlineData(Role.Custodian, "there", false)]
    [InlineData(Role.Custodian, "bank", false)]
    [InlineData(Role.CounterOfficer, "here", false, "the asker's own post: who are alike cover for each other")]
    [InlineData(Role.CounterOfficer, "there", false)]
    [InlineData(Role.Auditor, "here", false)]
    [InlineData(Role.Security, "here", false)]
    public void Managers_administrators_and_officers_of_the_branch_with_another_post_sign(Role role, string where, bool may, string? why = null)
    {
        BranchId? at = where switch { "here" => Here, "there" => There, _ => null };
        (EmergencyDecision.WhyNotOpen(Fine with { Seconds = [new(role, at)] }) is null).ShouldBe(may, why);
    }

    [Fact]
    public void A_colleague_whose_one_post_is_the_asker_s_signs_by_their_other() =>
        EmergencyDecision.WhyNotOpen(Fine with { Seconds = [new(Role.CounterOfficer, Here), new(Role.Custodian, Here)] }).ShouldBeNull();

    [Fact]
    public void A_colleague_with_one_of_the_asker_s_two_posts_does_not_sign_by_it() =>
        Why(Fine with { Own = [new(Role.CounterOfficer, Here), new(Role.CounterOfficer, There)], Seconds = [new(Role.CounterOfficer, Here)] }).ShouldBe((typeof(SecondMayNotSign), "second"));

    [Fact]
    public void What_was_opened_gives_its_role_while_another_counts_and_nothing_there_is_apart_from_it()
    {
        EmergencyDecision.Gives(Role.Custodian, Here, [new(Role.CounterOfficer, There)]).ShouldBeTrue();
        EmergencyDecision.Gives(Role.Custodian, Here, [new(Role.CounterOfficer, Here, Counts: false), new(Role.CounterOfficer, There)]).ShouldBeTrue("one that counts is enough");
        EmergencyDecision.Gives(Role.Custodian, Here, []).ShouldBeFalse();
        EmergencyDecision.Gives(Role.Custodian, Here, [new(Role.CounterOfficer, Here, Counts: false)]).ShouldBeFalse();
        EmergencyDecision.Gives(Role.Custodian, Here, [new(Role.CounterOfficer, Here), new(Role.Manager, null)]).ShouldBeFalse("manager of the whole bank, and so here");
        EmergencyDecision.Gives(Role.Custodian, Here, [new(Role.CounterOfficer, Here), new(Role.Manager, There)]).ShouldBeTrue("elsewhere");
    }

    [Fact]
    public void It_is_open_from_its_opening_to_its_end_the_end_excluded()
    {
        var standing = new EmergencyStanding(Holder, Second, Opened, Until, EndedAt: null, Reviewed: false);
        (standing.IsOpen(Opened.AddTicks(-1)), standing.IsOpen(Opened), standing.IsOpen(Until.AddTicks(-1)), standing.IsOpen(Until)).ShouldBe((false, true, true, false));
        (standing.IsOver(Opened), standing.IsOver(Until)).ShouldBe((false, true));
        var ended = standing with { EndedAt = Opened.AddMinutes(1) };
        (ended.IsOpen(Opened.AddMinutes(2)), ended.IsOver(Opened.AddMinutes(2))).ShouldBe((false, true));
        var never = standing with { OpenedAt = null, Until = null };
        (never.IsOpen(Opened), never.IsOver(Opened)).ShouldBe((false, false));
    }

    [Fact]
    public void Holder_second_and_administrators_end_it_while_it_is_open()
    {
        var open = new EmergencyStanding(Holder, Second, Opened, Until, EndedAt: null, Reviewed: false);
        EmergencyDecision.WhyNotEnd(open, Holder, anyone: false, Opened).ShouldBeNull();
        EmergencyDecision.WhyNotEnd(open, Second, anyone: false, Opened).ShouldBeNull();
        EmergencyDecision.WhyNotEnd(open, Other, anyone: true, Opened).ShouldBeNull();
        EmergencyDecision.WhyNotEnd(open, Other, anyone: false, Opened).ShouldBeOfType<NotYours>();
        EmergencyDecision.WhyNotEnd(open, Holder, anyone: false, Until).ShouldBeOfType<EmergencyOver>();
    }

    [Fact]
    public void Who_took_no_part_reviews_it_once_when_it_is_over()
    {
        var over = new EmergencyStanding(Holder, Second, Opened, Until, EndedAt: null, Reviewed: false);
        EmergencyDecision.WhyNotReview(over, Other, mayReview: true, Until).ShouldBeNull();
        EmergencyDecision.WhyNotReview(over, Other, mayReview: false, Until).ShouldBeOfType<NotYours>();
        EmergencyDecision.WhyNotReview(over, Holder, mayReview: true, Until).ShouldBeOfType<TookPart>();
        EmergencyDecision.WhyNotReview(over, Second, mayReview: true, Until).ShouldBeOfType<TookPart>();
        EmergencyDecision.WhyNotReview(over with { OpenedAt = null }, Other, mayReview: true, Until).ShouldBeOfType<NoSuch>();
        EmergencyDecision.WhyNotReview(over, Other, mayReview: true, Opened).ShouldBeOfType<EmergencyStillOpen>();
        EmergencyDecision.WhyNotReview(over with { Reviewed = true }, Other, mayReview: true, Until).ShouldBeOfType<ReviewedAlready>();
    }

    private static (Type?, string?) Why(BreakingGlass one) => EmergencyDecision.WhyNotOpen(one) is { } refusal ? (refusal.GetType(), refusal.Field) : (null, null);

    private static Guid Id(int number) => Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}");
}
