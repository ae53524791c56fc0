using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Verbs;

namespace Strongroom.Tests.Verbs;

public abstract class BackUpTests<TEngine> where TEngine : IEngine
{
    private static readonly AuditKind Tried = new("test.tried", "Tried");

    [Fact]
    public async Task A_backup_brought_to_a_new_place_opens_what_was_sealed()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        var (person, secret) = await Seal(bank.Options(), "12, MG Road");
        var to = Path.Combine(bank.Folder, "backup");

        var run = await VerbRun.Of(["backup", "--to", to, .. bank.Options()]);

        run.Error.ShouldBeEmpty();
        run.Code.ShouldBe(0);
        run.Output.ShouldContain("apart");
        await using var elsewhere = await BankFolder<TEngine>.Make();
        await Restore(to, elsewhere);
        (await Open(elsewhere.Options(), person, secret)).ShouldBe("12, MG Road");
        (await VerbRun.Of(["doctor", .. elsewhere.Options()])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_backup_says_what_each_of_its_files_must_still_be()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        var to = Path.Combine(bank.Folder, "backup");

        await VerbRun.Of(["backup", "--to", to, .. bank.Options()]);

        var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(Path.Combine(to, "manifest.json")), JsonSerializerOptions.Web)!;
        manifest.Files.ShouldNotBeEmpty();
        manifest.Files.ShouldAllBe(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(to, file.Path)))) == file.Sha256);
        manifest.Files.ShouldNotContain(file => file.Path.EndsWith(".key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_overwrites_nothing()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        var to = Path.Combine(bank.Folder, "backup");
        Directory.CreateDirectory(to);

        var run = await VerbRun.Of(["backup", "--to", to, .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Error.ShouldContain("never overwrites");
        Directory.EnumerateFileSystemEntries(to).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_go_to_a_place_of_their_own_when_one_is_named_and_nobody_else_can_read_them()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        var (to, apart) = (Path.Combine(bank.Folder, "backup"), Path.Combine(bank.Folder, "safe"));

        await VerbRun.Of(["backup", "--to", to, "--keys-to", apart, .. bank.Options()]);

        Directory.EnumerateFiles(to, "*.key", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.EnumerateFiles(apart).Select(Path.GetFileName).Order().ShouldBe(["blind.key", "kek-1.key", "log-1.key"]);
        if (!OperatingSystem.IsWindows())
            Directory.EnumerateFiles(apart).ShouldAllBe(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_bank_without_its_keys_is_not_backed_up_as_if_it_were_whole()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        Directory.Delete(bank.Keys, recursive: true);

        var run = await VerbRun.Of(["backup", "--to", Path.Combine(bank.Folder, "backup"), .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Error.ShouldContain("no keys");
        Directory.Exists(Path.Combine(bank.Folder, "backup")).ShouldBeFalse();
    }

    private protected abstract Task Restore(string backup, BankFolder<TEngine> to);

    /// <summary>A value of a person in the log's disclosures: sealed under a key that only this bank's ring unwraps.</summary>
    private static async Task<(PersonId Person, EventId Event)> Seal(string[] options, string value)
    {
        await using var app = StrongroomApp.Build(options);
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<StrongroomDb>();
        var act = new Act(Actor.System, services.GetRequiredService<TimeProvider>().UtcNow(), services.GetRequiredService<Ids>(),
            services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>());
        var person = act.NewId<Noun.Person>();
        var made = db.Append(act, new Event(Tried).About(person).Withhold("address", value, person, act.Seals.NewKey(db, person)));
        await db.SaveChangesAsync();
        return (person, made);
    }

    private static async Task<string> Open(string[] options, PersonId person, EventId id)
    {
        await using var app = StrongroomApp.Build(options);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var row = await db.Set<AuditDisclosure>().SingleAsync(row => row.Event == id);
        var key = await scope.ServiceProvider.GetRequiredService<Seals>().KeyOf(db, person, default);
        return System.Text.Encoding.UTF8.GetString(key.Open(Strongroom.Modules.Audit.Contracts.AuditLog.OpeningColumn, id.Value, row.Opening).AsSpan(16));
    }
}

public sealed class Backing_up_sqlite : BackUpTests<Sqlite>
{
    private protected override Task Restore(string backup, BankFolder<Sqlite> to)
    {
        Directory.Delete(to.Keys, recursive: true);
        Directory.Move(Path.Combine(backup, "keys"), to.Keys);
        File.Move(Path.Combine(backup, "strongroom.db"), Path.Combine(to.Folder, "strongroom.db"), overwrite: true);
        return Task.CompletedTask;
    }
}

public sealed class Backing_up_postgres : BackUpTests<Postgres>
{
    private protected override async Task Restore(string backup, BankFolder<Postgres> to)
    {
        Directory.Delete(to.Keys, recursive: true);
        Directory.Move(Path.Combine(backup, "keys"), to.Keys);
        var target = new NpgsqlConnectionStringBuilder(to.Connection);
        var start = new ProcessStartInfo("pg_restore") { RedirectStandardError = true };
        foreach (var argument in (string[])["--clean", "--if-exists", "--no-owner", "--exit-on-error", "--host", target.Host!, "--port", $"{target.Port}",
            "--username", target.Username!, "--dbname", target.Database!, Path.Combine(backup, "strongroom.dump")]) start.ArgumentList.Add(argument);
        using var restore = Process.Start(start)!;
        var said = await restore.StandardError.ReadToEndAsync();
        await restore.WaitForExitAsync();
        restore.ExitCode.ShouldBe(0, said);
    }
}
