using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Tests.Support;
using Strongroom.Tests.Verifier;
using Strongroom.Verifier.Witnessing;

namespace Strongroom.Tests.Modules.Audit;

public class SealedWorld<TEngine> : LogWorld<TEngine> where TEngine : IEngine
{
    protected override async Task Prepare()
    {
        await Happen(299);
        await Sequence();
    }
}

/// <summary>The log at its addresses, as programs of others read it; it has 300 entries.</summary>
public abstract class ServeLogTests<TEngine>(SealedWorld<TEngine> world) : IClassFixture<SealedWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task The_checkpoint_is_a_signed_note_that_no_cache_keeps()
    {
        var answer = await world.Client().GetAsync("/log/checkpoint");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        var signed = SignedCheckpoint.Open(await answer.Content.ReadAsByteArrayAsync(), VerifierKey.Parse(world.VerifierKey));
        signed.Checkpoint.Size.ShouldBe(300);
        signed.Checkpoint.Origin.ShouldBe("bank.example/log");
    }

    [Theory]
    [InlineData("tile/0/000", 8192)]
    [InlineData("tile/0/001.p/44", 44 * 32)]
    [InlineData("tile/0/001.p/1", 32)]
    [InlineData("tile/0/000.p/7", 7 * 32)]
    [InlineData("tile/1/000.p/1", 32)]
    public async Task A_tile_has_its_bytes_and_may_be_kept_for_ever(string path, int length)
    {
        var answer = await world.Client().GetAsync($"/log/{path}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBe(length);
    }

    [Fact]
    public async Task A_narrower_tile_is_the_beginning_of_the_wider_one_and_the_level_above_holds_the_roots()
    {
        using var client = world.Client();
        var wide = await client.GetByteArrayAsync("/log/tile/0/001.p/44");
        (await client.GetByteArrayAsync("/log/tile/0/001.p/43")).ShouldBe(wide[..(43 * 32)]);
        var bundle = await client.GetByteArrayAsync("/log/tile/entries/001.p/44");
        (await client.GetByteArrayAsync("/log/tile/entries/001.p/2")).ShouldBe(bundle[..(await client.GetByteArrayAsync("/log/tile/entries/001.p/2")).Length]);
        SHA256.HashData([0, .. EntryBundle.Entry(bundle, 44, 0).Span]).ShouldBe(wide[..32]);
        var full = await client.GetByteArrayAsync("/log/tile/0/000");
        Strongroom.AuditLog.Merkle.TreeHash.OfPerfectTree(Strongroom.AuditLog.Merkle.TreeHash.Read(full)).Bytes.ToArray().ShouldBe(await client.GetByteArrayAsync("/log/tile/1/000.p/1"));
    }

    [Theory]
    [InlineData("tile/0/001")]
    [InlineData("tile/0/001.p/45")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/1.p/1")]
    [InlineData("tile/0/002.p/1")]
    [InlineData("tile/1/000")]
    [InlineData("tile/2/000.p/1")]
    [InlineData("tile/8/000")]
    [InlineData("tile/entries/001.p/45")]
    [InlineData("tile/data/000")]
    [InlineData("tile/")]
    [InlineData("nothing")]
    public async Task What_the_log_does_not_have_is_not_found_and_not_remembered(string path)
    {
        var answer = await world.Client().GetAsync($"/log/{path}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        if (path.StartsWith("tile/", StringComparison.Ordinal) && path.Length > 5) answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_auditors_program_reads_it_over_the_network_and_it_holds()
    {
        await using var node = await SecondNode<TEngine>.Listen(world);
        var run = await VerifierRun.Of("verify", $"{node.App.Urls.First()}/log", "--key", world.VerifierKey, "--events", await world.Export());
        run.Output.ShouldContain("300 entries, each in its form");
        run.Code.ShouldBe(0, run.Output);
    }

    [Fact]
    public async Task The_verb_writes_the_log_into_a_folder_that_the_auditors_program_checks()
    {
        var (folder, events) = (Path.Combine(world.DataFolder, "taken-home"), Path.Combine(world.DataFolder, "rows.jsonl"));
        for (var again = 0; again < 2; again++)
        {
            var run = await VerbRun.Of([.. world.VerbOptions("log", "export", folder), "--events", events]);
            run.Code.ShouldBe(0, run.Error);
            run.Output.ShouldContain("300 entries");
            (await VerifierRun.Of("verify", folder, "--key", world.VerifierKey, "--events", events)).Code.ShouldBe(0);
        }
        File.ReadLines(events).First().ShouldBe("""{"format":"strongroom-events/1","origin":"bank.example/log","size":300}""");
    }

    [Theory]
    [InlineData("audit_leaf")]
    [InlineData("audit_tile")]
    [InlineData("audit_checkpoint")]
    [InlineData("audit_log_key")]
    [InlineData("audit_event")]
    public async Task What_was_sealed_can_be_neither_changed_nor_deleted(string table)
    {
        var column = table switch { "audit_leaf" or "audit_tile" => "\"index\"", "audit_checkpoint" => "epoch", "audit_log_key" => "from_size", _ => "at" };
        List<string> tries = [$"UPDATE {table} SET {column} = {column}", $"DELETE FROM {table}"];
        if (typeof(TEngine) == typeof(Postgres)) tries.Add($"TRUNCATE {table} CASCADE");
        foreach (var sql in tries)
        {
            var thrown = await Should.ThrowAsync<Exception>(() => world.Read(db => db.Database.ExecuteSqlRawAsync(sql)));
            thrown.Message.ShouldContain("append-only");
        }
    }
}

public sealed class ServeLogOnSqlite(SealedWorld<Sqlite> world) : ServeLogTests<Sqlite>(world);

public sealed class ServeLogOnPostgres(SealedWorld<Postgres> world) : ServeLogTests<Postgres>(world);

public sealed class LogRoleTests : IAsyncLifetime
{
    private readonly LogWorld<Postgres> world = new();

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_servers_own_role_may_read_and_insert_and_no_more()
    {
        var role = $"r{Environment.ProcessId}";
        await world.AsOwner($"DROP ROLE IF EXISTS {role}", $"CREATE ROLE {role} LOGIN PASSWORD 'a-long-one-for-a-test'");
        await Schema.Migrate(new Settings("", "", new Npgsql.NpgsqlConnectionStringBuilder(world.Connection) { Username = role, Password = "a-long-one-for-a-test" }.ToString(), world.Connection, null), DateTime.UnixEpoch, default);
        foreach (var table in AppendOnly.Tables)
        {
            foreach (var (right, has) in new[] { ("SELECT", true), ("INSERT", true), ("UPDATE", false), ("DELETE", false), ("TRUNCATE", false) })
                (await world.Read(db => db.Database.SqlQueryRaw<bool>("SELECT has_table_privilege({0}, {1}, {2}) AS \"Value\"", role, table, right).SingleAsync())).ShouldBe(has, $"{right} {table}");
        }
        await world.AsOwner($"DROP OWNED BY {role}", $"DROP ROLE {role}");
    }
}

/// <summary>A log with a witness, which is another program.</summary>
public abstract class WitnessedLogTests<TEngine> : IAsyncLifetime where TEngine : IEngine
{
    private readonly LogWorld<TEngine> world = new();
    private readonly SigningKey key = SigningKey.Generate("witness.example/w1", SignatureType.Cosignature);
    private WitnessBook book = null!;
    private Microsoft.AspNetCore.Builder.WebApplication server = null!;
    private SecondNode<TEngine> node = null!;

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        book = new(key, [VerifierKey.Parse(world.VerifierKey)], Path.Combine(world.DataFolder, "witness"), world.Clock);
        server = WitnessServer.Build(book, ["http://127.0.0.1:0"], perSecond: 1000);
        await server.StartAsync();
        node = await Witnessed();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await node.DisposeAsync();
        await server.DisposeAsync();
        book.Dispose();
        key.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Its_signature_is_published_with_the_checkpoint()
    {
        await world.Happen(5);
        await node.Sequence();
        await node.App.Services.GetRequiredService<Cosigning>().RunOnce(default);
        var note = SignedNote.Parse(await node.Client().GetByteArrayAsync("/log/checkpoint"));
        note.Check(key.Verifier).State.ShouldBe(SignatureState.Good);
        book.Size("bank.example/log").ShouldBe(6);

        // The next one is shown once the witness has signed it, or after half a minute without.
        await world.Happen(1);
        await node.Sequence();
        (await Size()).ShouldBe(6);
        world.Clock.Advance(TimeSpan.FromSeconds(31));
        await world.Happen(1);
        await node.Sequence();
        (await Size()).ShouldBe(8);
    }

    [Fact]
    public async Task A_witness_that_is_away_holds_nothing_up()
    {
        await server.StopAsync();
        await world.Happen(5);
        await node.Sequence();
        await node.App.Services.GetRequiredService<Cosigning>().RunOnce(default);
        (await Size()).ShouldBe(6);
    }

    [Fact]
    public async Task A_witness_that_signed_more_stops_the_log_though_the_servers_own_memory_is_gone()
    {
        await world.Happen(5);
        await node.Sequence();
        await world.Happen(5);
        await node.Sequence();
        await node.App.Services.GetRequiredService<Cosigning>().RunOnce(default);
        book.Size("bank.example/log").ShouldBe(11);
        File.Delete(Path.Combine(world.DataFolder, "log", "highest-checkpoint"));
        await world.AsOwner("DELETE FROM audit_cosignature", "DELETE FROM audit_checkpoint", "DELETE FROM audit_leaf", "DELETE FROM audit_edge", "DELETE FROM audit_tile");

        // All but empty again: the database begins its log anew, and the witness says what was there.
        await using var next = await Witnessed();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Happen(1);
        await next.Sequence();
        await next.App.Services.GetRequiredService<Cosigning>().RunOnce(default);
        (await world.Read(db => db.Set<AuditSequencer>().Select(row => row.Stopped ?? "").SingleAsync())).ShouldContain("The witness witness.example/w1 signed a tree of 11 entries");
    }

    private Task<SecondNode<TEngine>> Witnessed() =>
        SecondNode<TEngine>.Start(world, null, "--Log:Witnesses:0:Url", server.Urls.First(), "--Log:Witnesses:0:Key", key.Verifier.ToString());

    private async Task<long> Size() => Checkpoint.Parse(SignedNote.Parse(await node.Client().GetByteArrayAsync("/log/checkpoint")).Text).Size;
}

public sealed class WitnessedLogOnSqlite : WitnessedLogTests<Sqlite>;

public sealed class WitnessedLogOnPostgres : WitnessedLogTests<Postgres>;
