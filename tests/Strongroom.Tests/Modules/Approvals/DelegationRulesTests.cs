using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Delegations;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>When approvals can be handed over, and when they are taken back.</summary>
public sealed class DelegationRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly HandingOver Fine = new(Today, Today.AddDays(13), Today, MostDays: 14, OwnRight: true, Fit: true, Anyway: false, Concerned: false);
    private static readonly PersonId Giver = new(Id(1)), StandIn = new(Id(2)), Other = new(Id(3));
    private static readonly DateTime From = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc), Until = From.AddDays(14);

    [Fact]
    public void A_fortnight_is_fourteen_days_the_last_one_included()
    {
        DelegationDecision.WhyNot(Fine).ShouldBeNull();
        DelegationDecision.WhyNot(Fine with { LastDay = Today }).ShouldBeNull("one day is a time too");
        Why(Fine with { LastDay = Today.AddDays(14) }).ShouldBe((typeof(DelegationTooLong), "lastDay"));
    }

    [Fact]
    public void Each_fault_has_its_refusal_and_its_field()
    {
        Why(Fine with { From = Today.AddDays(-1) }).ShouldBe((typeof(DelegationInThePast), "from"));
        Why(Fine with { From = Today.AddYears(1).AddDays(1), LastDay = Today.AddYears(1).AddDays(2) }).ShouldBe((typeof(DelegationTooFarAhead), "from"));
        DelegationDecision.WhyNot(Fine with { From = Today.AddYears(1), LastDay = Today.AddYears(1) }).ShouldBeNull("a year ahead is near enough");
        Why(Fine with { From = Today.AddDays(2), LastDay = Today.AddDays(1) }).ShouldBe((typeof(DelegationEndsTooEarly), "lastDay"));
        Why(Fine with { OwnRight = false }).ShouldBe((typeof(NothingToHandOver), null));
        Why(Fine with { Anyway = true }).ShouldBe((typeof(ApprovesAnyway), "to"));
        Why(Fine with { Fit = false }).ShouldBe((typeof(MayNotStandIn), "to"));
        Why(Fine with { Concerned = true }).ShouldBe((typeof(StandInIsConcerned), "to"));
        Why(Fine with { Anyway = true, Fit = false }).ShouldBe((typeof(ApprovesAnyway), "to"), "who approves anyway is not told that they may not");
        DelegationDecision.WhyNot(Fine with { From = Today.AddDays(-1) })!.Next.ShouldContain("2026-11-23");
    }

    [Fact]
    public void Either_of_the_two_ends_what_was_signed_until_it_is_over()
    {
        End(Giver, Until.AddTicks(-1), DelegationStep.Signed).ShouldBeNull();
        End(StandIn, From, DelegationStep.Signed).ShouldBeNull();
        End(Other, From, DelegationStep.Signed).ShouldBeOfType<NotYours>();
        End(Giver, From).ShouldBeOfType<DelegationOver>("it was never signed");
        End(Giver, From, DelegationStep.Signed, DelegationStep.Ended).ShouldBeOfType<DelegationOver>();
        End(Giver, Until, DelegationStep.Signed).ShouldBeOfType<DelegationOver>();
    }

    private static Refusal? End(PersonId by, DateTime now, params DelegationStep[] happened) => DelegationDecision.WhyNotEnd(new()
    {
        Id = new(Id(4)),
        Delegator = Giver,
        StandIn = StandIn,
        Branch = null,
        Kinds = "",
        From = From,
        Until = Until,
        Reason = [],
        Signature = new(Id(5)),
        MadeAt = From,
    }, happened, by, now);

    private static (Type?, string?) Why(HandingOver one) => DelegationDecision.WhyNot(one) is { } refusal ? (refusal.GetType(), refusal.Field) : (null, null);

    private static Guid Id(int number) => Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}");
}
