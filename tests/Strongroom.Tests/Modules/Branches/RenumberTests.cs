using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Branches;

public abstract class RenumberTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_locker_gets_another_number_and_keeps_its_former_ones_with_their_time()
    {
        var locker = bank.Lockers[0];
        var first = bank.Clock.UtcNow();
        await Renumber(locker, "N-101").Fine();
        bank.Clock.Advance(TimeSpan.FromDays(10));
        var second = bank.Clock.UtcNow();
        await Renumber(locker, "101").Fine();
        bank.Clock.Advance(TimeSpan.FromDays(10));
        await Renumber(locker, "N-101").Fine();

        (await One(locker)).Number.ShouldBe("N-101");
        (await bank.By(bank.Admin, (ReadLockers read) => read.Former(locker, default)))
            .ShouldBe([new("101", second, bank.Clock.UtcNow()), new("N-101", first, second), new("101", null, first)]);
        (await bank.LastEvent(locker)).ShouldContain("branches.locker-renumbered");
    }

    [Fact]
    public async Task A_number_is_one_lockers_now_and_free_again_when_it_is_given_up()
    {
        var (one, other) = (bank.Lockers[1], bank.Lockers[2]);
        (await Renumber(one, "103").RefusedWith(409, "branches.locker-number-taken")).Title.ShouldContain("103");
        await Renumber(one, "102").RefusedWith(409, "branches.number-already");

        await Renumber(other, "N-103").Fine();
        await Renumber(one, "103").Fine();
    }

    [Fact]
    public async Task Only_head_office_renumbers_and_says_which_version_it_saw()
    {
        var locker = bank.Lockers[3];
        await bank.By(bank.Admin, (RenumberLocker renumber) => renumber.Handle(locker, new("X-1"), default)).RefusedWith(428, "version-missing");
        await bank.By(bank.Manager, (RenumberLocker renumber) => renumber.Handle(locker, new("X-1"), default), 1).RefusedWith(403, "not-allowed");
        await bank.By(bank.ManagerOfFort, (RenumberLocker renumber) => renumber.Handle(locker, new("X-1"), default), 1).RefusedWith(404, "not-found");
    }

    private async Task<LockerDetail> One(LockerId id) => (await bank.By(bank.Admin, (ReadLockers read) => read.One(id, default)))!;

    private async Task<Outcome<Done>> Renumber(LockerId id, string number)
    {
        var version = await bank.VersionOf<Locker>(row => row.Id == id);
        return await bank.By(bank.Admin, (RenumberLocker renumber) => renumber.Handle(id, new(number), default), version);
    }
}

public sealed class Renumbering_on_sqlite(OfficeWorld<Sqlite> bank) : RenumberTests<Sqlite>(bank);

public sealed class Renumbering_on_postgres(OfficeWorld<Postgres> bank) : RenumberTests<Postgres>(bank);
