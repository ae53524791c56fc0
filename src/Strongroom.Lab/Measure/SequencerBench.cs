using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Shared;

namespace Strongroom.Lab.Measure;

/// <summary>R9 with a database: how fast the bank's sequencer takes events into the tree, and how long one that was committed waits for its checkpoint.</summary>
internal sealed class SequencerBench(BenchBank bank)
{
    private const int Waiting = 40_000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromSeconds(30);

    private long made;

    /// <summary>Events that wait, as an outage leaves them, until the last has its leaf, its tiles are stored and its checkpoint is signed.</summary>
    /// <returns>Leaves a second.</returns>
    public async Task<double> Leaves(CancellationToken cancel)
    {
        await using var app = StrongroomApp.Build(["--data", bank.Data, "--ConnectionStrings:Strongroom", bank.Connection, "--environment", "Development", "--Logging:LogLevel:Default", "Warning"]);
        var sequencer = app.Services.GetRequiredService<Sequencer>();
        // What others left is not counted.
        while (await sequencer.RunOnce(cancel) > 0)
        {
        }
        await LetWait(cancel);
        var (taken, began) = (0, Stopwatch.GetTimestamp());
        while (await sequencer.RunOnce(cancel) is > 0 and var some) taken += some;
        var time = Stopwatch.GetElapsedTime(began);
        await sequencer.StepDown(cancel);
        return taken == Waiting ? taken / time.TotalSeconds : throw new InvalidOperationException($"{taken} of {Waiting} events were sequenced: is the log stopped?");
    }

    /// <summary>Under the load of R1: from an act's instant to the moment when somebody outside can read a checkpoint that covers its event.</summary>
    /// <returns>Seconds that 99 of 100 stay under.</returns>
    public async Task<double> ToCheckpoint(Uri server, BenchClient[] clients, TimeSpan time, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server };
        List<(DateTime At, long Size)> seen = [];
        async Task<long> Look()
        {
            var size = Checkpoint.Parse(SignedNote.Parse(await http.GetByteArrayAsync("/log/checkpoint", cancel)).Text).Size;
            if (seen.Count == 0 || size > seen[^1].Size) seen.Add((TimeProvider.System.UtcNow(), size));
            return size;
        }
        var first = await Look();
        using var loaded = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var looking = Task.Run(async () =>
        {
            for (; !loaded.IsCancellationRequested; await Task.Delay(BetweenLooks, cancel)) await Look();
        }, cancel);
        await Load.PerSecond(clients.Length, time, client => clients[client].Step());
        var last = await Count("SELECT (SELECT count(*) FROM audit_leaf) + (SELECT count(*) FROM audit_pending)", cancel);
        for (var until = Stopwatch.GetTimestamp(); seen[^1].Size < last; await Task.Delay(BetweenLooks, cancel))
            if (Stopwatch.GetElapsedTime(until) > Patience) throw new InvalidOperationException($"The checkpoint stays at {seen[^1].Size} of {last} entries.");
        await loaded.CancelAsync();
        await looking;

        List<double> waited = [];
        await using var open = new NpgsqlConnection(bank.Connection);
        await open.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT leaf.\"index\", happened.at FROM audit_leaf leaf JOIN audit_event happened ON happened.id = leaf.event WHERE leaf.\"index\" >= $1 AND leaf.\"index\" < $2", open);
        command.Parameters.AddWithValue(first);
        command.Parameters.AddWithValue(last);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var (index, at) = (rows.GetInt64(0), rows.GetDateTime(1));
            waited.Add((seen.First(one => one.Size > index).At - at).TotalSeconds);
        }
        waited.Sort();
        return waited[(int)Math.Ceiling(waited.Count * .99) - 1];
    }

    private async Task LetWait(CancellationToken cancel)
    {
        var events = Enumerable.Range(0, Waiting).Select(_ =>
        {
            var body = LogBench.Entry(made, out var id, out var at);
            made++;
            return (Id: id, At: at, Body: body);
        }).ToList();
        await using var open = new NpgsqlConnection(bank.Connection);
        await open.OpenAsync(cancel);
        await using (var rows = await open.BeginBinaryImportAsync("COPY audit_event (id, at, kind, body, leaf_hash) FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var (id, at, body) in events)
            {
                await rows.StartRowAsync(cancel);
                await rows.WriteAsync(id, NpgsqlDbType.Uuid, cancel);
                await rows.WriteAsync(at, NpgsqlDbType.TimestampTz, cancel);
                await rows.WriteAsync(LogBench.Kind, NpgsqlDbType.Text, cancel);
                await rows.WriteAsync(body, NpgsqlDbType.Bytea, cancel);
                await rows.WriteAsync(TreeHash.OfLeaf(body).Bytes.ToArray(), NpgsqlDbType.Bytea, cancel);
            }
            await rows.CompleteAsync(cancel);
        }
        await using var pending = await open.BeginBinaryImportAsync("COPY audit_pending (event) FROM STDIN (FORMAT binary)", cancel);
        foreach (var (id, _, _) in events)
        {
            await pending.StartRowAsync(cancel);
            await pending.WriteAsync(id, NpgsqlDbType.Uuid, cancel);
        }
        await pending.CompleteAsync(cancel);
    }

    private async Task<long> Count(string sql, CancellationToken cancel)
    {
        await using var open = new NpgsqlConnection(bank.Connection);
        await open.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, open);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }
}
