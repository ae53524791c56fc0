using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Tests.Modules.Agreements;

/// <summary>When a person can be marked as dead, and what comes back when they live.</summary>
public sealed class DeathRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData(PersonKind.Natural, false, false, 0, 0, null)]
    [InlineData(PersonKind.Natural, false, false, -3, 0, null)]
    [InlineData(PersonKind.Natural, false, false, -3, -3, null)]
    [InlineData(PersonKind.Natural, false, false, -3, -4, "agreements.death-dates-do-not-fit")]
    [InlineData(PersonKind.Natural, false, false, 1, 1, "agreements.death-dates-do-not-fit")]
    [InlineData(PersonKind.Natural, false, false, 0, 1, "agreements.death-dates-do-not-fit")]
    [InlineData(PersonKind.Natural, true, false, -3, 0, "agreements.marked-dead-already")]
    [InlineData(PersonKind.Natural, false, true, -3, 0, "agreements.officer-in-service")]
    [InlineData(PersonKind.Organisation, false, false, -3, 0, "agreements.only-people-die")]
    public void A_person_is_marked_once_by_a_document_that_is_no_older_than_the_death(PersonKind kind, bool standing, bool officer, int died, int paper, string? code) =>
        (DeathRules.WhyNotMark(kind, standing, officer, Today.AddDays(died), Today.AddDays(paper), Today)?.Code).ShouldBe(code);

    [Theory]
    [InlineData(1, 1, "DiedOn")]
    [InlineData(0, 1, "PaperOn")]
    [InlineData(-3, -4, "PaperOn")]
    public void The_date_that_does_not_fit_is_named(int died, int paper, string field) =>
        DeathRules.WhyNotMark(PersonKind.Natural, standing: false, officer: false, Today.AddDays(died), Today.AddDays(paper), Today)!.Field.ShouldBe(field);

    [Fact]
    public void Only_who_is_marked_is_marked_as_living_again()
    {
        DeathRules.WhyNotReverse(standing: true).ShouldBeNull();
        DeathRules.WhyNotReverse(standing: false).ShouldBeOfType<NotMarkedDead>();
    }

    [Theory]
    [InlineData(true, null, false, true)]
    [InlineData(true, 0, false, true)]
    [InlineData(true, -1, false, false)]
    [InlineData(true, null, true, false)]
    [InlineData(false, null, false, false)]
    public void A_letter_is_given_back_while_its_hire_goes_on_through_its_last_day_unless_something_stands_in_its_way(bool open, int? until, bool another, bool back) =>
        DeathRules.GivenBack(open, until is { } days ? Today.AddDays(days) : null, another, Today).ShouldBe(back);
}
