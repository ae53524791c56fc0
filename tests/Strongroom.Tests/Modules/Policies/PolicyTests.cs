using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Access;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Policies;

public abstract class PolicyTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    private const string Kind = nameof(AccessPolicy);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public async Task Where_nobody_has_decided_the_laws_own_numbers_count()
    {
        var branch = await NewBranch("101");

        var now = await At(branch, Today.AddYears(-3));

        now.Stamp.ShouldBe("AccessPolicy of pack IN 2026-1");
        (now.Values.PhotographYears, now.Values.RentGraceDays, now.Values.FreeVisits, now.Values.UndoMinutes).ShouldBe((5, 30, 12, 10));
        (now.Values.WarningsThatRefuse, now.Values.SecondOfficer).ShouldBe(("", false));
    }

    [Fact]
    public async Task A_branchs_decision_stands_before_the_banks_as_a_whole_from_its_day_on()
    {
        var (here, elsewhere) = (await NewBranch("102"), await NewBranch("103"));
        var bankSet = await bank.By(bank.Admin, (SetPolicy set) => set.Handle(Kind, new("IN", Today.AddDays(30), Values(("photographYears", 4), ("freeVisits", 6))), default)).Fine();
        await bank.By(bank.Admin, (SetBranchPolicy set) => set.Handle(here, Kind, new(Today.AddDays(40), Values(("photographYears", 3))), default)).Fine();

        (await At(here, Today.AddDays(29))).Values.PhotographYears.ShouldBe(5, "the day before the bank's");
        (await At(here, Today.AddDays(30))).Stamp.ShouldBe($"AccessPolicy {bankSet.Number} of the bank, pack IN 2026-1");
        (await At(here, Today.AddDays(39))).Values.ShouldSatisfyAllConditions(now => now.PhotographYears.ShouldBe(4), now => now.FreeVisits.ShouldBe(6));
        var own = await At(here, Today.AddDays(40));
        own.Stamp.ShouldBe("AccessPolicy 1 of the branch, pack IN 2026-1");
        own.Values.PhotographYears.ShouldBe(3);
        own.Values.FreeVisits.ShouldBe(12, "what the branch left out is the law's own number, not the bank's");
        (await At(elsewhere, Today.AddDays(40))).Values.PhotographYears.ShouldBe(4, "the other branch follows the bank");
    }

    [Fact]
    public async Task Of_two_decisions_for_one_day_the_later_counts_and_both_are_kept()
    {
        var branch = await NewBranch("104");
        await SetAt(branch, 3).Fine();
        var second = await SetAt(branch, 2).Fine();

        second.Number.ShouldBe(2);
        (await At(branch, Today)).ShouldSatisfyAllConditions(
            now => now.Values.PhotographYears.ShouldBe(2), now => now.Stamp.ShouldStartWith("AccessPolicy 2 of the branch"));
        var detail = (await bank.By(bank.Admin, (ReadPolicies read) => read.One(Kind, new("IN", branch), Today, default)))!;
        detail.Versions.Select(version => version.Number).ShouldBe([2, 1]);
        (await bank.LastEvent(second.Id!.Value)).ShouldSatisfyAllConditions(
            body => body.ShouldContain("\"photographYears\":\"3 years → 2 years\""), body => body.ShouldContain("\"effective-from\":\"2026-11-23\""));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task A_value_outside_the_limits_is_refused_by_name(int years, bool allowed)
    {
        var branch = await NewBranch($"11{years:00}");
        if (allowed)
        {
            await SetAt(branch, years).Fine();
            return;
        }
        var refusal = await SetAt(branch, years).RefusedWith(422, "policies.outside-limits");
        refusal.Title.ShouldBe("A photograph counts as old after: pack IN 2026-1 allows 1 to 10 years.");
        refusal.Field.ShouldBe("values.photographYears");
    }

    [Fact]
    public async Task A_policy_begins_today_or_later_by_the_branchs_own_date()
    {
        // Half past one in the night of the 24th in India; still the 23rd in Greenwich.
        var night = new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);
        var own = new OfficeWorld<TEngine>();
        await own.InitializeAsync();
        await using var _ = own;
        own.Clock.SetUtcNow(night);

        await own.By(own.Admin, (SetBranchPolicy set) => set.Handle(own.MgRoad, Kind, new(new(2026, 11, 23), Values()), default)).RefusedWith(422, "policies.in-the-past");
        await own.By(own.Admin, (SetBranchPolicy set) => set.Handle(own.MgRoad, Kind, new(new(2026, 11, 24), Values()), default)).Fine();
        await own.By(own.Admin, (SetPolicy set) => set.Handle(Kind, new("IN", new(2026, 11, 23), Values()), default)).Fine();
        await own.By(own.Admin, (SetPolicy set) => set.Handle(Kind, new("IN", new(2026, 11, 22), Values()), default)).RefusedWith(422, "policies.in-the-past");
    }

    [Fact]
    public async Task A_setting_that_is_none_and_a_value_of_another_kind_are_malformed()
    {
        (await Set(("colour", 1)).RefusedWith(400, "malformed")).Field.ShouldBe("values.colour");
        (await Set(("photographYears", "five")).RefusedWith(400, "malformed")).Field.ShouldBe("values.photographYears");
        (await Set(("photographYears", 2.5)).RefusedWith(400, "malformed")).Field.ShouldBe("values.photographYears");
        (await Set(("secondOfficer", "yes")).RefusedWith(400, "malformed")).Field.ShouldBe("values.secondOfficer");
        await bank.By(bank.Admin, (SetPolicy set) => set.Handle("NoPolicy", new("IN", Today, Values()), default)).RefusedWith(404, "not-found");
        await bank.By(bank.Admin, (SetPolicy set) => set.Handle(Kind, new("XX", Today, Values()), default)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Only_head_office_decides()
    {
        await bank.By(bank.Manager, (SetPolicy set) => set.Handle(Kind, new("IN", Today, Values()), default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Manager, (SetBranchPolicy set) => set.Handle(bank.MgRoad, Kind, new(Today, Values()), default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Manager, (SetBranchPolicy set) => set.Handle(bank.Fort, Kind, new(Today, Values()), default)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Two_decisions_at_the_same_moment_have_two_numbers_or_one_is_asked_to_look_again()
    {
        var branch = await NewBranch("106");

        var race = await Task.WhenAll(SetAt(branch, 2), SetAt(branch, 3), SetAt(branch, 4));

        race.ShouldAllBe(outcome => outcome.Refusal == null || outcome.Refusal.Code == "changed-meanwhile");
        var detail = (await bank.By(bank.Admin, (ReadPolicies read) => read.One(Kind, new("IN", branch), Today, default)))!;
        detail.Versions.Select(version => version.Number).ShouldBeUnique();
        detail.Versions.Count.ShouldBe(race.Count(outcome => outcome.Refusal is null));
    }

    [Fact]
    public async Task What_was_decided_is_never_edited()
    {
        var branch = await NewBranch("107");
        await SetAt(branch, 3).Fine();

        var thrown = await Should.ThrowAsync<Exception>(() => bank.Read(db => db.Database.ExecuteSqlRawAsync("UPDATE policy_version SET number = 9")));
        thrown.Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task The_list_says_what_is_in_force_and_what_is_to_come()
    {
        var branch = await NewBranch("108");
        await bank.By(bank.Admin, (SetBranchPolicy set) => set.Handle(branch, Kind, new(Today.AddDays(5), Values(("undoMinutes", 0))), default)).Fine();

        var line = (await bank.By(bank.Admin, (ReadPolicies read) => read.All(new("IN", branch), Today, default))).Single(line => line.Kind == Kind);

        line.Title.ShouldBe("Access policy");
        line.Next.ShouldBe(Today.AddDays(5));
        (await At(branch, Today.AddDays(5))).Values.UndoMinutes.ShouldBe(0);
    }

    private async Task<BranchId> NewBranch(string code) =>
        (await bank.By(bank.Admin, (OpenBranch open) => open.Handle(new(code, $"Branch {code}", "Asia/Kolkata", "IN", LocationClass.Urban), default)).Fine()).Id;

    private Task<InForce<AccessPolicy>> At(BranchId branch, DateOnly date) => bank.By(Actor.System, (PolicyBook book) => book.At<AccessPolicy>("IN", branch, date, default));

    private Task<Outcome<PolicySet>> SetAt(BranchId branch, int years) =>
        bank.By(bank.Admin, (SetBranchPolicy set) => set.Handle(branch, Kind, new(Today, Values(("photographYears", years))), default));

    private Task<Outcome<PolicySet>> Set(params (string, object)[] values) =>
        bank.By(bank.Admin, (SetBranchPolicy set) => set.Handle(bank.MgRoad, Kind, new(Today, Values(values)), default));

    private static Dictionary<string, JsonElement> Values(params (string Name, object Value)[] values) =>
        values.ToDictionary(value => value.Name, value => JsonSerializer.SerializeToElement(value.Value));
}

public sealed class Policies_on_sqlite(OfficeWorld<Sqlite> bank) : PolicyTests<Sqlite>(bank);

public sealed class Policies_on_postgres(OfficeWorld<Postgres> bank) : PolicyTests<Postgres>(bank);
