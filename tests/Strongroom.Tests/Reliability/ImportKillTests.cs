using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Measure;
using Strongroom.Modules.Access;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Exchange;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Reliability;

/// <summary>The verb `import` is killed with SIGKILL again and again, wherever it is, and started anew on the same folder.</summary>
public abstract class ImportKillTests<TEngine> where TEngine : IEngine
{
    private const int Lockers = 500, Hirers = 400, Visits = 12_000, Kills = 4;

    [Fact]
    public async Task An_import_that_is_killed_again_and_again_ends_as_if_nothing_had_been()
    {
        var folder = Directory.CreateTempSubdirectory("strongroom-import-kill-").FullName;
        try
        {
            KeyRing.Create(Path.Combine(folder, "keys"));
            var connection = await TEngine.NewDatabase(folder);
            var register = await LargeRegister.Write(Path.Combine(folder, "register"), Lockers, Visits, default);
            var reached = 0;
            for (var kill = 0; kill < Kills; kill++)
            {
                using var import = Import(folder, register, connection);
                reached = await Further(connection, than: reached + kill, import);
                import.HasExited.ShouldBeFalse("the import was done before it could be killed");
                import.Kill();
                await import.WaitForExitAsync();
            }
            var report = Path.Combine(folder, "report.json");
            using (var last = Import(folder, register, connection, "--report", report))
            {
                await last.WaitForExitAsync();
                last.ExitCode.ShouldBe(0);
            }

            Sums(await File.ReadAllTextAsync(report)).ShouldBe([("lockers.csv", Lockers, Lockers, 0, 0), ("hirers.csv", Hirers, Hirers, 0, 0), ("visits.csv", Visits, Visits, 0, 0)]);
            await using var db = TEngine.Open(connection);
            (await db.Set<Locker>().CountAsync(), await db.Set<Agreement>().CountAsync(), await db.Set<Person>().CountAsync(), await db.Set<RegisterEntry>().CountAsync()).ShouldBe((Lockers, Hirers, Hirers, Visits));
            (await db.Set<Import>().SingleAsync()).State.ShouldBe(ImportState.Finished);
            // Each batch stands under its own event, and none was written twice.
            var batches = await db.Set<ImportBatch>().CountAsync(batch => batch.Imported > 0);
            (await db.Set<AuditEvent>().CountAsync(happened => happened.Kind == ExchangeAudit.Taken.Name)).ShouldBe(await db.Set<ImportBatch>().CountAsync() + 1, "one a batch, and one for the usual types");
            batches.ShouldBeGreaterThan(Kills);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Import(string folder, LargeRegister register, string connection, params string[] more)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Strongroom.dll"), "import", register.Folder, "--data", folder, "--ConnectionStrings:Strongroom", connection, "--environment", "Development", .. more];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    /// <summary>Returns when more batches are settled than that, or the import has ended.</summary>
    private static async Task<int> Further(string connection, int than, Process import)
    {
        await using var db = TEngine.Open(connection);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        for (; ; )
        {
            var settled = await db.Set<ImportBatch>().CountAsync(late.Token);
            if (settled > than || import.HasExited) return settled;
        }
    }

    private static IEnumerable<(string, int, int, int, int)> Sums(string report)
    {
        using var json = JsonDocument.Parse(report);
        foreach (var file in json.RootElement.GetProperty("files").EnumerateArray())
            yield return (file.GetProperty("file").GetString()!, Of(file, "rows"), Of(file, "imported"), Of(file, "unchanged"), Of(file, "rejected"));

        static int Of(JsonElement file, string name) => file.GetProperty(name).GetInt32();
    }
}

public sealed class Killing_an_import_on_sqlite : ImportKillTests<Sqlite>;

public sealed class Killing_an_import_on_postgres : ImportKillTests<Postgres>;
