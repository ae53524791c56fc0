using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Branches;

public abstract class LockerTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_run_of_lockers_stands_row_by_row_and_counts_up()
    {
        var cabinet = await NewCabinet("East wall");

        var added = await bank.By(bank.Admin, (AddLockers add) => add.Handle(cabinet, Run("A-098", 5, columns: 2), default)).Fine();

        added.LastNumber.ShouldBe("A-102");
        (await bank.By(bank.Manager, (ReadLockers read) => read.InVault(bank.Vault, default)))!.Where(locker => locker.Cabinet == cabinet)
            .Select(locker => (locker.Number, locker.Row, locker.Column))
            .ShouldBe([("A-098", 1, 1), ("A-099", 1, 2), ("A-100", 2, 1), ("A-101", 2, 2), ("A-102", 3, 1)]);
        (await bank.LastEvent(added.Ids[4])).ShouldContain("branches.lockers-added");
    }

    [Fact]
    public async Task A_number_is_given_once_in_a_branch()
    {
        var refusal = await bank.By(bank.Admin, (AddLockers add) => add.Handle(bank.Cabinet, Run("106", 3, firstRow: 20), default))
            .RefusedWith(409, "branches.locker-number-taken");

        refusal.Title.ShouldContain("106");
        refusal.Field.ShouldBe("firstNumber");
    }

    [Fact]
    public async Task Two_lockers_cannot_stand_in_one_place()
    {
        var refusal = await bank.By(bank.Admin, (AddLockers add) => add.Handle(bank.Cabinet, Run("901", 2, firstRow: 2), default)).RefusedWith(409, "branches.place-taken");

        refusal.Title.ShouldContain("row 2, column 1");
    }

    [Theory]
    [InlineData("number", "branches.locker-number-taken")]
    [InlineData("place", "branches.place-taken")]
    public async Task Of_two_officers_who_enter_the_same_locker_at_once_one_is_refused_by_the_database(string what, string code)
    {
        var (one, other) = (await NewCabinet($"One {what}"), await NewCabinet($"Other {what}"));
        var first = Run(what == "number" ? "7001" : "7101", 1);
        var second = what == "number" ? first : first with { FirstNumber = "7102" };

        var race = await Task.WhenAll(
            bank.By(bank.Admin, (AddLockers add) => add.Handle(one, first, default)),
            bank.By(bank.Admin, (AddLockers add) => add.Handle(what == "number" ? other : one, second, default)));

        race.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        race.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task The_usual_types_are_added_once_beside_the_banks_own()
    {
        var added = await bank.By(bank.Admin, (UseUsualTypes use) => use.Handle(default)).Fine();

        added.Codes.ShouldBe(["B", "C", "D", "E", "F", "G", "H", "L"], "A was there");
        await bank.By(bank.Admin, (UseUsualTypes use) => use.Handle(default)).RefusedWith(409, "branches.usual-types-there");
        await bank.By(bank.Admin, (AddLockerType add) => add.Handle(new("L", SizeClass.XL, 406, 508, 517), default)).RefusedWith(409, "branches.type-code-taken");
        await bank.By(bank.Manager, (AddLockerType add) => add.Handle(new("Z", SizeClass.XL, 406, 508, 517), default)).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task A_custodian_takes_a_locker_out_of_service_and_back_with_a_reason()
    {
        var locker = bank.Lockers[0];
        await Set(bank.Custodian, locker, LockerCondition.UnderRepair, ConditionReason.LockJams, version: 1).Fine();

        var seen = (await bank.By(bank.Counter, (ReadLockers read) => read.One(locker, default)))!;
        (seen.Condition, seen.ConditionReason, seen.ConditionSince).ShouldBe((LockerCondition.UnderRepair, ConditionReason.LockJams, bank.Clock.UtcNow()));
        (await bank.LastEvent(locker)).ShouldContain("InService → UnderRepair");
        await Set(bank.Custodian, locker, LockerCondition.OutOfService, ConditionReason.DoorDamaged, version: 1).RefusedWith(412, "stale");
        await Set(bank.Custodian, locker, LockerCondition.OutOfService, ConditionReason.DoorDamaged, version: null).RefusedWith(428, "version-missing");
        await Set(bank.Custodian, locker, LockerCondition.UnderRepair, ConditionReason.LockJams, version: 2).RefusedWith(409, "branches.condition-already");
        await Set(bank.Custodian, locker, LockerCondition.InService, ConditionReason.Repaired, version: 2).Fine();
    }

    [Fact]
    public async Task A_locker_of_another_branch_is_not_there()
    {
        (await bank.By(bank.ManagerOfFort, (ReadLockers read) => read.One(bank.Lockers[1], default))).ShouldBeNull();
        (await bank.By(bank.ManagerOfFort, (ReadLockers read) => read.InVault(bank.Vault, default))).ShouldBeNull();
        await Set(bank.ManagerOfFort, bank.Lockers[1], LockerCondition.OutOfService, ConditionReason.Rebuilding, version: 1).RefusedWith(404, "not-found");
        await bank.By(bank.ManagerOfFort, (AddCabinet add) => add.Handle(bank.Vault, new("Mine", null, null), default)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Who_may_read_may_not_change_the_condition() =>
        await Set(bank.Counter, bank.Lockers[2], LockerCondition.OutOfService, ConditionReason.Rebuilding, version: 1).RefusedWith(403, "not-allowed");

    [Fact]
    public async Task A_locker_is_read_with_its_place_and_size_in_one_sql()
    {
        var seen = (await bank.By(bank.Custodian, (ReadLockers read) => read.One(bank.Lockers[4], default)))!;

        seen.ShouldSatisfyAllConditions(
            () => seen.Number.ShouldBe("105"), () => seen.VaultName.ShouldBe("Vault 1"), () => seen.CabinetName.ShouldBe("North wall"),
            () => (seen.Row, seen.Column).ShouldBe((2, 2)), () => (seen.Height, seen.Width, seen.Depth).ShouldBe((114, 130, 517)), () => seen.Version.ShouldBe(1));
    }

    private async Task<CabinetId> NewCabinet(string name) => (await bank.By(bank.Admin, (AddCabinet add) => add.Handle(bank.Vault, new(name, "Godrej", null), default)).Fine()).Id;

    private AddLockersRequest Run(string first, int count, int firstRow = 1, int columns = 3) => new(bank.TypeA, LockKind.Mechanical, first, count, firstRow, 1, columns);

    private Task<Outcome<Done>> Set(Actor actor, LockerId locker, LockerCondition condition, ConditionReason reason, long? version) =>
        bank.By(actor, (SetCondition set) => set.Handle(locker, new(condition, reason), default), version);
}

public sealed class Lockers_on_sqlite(OfficeWorld<Sqlite> bank) : LockerTests<Sqlite>(bank);

public sealed class Lockers_on_postgres(OfficeWorld<Postgres> bank) : LockerTests<Postgres>(bank);
