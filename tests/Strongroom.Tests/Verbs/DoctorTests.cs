using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Verbs;

public abstract class DoctorTests<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task A_sound_bank_has_nothing_broken()
    {
        await using var bank = await BankFolder<TEngine>.Make();

        var run = await VerbRun.Of(["doctor", .. bank.Options()]);

        run.Output.ShouldContain("Nothing is broken.");
        run.Code.ShouldBe(0, run.Output);
        run.Output.ShouldContain("mail");
    }

    [Fact]
    public async Task Lost_keys_are_named()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        Directory.Delete(bank.Keys, recursive: true);

        var run = await VerbRun.Of(["doctor", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Output.ShouldContain(bank.Keys);
    }

    [Fact]
    public async Task A_version_of_the_key_that_rows_are_wrapped_with_and_that_is_gone_is_named()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        await Change(bank, async (db, services) =>
        {
            services.GetRequiredService<Seals>().NewKey(db, services.GetRequiredService<Ids>().New<Noun.Person>(DateTime.UnixEpoch));
            await db.SaveChangesAsync();
        });
        File.Move(Path.Combine(bank.Keys, "kek-1.key"), Path.Combine(bank.Keys, "kek-2.key"));
        File.WriteAllText(Path.Combine(bank.Keys, "kek-1.key"), Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(bank.Keys, "kek-1.key"), UnixFileMode.UserRead);

        var run = await VerbRun.Of(["doctor", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Output.Split('\n').ShouldContain(line => line.StartsWith("FAIL  keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_lost_its_triggers_is_found()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        await Change(bank, (db, _) => db.Database.ExecuteSqlRawAsync(
            db.OneWriter ? "DROP TRIGGER audit_event_no_delete" : "DROP TRIGGER audit_event_append_only ON audit_event"));

        var run = await VerbRun.Of(["doctor", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Output.ShouldContain("append-only triggers are missing");
    }

    [Fact]
    public async Task A_clock_that_is_behind_the_log_is_found()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        await Change(bank, (db, _) => db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO audit_event (id, at, kind, actor, body, leaf_hash) VALUES ('ffffffff-0000-7000-8000-000000000000', '2990-01-01 00:00:00', 'test.tried', NULL, {(db.OneWriter ? "x'00'" : "'\\x00'")}, {(db.OneWriter ? "x'00'" : "'\\x00'")})"));

        var run = await VerbRun.Of(["doctor", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Output.ShouldContain("still to come");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_finding_and_not_the_end()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        var run = await VerbRun.Of("doctor", "--environment", "Development", "--data", bank.Folder, "--ConnectionStrings:Strongroom",
            "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=2");

        run.Code.ShouldBe(1);
        run.Output.Split('\n').ShouldContain(line => line.StartsWith("FAIL  database", StringComparison.Ordinal));
        run.Output.ShouldContain("disk");
    }

    private protected static async Task Change(BankFolder<TEngine> bank, Func<StrongroomDb, IServiceProvider, Task> change)
    {
        await using var app = StrongroomApp.Build(bank.Options());
        await using var scope = app.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<StrongroomDb>(), scope.ServiceProvider);
    }
}

public sealed class Doctor_on_sqlite : DoctorTests<Sqlite>
{
    [Fact]
    public async Task A_migration_lock_that_a_dead_process_left_is_found()
    {
        await using var bank = await BankFolder<Sqlite>.Make();
        await Change(bank, (db, _) => db.Database.ExecuteSqlRawAsync("""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-22 08:00:00+00:00');
            """));

        var run = await VerbRun.Of(["doctor", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Output.ShouldContain("__EFMigrationsLock");
    }
}

public sealed class Doctor_on_postgres : DoctorTests<Postgres>;
