using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Tests.Modules.Staff;

public sealed class DutiesTests
{
    private static readonly BranchId Here = new(new("01900000-0000-7000-8000-000000000001")), There = new(new("01900000-0000-7000-8000-000000000002"));
    private static readonly DateOnly Day = new(2026, 12, 1);

    [Theory]
    [InlineData(Role.Admin, Role.Manager, true)]
    [InlineData(Role.Admin, Role.Custodian, true)]
    [InlineData(Role.Admin, Role.Auditor, true)]
    [InlineData(Role.Auditor, Role.Security, true)]
    [InlineData(Role.Auditor, Role.CounterOfficer, true)]
    [InlineData(Role.Manager, Role.Custodian, true)]
    [InlineData(Role.Security, Role.Custodian, true)]
    [InlineData(Role.CounterOfficer, Role.Custodian, false)]
    [InlineData(Role.CounterOfficer, Role.Manager, false)]
    public void Some_roles_belong_apart_whichever_comes_first(Role one, Role other, bool apart)
    {
        Duties.Conflict(one, other).ShouldBe(apart);
        Duties.Conflict(other, one).ShouldBe(apart);
    }

    [Fact]
    public void A_role_does_not_conflict_with_itself() => Enum.GetValues<Role>().Where(role => Duties.Conflict(role, role)).ShouldBeEmpty();

    [Theory]
    [InlineData(Role.CounterOfficer, false, Role.Manager, true)]
    [InlineData(Role.Manager, false, Role.Manager, true)]
    [InlineData(Role.Custodian, false, Role.Manager, false)]
    [InlineData(Role.Manager, true, Role.Admin, true)]
    [InlineData(Role.Manager, false, Role.Admin, false)]
    [InlineData(Role.Custodian, true, Role.Admin, false)]
    [InlineData(Role.Admin, true, Role.Manager, false)]
    [InlineData(Role.Auditor, true, Role.Auditor, false)]
    [InlineData(Role.Security, true, Role.CounterOfficer, false)]
    public void Who_stands_in_has_no_duty_that_is_apart_but_a_manager_of_head_office_stands_in_for_an_administrator(Role held, bool headOffice, Role role, bool may) =>
        Duties.StandsIn(held, headOffice, role).ShouldBe(may);

    [Fact]
    public void An_administrator_and_an_auditor_hold_no_other_role()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            if (role != Role.Admin) Duties.Conflict(Role.Admin, role).ShouldBeTrue($"{role}");
            if (role != Role.Auditor) Duties.Conflict(Role.Auditor, role).ShouldBeTrue($"{role}");
        }
    }

    [Theory]
    [InlineData("here", 0, null, true, "the same branch at the same time")]
    [InlineData("there", 0, null, false, "another branch")]
    [InlineData("bank", 0, null, true, "the whole bank meets every branch")]
    [InlineData("here", 31, null, false, "begins on the day the other ends, which is not its day any more")]
    [InlineData("here", 30, null, true, "one day together")]
    [InlineData("here", -10, 0, false, "ends on the day the other begins")]
    [InlineData("here", -10, 1, true, "one day together")]
    public void Duties_meet_where_place_and_time_meet(string where, int from, int? until, bool refused, string why)
    {
        // Manager here for the whole of December.
        var standing = new Posting { Id = default, Officer = default, Branch = Here, Role = Role.Manager, From = Day, Until = Day.AddDays(31), RecertifyBy = DateOnly.MaxValue, LapsesOn = DateOnly.MaxValue };
        BranchId? branch = where switch { "here" => Here, "there" => There, _ => null };

        var fault = Duties.Fault([standing], Role.Custodian, branch, Day.AddDays(from), until is { } days ? Day.AddDays(days) : null);

        (fault is not null).ShouldBe(refused, why);
        if (fault is not null) (fault.Title, fault.Field).ShouldBe(("One person may not be custodian and manager at the same place.", "role"));
    }

    [Theory]
    [InlineData("here", 0, null, true, "both begin on one day: neither counts")]
    [InlineData("here", -10, null, true, "the other was there first")]
    [InlineData("here", 1, null, false, "the other came later, and is kept from counting itself")]
    [InlineData("there", -10, null, false, "another branch")]
    [InlineData("bank", -10, null, true, "the whole bank meets every branch")]
    [InlineData("here", -10, 0, false, "ended on the day this one began")]
    [InlineData("here", -10, 1, true, "a day together")]
    public void A_later_posting_that_conflicts_grants_nothing(string where, int from, int? until, bool kept, string why)
    {
        var mine = new PostingFacts { Id = new(Id(1)), Branch = Here, Role = Role.Custodian, From = Day };
        var other = new PostingFacts { Id = new(Id(2)), Branch = where switch { "here" => Here, "there" => There, _ => null }, Role = Role.Manager, From = Day.AddDays(from), Until = until is { } days ? Day.AddDays(days) : null };

        Duties.KeptFromCounting(mine, [mine, other]).ShouldBe(kept ? other : null, why);
        Duties.KeptFromCounting(mine with { Branch = null }, [mine, other with { Branch = There }]).ShouldBe(kept || where == "there" ? other with { Branch = There } : null, "in the whole bank it meets them all");
        Duties.KeptFromCounting(mine, [mine, other with { Role = Role.CounterOfficer }]).ShouldBeNull("these two go together");
    }

    [Fact]
    public void Of_several_that_conflict_the_earliest_is_named()
    {
        var mine = new PostingFacts { Id = new(Id(1)), Branch = Here, Role = Role.Custodian, From = Day };
        var (late, early) = (new PostingFacts { Id = new(Id(2)), Branch = Here, Role = Role.Manager, From = Day.AddDays(-1) }, new PostingFacts { Id = new(Id(3)), Branch = Here, Role = Role.Security, From = Day.AddDays(-9) });
        Duties.KeptFromCounting(mine, [late, early, mine]).ShouldBe(early);
    }

    [Fact]
    public void What_is_apart_is_named_in_words()
    {
        Duties.ApartFrom(Role.Custodian).ShouldBe([Role.Admin, Role.Manager, Role.Security, Role.Auditor], ignoreOrder: true);
        Enum.GetValues<Role>().Select(Duties.Words).ShouldBeUnique();
        Enum.GetValues<Role>().Select(Duties.Purpose).ShouldBeUnique();
    }

    private static Guid Id(int number) => Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}");
}
