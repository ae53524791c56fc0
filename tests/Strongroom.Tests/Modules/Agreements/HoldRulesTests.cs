using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>The table of holds, line by line, and who lifts a freeze.</summary>
public sealed class HoldRulesTests
{
    private const string Order = "Number and date of the order";

    private static readonly PersonId One = Person(1), Other = Person(2), Officer = Person(9);

    private static readonly PersonId[] Hirers = [One, Other];

    [Theory]
    [InlineData(HoldKind.Court, "agreements.hold", "agreements.lift", 2, Order, true)]
    [InlineData(HoldKind.Attachment, "agreements.hold", "agreements.lift", 2, Order, true)]
    [InlineData(HoldKind.Death, "agreements.hold", "agreements.lift", 2, null, true)]
    [InlineData(HoldKind.Arrears, "agreements.lift", "agreements.lift", 0, null, false)]
    [InlineData(HoldKind.Freeze, "agreements.hold", "agreements.lift", 2, null, true)]
    [InlineData(HoldKind.Suspicion, "agreements.hold", "agreements.lift", 0, null, false)]
    public void Each_kind_of_hold_has_its_line(HoldKind kind, string placed, string lifted, int others, string? paper, bool paperToLift)
    {
        var rule = HoldRules.Of(kind);
        var policy = new ApprovalPolicy { OthersForHold = 2, OthersForPrecaution = 0 };
        (rule.PlaceRight, rule.LiftRight, rule.OthersToLift(policy), rule.PaperToPlace, rule.PaperToLift is not null).ShouldBe((placed, lifted, others, paper, paperToLift));
        rule.ByHirer.ShouldBe(kind == HoldKind.Freeze);
        rule.ByClient.ShouldBe(kind is not HoldKind.Freeze and not HoldKind.Suspicion);
        rule.MayStandTwice.ShouldBe(kind is HoldKind.Court or HoldKind.Attachment);
    }

    [Theory]
    [InlineData(HoldKind.Court, false, true)]
    [InlineData(HoldKind.Court, true, false)]
    [InlineData(HoldKind.Attachment, true, false)]
    [InlineData(HoldKind.Death, false, true)]
    [InlineData(HoldKind.Arrears, false, true)]
    [InlineData(HoldKind.Freeze, false, true)]
    [InlineData(HoldKind.Suspicion, false, false)]
    public void The_hirer_is_told_unless_the_order_forbids_it_or_telling_would_warn_the_wrong_one(HoldKind kind, bool forbidden, bool told)
    {
        HoldRules.Of(kind).TellsHirer(forbidden).ShouldBe(told);
        HoldForHirer.Words(new HoldFacts { Kind = kind, TellHirer = told }).ShouldNotBeEmpty();
        HoldForHirer.Words(new HoldFacts { Kind = kind, TellHirer = false }).ShouldBe("Please speak with your branch.");
    }

    [Theory]
    [InlineData(HoldKind.Court, null, false, "agreements.hold-paper-missing", "Paper")]
    [InlineData(HoldKind.Court, " ", false, "agreements.hold-paper-missing", "Paper")]
    [InlineData(HoldKind.Court, "13/2026", false, null, null)]
    [InlineData(HoldKind.Court, "13/2026", true, null, null)]
    [InlineData(HoldKind.Death, null, false, null, null)]
    [InlineData(HoldKind.Death, null, true, "agreements.hirer-must-be-told", "Secret")]
    [InlineData(HoldKind.Suspicion, null, true, null, null)]
    public void What_is_missing_when_it_is_placed_is_named(HoldKind kind, string? paper, bool forbidden, string? code, string? field)
    {
        var refusal = HoldRules.WhyNotPlace(kind, paper, forbidden);
        (refusal?.Code, refusal?.Field).ShouldBe((code, field));
    }

    [Fact]
    public void Every_kind_stands_in_the_table_once() => HoldRules.All.Select(rule => rule.Kind).ShouldBe(Enum.GetValues<HoldKind>());

    [Fact]
    public void A_hold_that_nobody_ever_confirmed_is_lifted_without_a_paper()
    {
        HoldRules.WhyNotLift(HoldKind.Court, null, unconfirmed: true).ShouldBeNull();
        HoldRules.WhyNotLift(HoldKind.Court, null, unconfirmed: false).ShouldBeOfType<HoldPaperMissing>().Field.ShouldBe("Paper");
        HoldRules.WhyNotLift(HoldKind.Court, "13/2026", unconfirmed: false).ShouldBeNull();
    }

    [Fact]
    public void A_freeze_may_be_lifted_by_passkey_when_it_is_twenty_four_hours_old_to_the_millisecond()
    {
        var since = new DateTime(2026, 11, 23, 5, 30, 0, DateTimeKind.Utc);
        FreezeRules.FreeFrom(since).ShouldBe(new DateTime(2026, 11, 24, 5, 30, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void What_one_hirer_froze_the_other_does_not_lift_and_what_an_officer_froze_any_hirer_does()
    {
        FreezeRules.Mine(One, One, Hirers).ShouldBeTrue();
        FreezeRules.Mine(Other, One, Hirers).ShouldBeFalse();
        FreezeRules.Mine(Other, Officer, Hirers).ShouldBeTrue();
        FreezeRules.Mine(Other, null, Hirers).ShouldBeTrue();
        FreezeRules.Mine(Officer, Officer, Hirers).ShouldBeFalse();
    }

    private static PersonId Person(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
