using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Keys;

public abstract class KeyTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_guard_keys_ledger_begins_in_the_safe()
    {
        var key = await bank.By(bank.Custodian, (RegisterGuardKey register) => register.Handle(new(bank.Vault, "G-1"), default)).Fine();

        var now = await bank.Read(db => db.CustodyFacts().SingleAsync(row => row.Key == key.Id));
        (now.Holder, now.Since, now.Vault).ShouldBe((null, bank.Clock.UtcNow(), bank.Vault));
        (await bank.LastEvent(key.Id)).ShouldContain("keys.guard-key-registered");
        await bank.By(bank.Custodian, (RegisterGuardKey register) => register.Handle(new(bank.Vault, "G-1"), default)).RefusedWith(409, "keys.number-taken");
        await bank.By(bank.ManagerOfFort, (RegisterGuardKey register) => register.Handle(new(bank.VaultAtFort, "G-1"), default)).Fine();
    }

    [Fact]
    public async Task Keys_of_another_branch_are_not_there()
    {
        await bank.By(bank.ManagerOfFort, (RegisterGuardKey register) => register.Handle(new(bank.Vault, "G-9"), default)).RefusedWith(404, "not-found");
        await bank.By(bank.ManagerOfFort, (RegisterHirerKey register) => register.Handle(new(bank.Lockers[0], "9", null), default)).RefusedWith(404, "not-found");
        (await bank.By(bank.ManagerOfFort, (ReadKeys read) => read.OfLocker(bank.Lockers[0], default))).ShouldBeNull();
        (await bank.By(bank.ManagerOfFort, (ReadKeys read) => read.Custody(bank.MgRoad, 0, default))).ShouldBeNull();
        await bank.By(bank.Counter, (RegisterHirerKey register) => register.Handle(new(bank.Lockers[0], "9", null), default)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task A_hirers_key_without_the_banks_code_is_noted_and_embossed_later()
    {
        var locker = bank.Lockers[1];
        var key = (await bank.By(bank.Custodian, (RegisterHirerKey register) => register.Handle(new(locker, "102/1", Embossed: null), default)).Fine()).Id;
        (await bank.By(bank.Custodian, (ReadKeys read) => read.OfLocker(locker, default)))!.Single().Embossed.ShouldBeNull();

        await bank.By(bank.Custodian, (NoteEmbossing note) => note.Handle(key, new(true), default)).RefusedWith(428, "version-missing");
        await bank.By(bank.Custodian, (NoteEmbossing note) => note.Handle(key, new(true), default), version: 1).Fine();
        await bank.By(bank.Custodian, (NoteEmbossing note) => note.Handle(key, new(false), default), version: 1).RefusedWith(412, "stale");
        (await bank.LastEvent(locker)).ShouldContain("unknown → yes");
        (await bank.By(bank.Custodian, (ReadKeys read) => read.OfLocker(locker, default)))!.Single().Embossed.ShouldBe(true);
    }

    [Fact]
    public async Task Two_hirers_keys_of_a_branch_have_two_numbers_but_may_share_one_with_a_guard_key()
    {
        await bank.By(bank.Custodian, (RegisterHirerKey register) => register.Handle(new(bank.Lockers[2], "500", true), default)).Fine();
        await bank.By(bank.Custodian, (RegisterHirerKey register) => register.Handle(new(bank.Lockers[3], "500", true), default)).RefusedWith(409, "keys.number-taken");
        await bank.By(bank.Custodian, (RegisterGuardKey register) => register.Handle(new(bank.Vault, "500"), default)).Fine();
    }

    [Fact]
    public async Task An_electronic_locker_has_no_key_and_a_guard_key_is_not_embossed()
    {
        var cabinet = await bank.By(bank.Admin, (AddCabinet add) => add.Handle(bank.Vault, new("Smart wall", null, null), default)).Fine();
        var smart = await bank.By(bank.Admin, (AddLockers add) => add.Handle(cabinet.Id, new(bank.TypeA, LockKind.Electronic, "901", 1, 1, 1, 1), default)).Fine();
        await bank.By(bank.Custodian, (RegisterHirerKey register) => register.Handle(new(smart.Ids[0], "901/1", null), default)).RefusedWith(422, "keys.locker-has-no-key");

        var guard = await bank.By(bank.Custodian, (RegisterGuardKey register) => register.Handle(new(bank.Vault, "G-7"), default)).Fine();
        await bank.By(bank.Custodian, (NoteEmbossing note) => note.Handle(guard.Id, new(true), default), version: 1).RefusedWith(422, "keys.only-hirer-keys");
    }

    [Fact]
    public async Task A_key_has_one_holder_by_the_database_itself()
    {
        var collision = await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = bank.Act(services);
            var key = new Key { Id = act.NewId<Noun.Key>(), Branch = bank.MgRoad, Kind = KeyKind.Guard, Number = "twice", Vault = bank.Vault };
            db.Add(key);
            foreach (var holder in new[] { bank.Custodian.Person, bank.Manager.Person })
                db.Add(new Custody { Id = act.NewId<Noun.Custody>(), Key = key.Id, Holder = holder, From = act.Now, GivenBy = null, TakenBy = null });
            db.Append(act, new Event(KeysAudit.GuardKeyRegistered));
            return Collision.Of(await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync()), db);
        });

        collision.ShouldBe(new Collision.NotUnique("custody", "key"));
    }
}

public sealed class Keys_on_sqlite(OfficeWorld<Sqlite> bank) : KeyTests<Sqlite>(bank);

public sealed class Keys_on_postgres(OfficeWorld<Postgres> bank) : KeyTests<Postgres>(bank);
