using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;

namespace Strongroom.Tests.Modules.Staff;

/// <summary>A post that grants nothing any more: it qualifies its officer for no emergency, and keeps them from what belongs apart all the same.</summary>
public sealed class LapsedPostsTests
{
    private static readonly BranchId Here = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    private static readonly Post Counter = new(Role.CounterOfficer, Here), Custodian = new(Role.Custodian, Here), Manager = new(Role.Manager, Here);

    [Fact]
    public void Who_holds_nothing_that_counts_opens_nothing()
    {
        Why([Lapsed(Counter)], [Manager]).ShouldBeOfType<NotYours>();
        Why([Lapsed(Counter), Counter with { Branch = null }], [Manager]).ShouldBeNull();
    }

    [Fact]
    public void What_grants_nothing_makes_no_emergency_needless()
    {
        Why([Counter, Custodian], [Manager]).ShouldBeOfType<EmergencyNeedless>();
        Why([Counter, Lapsed(Custodian)], [Manager]).ShouldBeNull();
    }

    [Fact]
    public void What_belongs_apart_stays_apart_though_it_lapsed()
    {
        Why([Counter, Lapsed(Manager)], [Manager with { Branch = null }]).ShouldBeOfType<DutiesConflict>();
        EmergencyDecision.Gives(Role.Custodian, Here, [Counter, Lapsed(Manager)]).ShouldBeFalse();
        EmergencyDecision.Gives(Role.Custodian, Here, [Counter]).ShouldBeTrue();
        EmergencyDecision.Gives(Role.Custodian, Here, [Lapsed(Counter)]).ShouldBeFalse();
    }

    [Fact]
    public void A_post_that_lapsed_vouches_for_nobody_and_one_that_both_have_is_one_post_though_one_of_the_two_lapsed()
    {
        Why([Counter], [Lapsed(Manager)]).ShouldBeOfType<SecondMayNotSign>();
        Why([Counter], [Lapsed(Manager), Custodian]).ShouldBeNull();
        Why([Lapsed(Counter), new(Role.Custodian, new(Guid.NewGuid()))], [Counter]).ShouldBeOfType<SecondMayNotSign>();
    }

    private static Post Lapsed(Post post) => post with { Counts = false };

    private static Refusal? Why(IReadOnlyList<Post> own, IReadOnlyList<Post> seconds) => EmergencyDecision.WhyNotOpen(new(
        Role.Custodian, Here, 30, new() { Minutes = 60, ReviewDays = 3, TimesInThirtyDays = 3 }, own, seconds, SecondIsAsker: false, SecondIsRelative: false, OpenNow: false, TimesLately: 0));
}
