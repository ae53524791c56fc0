using System.Globalization;
using System.Text;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Tests.AuditLog;

/// <summary>A log in a folder of its own, with the keys that signed it: what an auditor's copy of a bank's log is.</summary>
internal sealed class BankLog : IDisposable
{
    public static readonly DateTime Morning = new(2026, 11, 23, 4, 30, 0, DateTimeKind.Utc);

    private readonly List<byte[]> entries = [];
    private GrowingTree tree = new();

    public BankLog(SigningKey? key = null)
    {
        Folder = Directory.CreateTempSubdirectory("strongroom-log-").FullName;
        Log = new(Folder, flush: false);
        Key = key ?? SigningKey.Generate("bank.example/log", SignatureType.Ed25519);
    }

    public string Folder { get; }

    public FolderLog Log { get; }

    public SigningKey Key { get; }

    public string CheckpointFile => Path.Combine(Folder, "checkpoint");

    public IReadOnlyList<byte[]> Entries => entries;

    public Checkpoint Checkpoint => new(Key.Verifier.Name, tree.Size, tree.Root());

    public static LogEvent Event(int number, DateTime? at = null) => new(
        new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1), at ?? Morning.AddSeconds(number), "access.visit-admitted",
        new Guid(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), "10.0.0.7",
        [new("visit", new Guid(number, 1, 0, 0, 0, 0, 0, 0, 0, 0, 3)), new("locker", new Guid(number % 300, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4))],
        new Dictionary<string, object> { ["parties"] = 1L + number % 3, ["check"] = "PhotographCompared" },
        new Dictionary<string, byte[]>());

    /// <summary>Appends as many events as the log then has, and publishes.</summary>
    public async Task<BankLog> GrowTo(int size, Func<int, byte[]>? entry = null)
    {
        for (var i = entries.Count; i < size; i++)
        {
            entries.Add(entry?.Invoke(i) ?? EventEncoding.Encode(Event(i)));
            tree.Append(entries[i]);
        }
        await Publish();
        return this;
    }

    /// <summary>Publishes what the tree is now, after a bank's officer or a thief signed it.</summary>
    public async Task Publish(params SigningKey[] witnesses)
    {
        await Log.WriteTiles(tree.TakeTiles(), default);
        var note = Checkpoint.Sign(Key);
        foreach (var witness in witnesses) note = note.With(witness.Cosign(note.Text, Morning.AddHours(2)));
        await Log.WriteCheckpoint(note.ToBytes(), default);
    }

    /// <summary>The same log with other entries, by whoever holds the key.</summary>
    public async Task Forge(IEnumerable<byte[]> forged, params SigningKey[] witnesses)
    {
        Directory.Delete(Path.Combine(Folder, "tile"), recursive: true);
        (tree, _) = (new GrowingTree(), File.Exists(CheckpointFile));
        entries.Clear();
        foreach (var entry in forged)
        {
            entries.Add(entry);
            tree.Append(entry);
        }
        await Publish(witnesses);
    }

    /// <summary>The bank's rows, one line each; the row of an event may be another than the log's.</summary>
    public string Export(Func<int, byte[]>? row = null, IEnumerable<int>? order = null, Func<int, Hash>? hash = null, Func<int, DateTime>? at = null)
    {
        var file = Path.Combine(Folder, "events.jsonl");
        var lines = new StringBuilder($$"""{"format":"strongroom-events/1","origin":"{{Key.Verifier.Name}}","size":{{entries.Count}}}""").Append('\n');
        var index = 0;
        foreach (var number in order ?? Enumerable.Range(0, entries.Count))
        {
            var body = row?.Invoke(number) ?? entries[number];
            var shown = EventEncoding.Decode(body);
            lines.Append(CultureInfo.InvariantCulture, $$"""{"index":{{(order is null || order.Count() == entries.Count ? index : number)}},"id":"{{shown.Id}}","at":"{{at?.Invoke(number) ?? shown.At:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","kind":"{{shown.Kind}}","actor":"{{shown.Actor}}","hash":"{{hash?.Invoke(number) ?? TreeHash.OfLeaf(body)}}","body":"{{Convert.ToBase64String(body)}}"}""").Append('\n');
            index++;
        }
        File.WriteAllText(file, lines.ToString());
        return file;
    }

    public string Keep(string name)
    {
        var file = Path.Combine(Folder, name);
        File.Copy(CheckpointFile, file);
        return file;
    }

    public void Dispose()
    {
        Key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
