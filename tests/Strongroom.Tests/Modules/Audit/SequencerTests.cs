using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.AuditLog.Notes;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Publishing;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Audit;

public abstract class SequencerTests<TEngine> : IAsyncLifetime where TEngine : IEngine
{
    private readonly LogWorld<TEngine> world = new();

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return world.DisposeAsync();
    }

    [Fact]
    public async Task Before_the_first_event_there_is_no_log_and_the_first_entry_names_the_key()
    {
        (await world.Client().GetAsync("/log/checkpoint")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await world.Sequence()).ShouldBe(1);
        (await world.Read(db => db.Set<AuditEvent>().Select(row => row.Kind).SingleAsync())).ShouldBe("audit.log-key-listed");
        (await world.Client().GetStringAsync("/log/key")).ShouldBe($"{world.VerifierKey}\n\nfrom 0 {world.VerifierKey}\n");
    }

    /// <summary>The borders of a tile, one after the other in one log: what is partial becomes full, and the next begins.</summary>
    [Fact]
    public async Task At_every_border_of_a_tile_the_published_log_holds()
    {
        var size = await world.Sequence();
        foreach (var wanted in new[] { 2, 255, 256, 257, 511, 512, 514 })
        {
            await world.Happen((int)(wanted - size));
            (size = await world.Sequence()).ShouldBe(wanted);
            var run = await world.Verify();
            run.Output.ShouldContain($"{wanted:#,0} entries, each in its form");
            run.Code.ShouldBe(0, run.Output);
        }
        (await world.Read(db => db.Set<AuditPending>().CountAsync())).ShouldBe(0);
        (await world.Read(db => db.Set<AuditLeaf>().Select(row => row.Index).OrderBy(index => index).ToListAsync())).ShouldBe(Enumerable.Range(0, 514).Select(index => (long)index));
    }

    [Fact]
    public async Task What_an_outage_left_is_caught_up_in_batches_by_a_server_that_starts_anew()
    {
        await world.Sequence();
        await world.Happen(5000);
        (await world.Sequencer.RunOnce(default)).ShouldBe(Sequencer.Batch);
        await world.Sequencer.StepDown(default);
        await using var next = await SecondNode<TEngine>.Start(world);
        await next.Sequence();
        var run = await world.Verify();
        run.Output.ShouldContain("5,001 entries");
        run.Code.ShouldBe(0, run.Output);
        (await world.Read(db => db.Set<AuditSequencer>().SingleAsync())).Epoch.ShouldBe(2);
    }

    [Fact]
    public async Task While_one_leads_another_waits_and_follows_when_its_lease_has_ended()
    {
        await using var second = await SecondNode<TEngine>.Start(world);
        await world.Sequence();
        await world.Happen(3);
        (await second.Sequencer.RunOnce(default)).ShouldBe(0);
        world.Clock.Advance(Sequencer.Lease + TimeSpan.FromSeconds(1));
        (await second.Sequencer.RunOnce(default)).ShouldBe(3);
        await world.Happen(2);
        (await world.Sequencer.RunOnce(default)).ShouldBe(0);
        (await second.Sequencer.RunOnce(default)).ShouldBe(2);
        (await world.Verify()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_sequencer_that_slept_past_its_lease_writes_nothing_when_it_wakes()
    {
        var asleep = new Asleep();
        await using var sleeper = await SecondNode<TEngine>.Start(world, asleep, "--ConnectionStrings:Strongroom", world.Connection + ElsewhereInTheWorld);
        await sleeper.Sequence();
        await world.Happen(10);
        var (fell, wake) = asleep.FallAsleep();
        var run = sleeper.Sequencer.RunOnce(default);
        await fell;

        world.Clock.Advance(Sequencer.Lease + TimeSpan.FromSeconds(1));
        (await world.Sequencer.RunOnce(default)).ShouldBe(10);
        await world.Happen(1);
        await world.Sequence();
        wake.SetResult();

        (await run).ShouldBe(0);
        (await world.Read(db => db.Set<AuditLeaf>().CountAsync())).ShouldBe(12);
        (await world.Read(db => db.Set<AuditSequencer>().SingleAsync())).Epoch.ShouldBe(2);
        (await world.Verify()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_event_that_was_changed_before_it_was_sealed_stops_the_log()
    {
        await world.Sequence();
        await world.Happen(2);
        await world.AsOwner("UPDATE audit_event SET leaf_hash = (SELECT leaf_hash FROM audit_event WHERE kind = 'audit.log-key-listed') WHERE kind = 'test.happened'");
        (await world.Sequencer.RunOnce(default)).ShouldBe(0);
        (await Stopped()).ShouldContain("was changed after it was written and before it was sealed");
        (await Kinds()).ShouldContain("audit.log-stopped");
    }

    [Fact]
    public async Task A_backup_that_was_restored_is_refused_until_somebody_accepts_it_knowingly()
    {
        await world.Happen(300);
        await world.Sequence();
        await world.Happen(50);
        await world.Sequence();
        await SetBackTo(301);

        await using var next = await SecondNode<TEngine>.Start(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await next.Sequence();
        (await Stopped()).ShouldContain("The database's log has 301 entries");
        (await Stopped()).ShouldContain("says that 351 were published");
        (await world.Read(db => db.Set<AuditCheckpoint>().MaxAsync(row => row.Size))).ShouldBe(301);
        (await Health(next)).ShouldContain("Stopped: ");

        var accepted = await VerbRun.Of([.. world.VerbOptions("log", "accept-restored"), "--reason", "disk failed"]);
        accepted.Code.ShouldBe(0, accepted.Error);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await next.Sequence();
        (await Stopped()).ShouldBeEmpty();
        (await Kinds()).ShouldContain("audit.restore-accepted");
        (await world.Verify()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_node_that_knows_less_does_not_go_on_from_a_restored_backup_that_another_stopped()
    {
        await world.Happen(300);
        await world.Sequence();
        await world.Happen(50);
        await world.Sequence();
        await SetBackTo(301);
        var elsewhere = Directory.CreateDirectory(Path.Combine(world.DataFolder, "elsewhere")).FullName;
        await using var other = await SecondNode<TEngine>.Start(world, null, "--data", elsewhere, "--Strongroom:Keys:Folder", Path.Combine(world.DataFolder, "keys"));

        // The one that published more sees it though it does not lead.
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Read(async db =>
        {
            await world.Sequencer.Remember(db, default);
            return 0;
        });
        await world.Happen(1);
        await other.Sequence();
        (await Stopped()).ShouldContain("says that 351 were published");
        (await world.Read(db => db.Set<AuditCheckpoint>().MaxAsync(row => row.Size))).ShouldBe(301);
    }

    [Fact]
    public async Task Another_history_of_the_same_length_is_refused()
    {
        await world.Happen(20);
        await world.Sequence();
        // The owner of the database and of the key writes the log anew, and forgets the server's own memory.
        var highest = Path.Combine(world.DataFolder, "log", "highest-checkpoint");
        using var key = SigningKey.Parse(File.ReadAllText(Path.Combine(world.DataFolder, "keys", "log-1.key")).Trim());
        var other = new Checkpoint("bank.example/log", 21, Strongroom.AuditLog.Merkle.TreeHash.Empty).Sign(key);
        File.WriteAllBytes(highest, other.ToBytes());
        await using var next = await SecondNode<TEngine>.Start(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await next.Sequence();
        (await Stopped()).ShouldContain("are not those that this server published");
    }

    [Fact]
    public async Task A_tile_that_was_changed_stops_the_log_at_its_next_start()
    {
        await world.Happen(20);
        await world.Sequence();
        await world.AsOwner("DELETE FROM audit_edge WHERE level = 0");
        await using var next = await SecondNode<TEngine>.Start(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await next.Sequence();
        (await Stopped()).ShouldContain("The stored tiles are not those of the last checkpoint");
    }

    [Fact]
    public async Task A_log_that_is_late_is_told_to_auditors_once_and_told_again_when_it_is_well()
    {
        await world.Sequence();
        await world.Happen(1);
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        await Watch();
        await Watch();
        (await Kinds()).Count(kind => kind == "audit.log-late").ShouldBe(1);
        (await world.Client().GetAsync("/health/log")).StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        await world.Sequence();
        await Watch();
        (await Kinds()).Count(kind => kind == "audit.log-fresh").ShouldBe(1);
        (await world.Client().GetAsync("/health/log")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_key_signs_beside_the_old_one_and_both_are_listed_with_the_size_from_which_they_sign()
    {
        var old = world.VerifierKey;
        await world.Happen(9);
        await world.Sequence();
        (await VerbRun.Of([.. world.VerbOptions("log", "rotate-key")])).Code.ShouldBe(0);
        await using var next = await SecondNode<TEngine>.Start(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await next.Sequence();

        var keys = (await world.Client().GetStringAsync("/log/key")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        keys.Length.ShouldBe(3);
        keys[1].ShouldBe($"from 10 {keys[0]}");
        keys[2].ShouldBe($"from 0 {old}");
        await world.Export();
        foreach (var key in new[] { old, keys[0] }) (await Tests.Verifier.VerifierRun.Of("verify", world.CopyFolder, "--key", key)).Code.ShouldBe(0);
    }

    // Writers of one process queue for SQLite's file by their connection string; another process does not.
    private static string ElsewhereInTheWorld => typeof(TEngine) == typeof(Sqlite) ? ";Default Timeout=31" : "";

    private Task Watch() => world.In(async services =>
    {
        await Alarms.Watch(services.GetRequiredService<Strongroom.Data.StrongroomDb>(), services.GetRequiredService<Strongroom.Data.Jobs.SystemActs>().At(world.Clock.UtcNow()), default);
        return 0;
    });

    private Task<string> Stopped() => world.Read(db => db.Set<AuditSequencer>().Select(row => row.Stopped ?? "").SingleAsync());

    private Task<List<string>> Kinds() => world.Read(db => db.Set<AuditEvent>().Select(row => row.Kind).ToListAsync());

    private static async Task<string> Health(SecondNode<TEngine> node)
    {
        var report = await node.App.Services.GetRequiredService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>().CheckHealthAsync(check => check.Name == "log");
        return report.Entries["log"].Description ?? "";
    }

    /// <summary>As a restored backup has it: rows, leaves, tiles and checkpoints of then.</summary>
    private Task SetBackTo(long size) => world.AsOwner(
        $"DELETE FROM audit_subject WHERE event IN (SELECT event FROM audit_leaf WHERE \"index\" >= {size})",
        $"DELETE FROM audit_event WHERE id IN (SELECT event FROM audit_leaf WHERE \"index\" >= {size})",
        $"DELETE FROM audit_leaf WHERE \"index\" >= {size}",
        $"DELETE FROM audit_checkpoint WHERE size > {size}",
        "UPDATE audit_edge SET width = 45, bytes = substr(bytes, 1, 45 * 32) WHERE level = 0",
        $"UPDATE audit_edge SET width = 45, bytes = substr(bytes, 1, {Bundle45()}) WHERE level = -1");

    private int Bundle45()
    {
        var edge = world.Read(db => db.Set<AuditEdge>().SingleAsync(row => row.Level == -1)).GetAwaiter().GetResult();
        var entries = new Range[edge.Width];
        Strongroom.AuditLog.Tiles.EntryBundle.Split(edge.Bytes, entries);
        return entries[44].End.Value;
    }
}

public sealed class SequencerOnSqlite : SequencerTests<Sqlite>;

public sealed class SequencerOnPostgres : SequencerTests<Postgres>;
