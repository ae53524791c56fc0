using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;
using Strongroom.Verifier;

namespace Strongroom.Lab.Measure;

/// <summary>A log in a folder, of as many events as asked for: R9 (its half without a database) and R10.</summary>
internal sealed class LogBench(string folder, int events)
{
    private const int Batch = 256, SpeedLimit = 20_000;

    public const string Kind = "access.visit-admitted";

    private static readonly DateTime Start = new(2026, 1, 1, 3, 30, 0, DateTimeKind.Utc);

    private string? key;

    /// <summary>Bytes of all files of the log.</summary>
    public long Bytes { get; private set; }

    /// <summary>A log in its folder, signed once.</summary>
    public async Task Fill(CancellationToken cancel)
    {
        using var signing = SigningKey.Generate("bench.example/log", SignatureType.Ed25519);
        key = signing.Verifier.ToString();
        var (log, tree) = (new FolderLog(folder, flush: false), new GrowingTree());
        for (var i = 0; i < events; i++)
        {
            tree.Append(Entry(i));
            if (i % (64 * Batch) == 0) await log.WriteTiles(tree.TakeTiles(), cancel);
        }
        await log.WriteTiles(tree.TakeTiles(), cancel);
        await log.WriteCheckpoint(new Checkpoint(signing.Verifier.Name, tree.Size, tree.Root()).Sign(signing).ToBytes(), cancel);
        Bytes = Files().Sum(file => new FileInfo(file).Length);
    }

    /// <returns>Seconds of a whole check, every tile and entry, by the verifier's own front door.</returns>
    public async Task<double> Verify(CancellationToken cancel)
    {
        using StringWriter output = new();
        var began = Stopwatch.GetTimestamp();
        var code = await CommandLine.Run(["verify", folder, "--key", key!], output, TextWriter.Null, cancel);
        return code == 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException(output.ToString());
    }

    /// <returns>Seconds of SHA-256 of the same files, one after the other on one core.</returns>
    public Task<double> Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var began = Stopwatch.GetTimestamp();
        foreach (var file in Files()) hash.AppendData(File.ReadAllBytes(file));
        hash.GetHashAndReset();
        return Task.FromResult(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>
    /// Sequencing without a database: 256 entries, their tiles on disk, a signed checkpoint, again and again. Flushed, as what is published must not be
    /// lost.
    /// </summary>
    /// <returns>Leaves a second.</returns>
    public static async Task<double> Sequence(string folder, TimeSpan time, CancellationToken cancel)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        using var signing = SigningKey.Generate("bench.example/log", SignatureType.Ed25519);
        var (log, tree) = (new FolderLog(folder), new GrowingTree());
        var entries = Enumerable.Range(0, 100 * Batch).Select(Entry).ToArray();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            for (var i = 0; i < Batch; i++) tree.Append(entries[tree.Size % entries.Length]);
            await log.WriteTiles(tree.TakeTiles(), cancel);
            await log.WriteCheckpoint(new Checkpoint(signing.Verifier.Name, tree.Size, tree.Root()).Sign(signing).ToBytes(), cancel);
        }
        return tree.Size / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static async Task<IReadOnlyList<Measured>> Measure(string work, int events, int rounds, int seconds, Func<string, bool> wanted, CancellationToken cancel)
    {
        List<Measured> table = [];
        if (wanted("R9a"))
        {
            var (us, them) = await Measured.InTurn(rounds, () => Sequence(Path.Combine(work, "sequenced"), TimeSpan.FromSeconds(seconds), cancel), () => Task.FromResult((double)SpeedLimit), cancel);
            table.Add(BenchVerb.Said(new("R9a", "the log's library alone: 256 leaves, tiles flushed to disk, a signed checkpoint", "the limit", "leaves/s", us, them, 1, 1,
                "A batch writes its bundle, its tile and the right edge, whatever the size of the log: ten times the leaves add a tile at most.")));
        }
        if (wanted("R10"))
        {
            var bench = new LogBench(Path.Combine(work, "log"), events);
            await bench.Fill(cancel);
            var (us, them) = await Measured.InTurn(rounds, () => bench.Verify(cancel), bench.Hash, cancel);
            table.Add(BenchVerb.Said(new("R10", string.Create(CultureInfo.InvariantCulture, $"verify a log of {events:#,0} events"),
                string.Create(CultureInfo.InvariantCulture, $"SHA-256 of its {bench.Bytes >> 20:#,0} MiB on one core"), "s", us, them, 3, 1.2,
                "Time grows with the log; memory by 32 bytes for 256 events.")));
        }
        return table;
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories);

    /// <summary>A visit's step, as the bank writes them: some 330 bytes.</summary>
    public static byte[] Entry(long number, out Guid id, out DateTime at)
    {
        (id, at) = (new Guid((int)number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1), Start.AddMilliseconds(number));
        return EventEncoding.Encode(new(
            id, at, Kind, new Guid((int)(number % 977), 0, 0x7000, 0x80, 1, 0, 0, 0, 0, 0, 2), "10.0.0.7",
            [new("locker", new Guid((int)(number % 25_013), 0, 0x7000, 0x80, 2, 0, 0, 0, 0, 0, 3)), new("visit", new Guid((int)(number / 4), 0, 0x7000, 0x80, 3, 0, 0, 0, 0, 0, 4))],
            new Dictionary<string, object> { ["check"] = "PhotographCompared", ["parties"] = 1L + number % 2 }, new Dictionary<string, byte[]>()));
    }

    private static byte[] Entry(int number) => Entry(number, out _, out _);
}
