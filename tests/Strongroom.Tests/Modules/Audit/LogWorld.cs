using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strongroom.AuditLog.Notes;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Publishing;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Tests.Support;
using Strongroom.Tests.Verifier;

namespace Strongroom.Tests.Modules.Audit;

/// <summary>A bank whose log is sequenced when a test says so.</summary>
public class LogWorld<TEngine> : World<TEngine> where TEngine : IEngine
{
    private static readonly AuditKind Happened = new("test.happened", "Something happened");

    internal Sequencer Sequencer => App.Services.GetRequiredService<Sequencer>();

    public string CopyFolder => Path.Combine(DataFolder, "copy");

    public string VerifierKey
    {
        get
        {
            using var key = SigningKey.Parse(File.ReadAllText(Path.Combine(DataFolder, "keys", "log-1.key")).Trim());
            return key.Verifier.ToString();
        }
    }

    /// <summary>Writes so many events, a few to a transaction.</summary>
    public async Task Happen(int events)
    {
        for (var done = 0; done < events; done += 500)
        {
            await In(async services =>
            {
                var db = services.GetRequiredService<StrongroomDb>();
                for (var i = done; i < Math.Min(done + 500, events); i++)
                {
                    Clock.Advance(TimeSpan.FromMilliseconds(10));
                    var act = services.GetRequiredService<SystemActs>().At(Clock.UtcNow());
                    db.Append(act, new Event(Happened).About(new BranchId(World.Branch)).With("number", i));
                }
                return await db.SaveChangesAsync();
            });
        }
    }

    /// <summary>Until nothing waits.</summary>
    public async Task<long> Sequence()
    {
        while (await Sequencer.RunOnce(default) > 0)
        {
        }
        return await Read(db => db.Set<AuditCheckpoint>().MaxAsync(row => (long?)row.Size)) ?? 0;
    }

    /// <summary>What an auditor's program says of the log that this server publishes.</summary>
    internal async Task<VerifierRun> Verify(params string[] more)
    {
        var export = await Export();
        return await VerifierRun.Of(["verify", CopyFolder, "--key", VerifierKey, "--events", export, .. more]);
    }

    public async Task<string> Export()
    {
        if (Directory.Exists(CopyFolder)) Directory.Delete(CopyFolder, recursive: true);
        var file = Path.Combine(DataFolder, "events.jsonl");
        await In(async services =>
        {
            var export = services.GetRequiredService<ExportLog>();
            await export.Tiles(CopyFolder, default);
            await using var to = File.Create(file);
            return await export.Events(to, default);
        });
        return file;
    }

    /// <summary>What the owner of the database does to it: with the triggers gone and the keys between tables not looked at.</summary>
    public async Task AsOwner(params string[] sql)
    {
        await using var db = TEngine.Open(Connection);
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        string[] before = db.OneWriter
            ? ["PRAGMA foreign_keys=OFF", .. AppendOnly.Tables.SelectMany(table => new[] { $"DROP TRIGGER IF EXISTS {table}_no_update", $"DROP TRIGGER IF EXISTS {table}_no_delete" })]
            : ["SET session_replication_role = replica", .. AppendOnly.Tables.Select(table => $"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")];
        foreach (var statement in before.Concat(sql)) await Run(connection, statement);
        if (!db.OneWriter) await Run(connection, "SET session_replication_role = DEFAULT");
    }

    private static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Ids that several tests name.</summary>
internal static class World
{
    public static readonly Guid Branch = new("0197a000-0000-7000-8000-0000000000bb");
}

/// <summary>Holds a sequencer where a garbage collector or a sleeping machine would: after it has prepared everything, before it begins to write.</summary>
public sealed class Asleep : DbTransactionInterceptor
{
    private TaskCompletionSource? fell, wake;

    public (Task Fell, TaskCompletionSource Wake) FallAsleep()
    {
        (fell, wake) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        return (fell.Task, wake);
    }

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (fell is { } sleeping && eventData.Context?.ChangeTracker.Entries<AuditCheckpoint>().Any(entry => entry.State == EntityState.Added) == true)
        {
            fell = null;
            sleeping.SetResult();
            await wake!.Task;
        }
        return result;
    }
}
