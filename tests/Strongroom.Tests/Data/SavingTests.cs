using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Data;

public abstract class SavingTests<TEngine>(World<TEngine> world) : IClassFixture<World<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Tried = new("test.tried", "Tried");

    [Fact]
    public async Task A_change_without_an_audit_event_is_not_saved()
    {
        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            db.Add(NewType(Act(services), "X1"));
            return await db.SaveChangesAsync();
        }));

        thrown.Message.ShouldContain("LockerType");
        (await world.Read(db => db.Set<LockerType>().AnyAsync(type => type.Code == "X1"))).ShouldBeFalse();
    }

    [Fact]
    public async Task An_event_is_saved_with_its_change_and_waits_for_its_leaf()
    {
        var id = await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = Act(services);
            var type = NewType(act, "X2");
            db.Add(type);
            var made = db.Append(act, new Event(Tried).About(type.Id).With("code", "X2").With("count", 3));
            await db.SaveChangesAsync();
            return made;
        });

        var row = await world.Read(db => db.Set<AuditEvent>().SingleAsync(row => row.Id == id));
        row.LeafHash.ShouldBe(Strongroom.AuditLog.Merkle.TreeHash.OfLeaf(row.Body).Bytes.ToArray());
        System.Text.Encoding.UTF8.GetString(row.Body).ShouldStartWith("""{"at":"2026-11-23T03:30:00.000Z","data":{"code":"X2","count":3},"id":""");
        (await world.Read(db => db.Set<AuditPending>().AnyAsync(pending => pending.Event == id))).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_who_lean_on_the_same_row_cannot_both_save()
    {
        var type = await Add("X3");
        await using var one = world.App.Services.CreateAsyncScope();
        await using var two = world.App.Services.CreateAsyncScope();
        var first = await LeanAndAdd(one.ServiceProvider, type, "X3a");
        var second = await LeanAndAdd(two.ServiceProvider, type, "X3b");

        await first.SaveChangesAsync();
        var lost = await Should.ThrowAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        Collision.Of(lost, second).ShouldBeOfType<Collision.LostRace>();
        (await world.Read(db => db.Set<LockerType>().AnyAsync(row => row.Code == "X3b"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_row_where_only_one_may_be_is_named_by_table_and_columns_on_both_databases()
    {
        await Add("X4");

        var collision = await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = Act(services);
            db.Add(NewType(act, "X4"));
            db.Append(act, new Event(Tried));
            return Collision.Of(await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync()), db);
        });

        collision.ShouldBe(new Collision.NotUnique("locker_type", "code"));
    }

    [Fact]
    public async Task The_log_refuses_to_be_changed_or_deleted()
    {
        await Add("X5");

        foreach (var sql in new[] { "UPDATE audit_event SET kind = 'other'", "DELETE FROM audit_event", "DELETE FROM audit_subject" })
        {
            var thrown = await Should.ThrowAsync<Exception>(() => world.Read(db => db.Database.ExecuteSqlRawAsync(sql)));
            thrown.Message.ShouldContain("append-only");
        }
    }

    [Fact]
    public async Task A_sealed_value_opens_only_in_its_own_row_and_column()
    {
        await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = Act(services);
            var key = act.Seals.NewKey(db, act.NewId<Noun.Person>());
            var row = act.NewGuid();
            var value = key.Seal("person.address", row, "12, MG Road");

            key.Open("person.address", row, value).ShouldBe("12, MG Road");
            Should.Throw<System.Security.Cryptography.CryptographicException>(() => key.Open("person.address", act.NewGuid(), value));
            Should.Throw<System.Security.Cryptography.CryptographicException>(() => key.Open("person.cif", row, value));
            return await Task.FromResult(0);
        });
    }

    private Task<LockerType> Add(string code) => world.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = Act(services);
        var type = NewType(act, code);
        db.Add(type);
        db.Append(act, new Event(Tried).About(type.Id));
        await db.SaveChangesAsync();
        return type;
    });

    private static async Task<StrongroomDb> LeanAndAdd(IServiceProvider services, LockerType on, string code)
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = Act(services);
        db.LeanOn(await db.Set<LockerType>().SingleAsync(row => row.Id == on.Id));
        db.Add(NewType(act, code));
        db.Append(act, new Event(Tried));
        return db;
    }

    private static LockerType NewType(Act act, string code) =>
        new() { Id = act.NewId<Noun.LockerType>(), Code = code, SizeClass = SizeClass.S, Height = 114, Width = 130, Depth = 517 };

    private static Act Act(IServiceProvider services) => new(
        Actor.System, services.GetRequiredService<TimeProvider>().UtcNow(), services.GetRequiredService<Ids>(),
        services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>());
}

public sealed class Saving_on_sqlite(World<Sqlite> world) : SavingTests<Sqlite>(world);

public sealed class Saving_on_postgres(World<Postgres> world) : SavingTests<Postgres>(world);
