using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Recertifying;

namespace Strongroom.Tests.Modules.Staff;

/// <summary>The year of a posting, day by day, and who may say that it is still needed.</summary>
public sealed class RecertificationRulesTests
{
    private static readonly DateOnly By = new(2026, 11, 23), Lapses = By.AddDays(14);
    private static readonly PersonId Officer = Person(1), Giver = Person(2), Other = Person(3);

    [Theory]
    [InlineData(-31, RecertificationState.Confirmed)]
    [InlineData(-30, RecertificationState.Due)]
    [InlineData(-1, RecertificationState.Due)]
    [InlineData(0, RecertificationState.Overdue)]
    [InlineData(13, RecertificationState.Overdue)]
    [InlineData(14, RecertificationState.Lapsed)]
    public void Each_border_belongs_to_what_follows(int day, RecertificationState state) =>
        RecertificationRules.StateAt(By, Lapses, noticeDays: 30, By.AddDays(day)).ShouldBe(state);

    [Fact]
    public void The_days_are_the_policy_s_counted_from_the_day_it_was_given_or_confirmed() =>
        RecertificationRules.From(new(2026, 1, 31), new() { RecertifyDays = 365, RecertifyGraceDays = 14 }).ShouldBe((new DateOnly(2027, 1, 31), new DateOnly(2027, 2, 14)));

    [Fact]
    public void Another_administrator_confirms_it_when_it_is_on_the_list()
    {
        Why(by: Other, today: By.AddDays(-30)).ShouldBeNull();
        Why(by: Other, today: By.AddDays(-31)).ShouldBeOfType<NotDueYet>().From.ShouldBe(By.AddDays(-30));
        Why(by: Officer, today: By).ShouldBeOfType<OwnPosting>();
    }

    [Fact]
    public void Who_gave_it_leaves_it_to_a_colleague_while_there_is_one()
    {
        Why(by: Giver, today: By, Giver, Other).ShouldBeOfType<GivenByYou>();
        Why(by: Giver, today: By, Giver).ShouldBeNull("nobody else could");
        Why(by: Giver, today: By, Giver, Officer).ShouldBeNull("whose posting it is cannot");
        Why(by: Other, today: By, Giver, Other).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void An_administrator_s_posting_lapses_only_while_two_others_stand(int others, bool stays) =>
        RecertificationRules.LastAdministratorsStay(others).ShouldBe(stays);

    private static Refusal? Why(PersonId by, DateOnly today, params PersonId[] administrators) =>
        RecertificationRules.WhyNotConfirm(new(Officer, Giver, administrators.ToHashSet(), By), by, noticeDays: 30, today);

    private static PersonId Person(int number) => new(Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}"));
}
