using System.Buffers.Text;
using System.Globalization;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Verifier.Checks;

/// <summary>
/// Every leaf: its tile under the tree, its entry under its hash, the entry in its form, the times in their order, the export beside it. Hashing runs on
/// all cores, some bundles at a time; what needs the order of the log is done by one, so that memory does not grow with the log.
/// </summary>
internal sealed class EntryCheck(ILogReader log, TileCheck above, long size, TimeSpan late, ExportCheck? export, Findings findings, IProgress<long>? progress)
{
    private const int BundlesATurn = 16;

    private DateTime latest = DateTime.MinValue;

    public async Task Run(CancellationToken cancel)
    {
        // Over a network waiting is what takes time; from a disk it is hashing.
        var ahead = log is FolderLog ? Environment.ProcessorCount + 1 : 8;
        var bundles = (size + TilePath.Full - 1) / TilePath.Full;
        var running = new Queue<Task<List<Bundle>>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            for (long next = 0; next < bundles || running.Count > 0;)
            {
                while (next < bundles && running.Count < ahead)
                {
                    var (from, to) = (next, Math.Min(bundles, next + BundlesATurn));
                    running.Enqueue(Task.Run(() => Turn(from, to, stop.Token), stop.Token));
                    next = to;
                }
                foreach (var bundle in await running.Dequeue()) InOrder(bundle);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<List<Bundle>> Turn(long from, long to, CancellationToken cancel)
    {
        List<Bundle> bundles = [];
        for (var index = from; index < to; index++) bundles.Add(await Check(index, cancel));
        return bundles;
    }

    private async Task<Bundle> Check(long index, CancellationToken cancel)
    {
        var path = TilePath.In(size, 0, index);
        var bundle = new Bundle(index * TilePath.Full, path.Width);
        var tile = await Read(path, bundle, cancel);
        var entries = await Read(path with { Level = TilePath.Entries }, bundle, cancel);

        var leaves = tile is null ? default : TreeHash.Read(tile);
        var expected = path.IsFull ? above.RootOfLeafTile(index) : null;
        var tileHolds = tile is not null && (expected is null || TreeHash.OfPerfectTree(leaves) == expected);
        if (tile is not null && !tileHolds)
            bundle.Faults.Add($"{path} is not the tile that was logged: it does not hash to what {TilePath.In(size, 1, index / TilePath.Full)} holds for it. It covers the entries {bundle.First:#,0} to {bundle.First + path.Width - 1:#,0}.");
        if (entries is null)
        {
            leaves.CopyTo(bundle.Leaves);
            return bundle;
        }
        Hashed(entries, path, leaves, tileHolds, expected, bundle);
        return bundle;
    }

    private static void Hashed(byte[] entries, TilePath path, ReadOnlySpan<Hash> leaves, bool tileHolds, Hash? expected, Bundle bundle)
    {
        Span<Range> ranges = new Range[path.Width];
        var bundlePath = path with { Level = TilePath.Entries };
        try
        {
            EntryBundle.Split(entries, ranges);
        }
        catch (MalformedException e)
        {
            bundle.Faults.Add($"{bundlePath}, with the entries {bundle.First:#,0} to {bundle.First + path.Width - 1:#,0}, is malformed: {e.Message}");
            leaves.CopyTo(bundle.Leaves);
            return;
        }
        TreeHash.OfLeaves(entries, ranges, bundle.Leaves);
        // When only the tile of hashes was touched, the entries still lead to the tree.
        var entriesHold = leaves.SequenceEqual(bundle.Leaves) ? tileHolds : expected is { } root && TreeHash.OfPerfectTree(bundle.Leaves) == root;
        for (var i = 0; i < ranges.Length; i++)
        {
            var entry = entries.AsSpan(ranges[i]);
            string? wrong = null;
            try
            {
                bundle.Heads[i] = EventEncoding.Check(entry);
            }
            catch (MalformedException e)
            {
                wrong = e.Message;
            }
            catch (UnknownVersionException e)
            {
                bundle.Unknown.Add($"Entry {bundle.First + i:#,0} in {bundlePath}: {e.Message}");
            }
            if (!entriesHold && leaves.Length > 0 && bundle.Leaves[i] != leaves[i])
            {
                bundle.Faults.Add($"Entry {bundle.First + i:#,0} ({Named(bundle, i, entry)}) in {bundlePath} is not what was logged: its hash is {bundle.Leaves[i]}, {path} holds {leaves[i]}.{Form(wrong)}");
                bundle.Leaves[i] = leaves[i];
            }
            else if (wrong is not null)
            {
                bundle.Faults.Add($"Entry {bundle.First + i:#,0} in {bundlePath} was logged as it is, and is no event: {wrong}");
            }
        }
    }

    /// <summary>A damaged event still says its id, most of the time.</summary>
    private static string Named(Bundle bundle, int place, ReadOnlySpan<byte> entry)
    {
        var id = entry.IndexOf("\"id\":\""u8) + 6;
        return bundle.Heads[place] is null && id >= 6 && Utf8Parser.TryParse(entry[id..], out Guid said, out _, 'D')
            ? string.Create(CultureInfo.InvariantCulture, $"event {said:D}, as far as it can be read") : bundle.Name(place);
    }

    private static string Form(string? wrong) => wrong is null ? "" : " " + wrong;

    private async Task<byte[]?> Read(TilePath path, Bundle bundle, CancellationToken cancel)
    {
        try
        {
            return await log.Tile(path, cancel);
        }
        catch (TileMissingException)
        {
            bundle.Faults.Add($"{path}, with the entries {bundle.First:#,0} to {bundle.First + bundle.Leaves.Length - 1:#,0}, is missing, though the checkpoint promises it.");
        }
        catch (MalformedException e)
        {
            bundle.Faults.Add($"{e.Message} It belongs to the entries {bundle.First:#,0} to {bundle.First + bundle.Leaves.Length - 1:#,0}.");
        }
        return null;
    }

    private void InOrder(Bundle bundle)
    {
        foreach (var fault in bundle.Faults) findings.Broken(fault);
        foreach (var unknown in bundle.Unknown) findings.Unknown(unknown);
        for (var i = 0; i < bundle.Heads.Length; i++)
        {
            if (bundle.Heads[i] is not { } head) continue;
            if (head.At + late < latest)
                findings.Broken($"Entry {bundle.First + i:#,0} ({bundle.Name(i)}) is back-dated: it is dated {head.At:yyyy-MM-dd HH:mm:ss} UTC, and entries of {latest:yyyy-MM-dd HH:mm:ss} stand before it.");
            if (head.At > latest) latest = head.At;
        }
        export?.Compare(bundle);
        progress?.Report(bundle.First + bundle.Leaves.Length);
    }
}

/// <summary>Some entries and what was found in them, on the way from the core that hashed them to the one that has the order.</summary>
internal sealed class Bundle(long first, int width)
{
    public long First { get; } = first;

    /// <summary>What the log holds at each place, as far as it could be learnt.</summary>
    public Hash[] Leaves { get; } = new Hash[width];

    public EventHead?[] Heads { get; } = new EventHead?[width];

    public List<FormattableString> Faults { get; } = [];

    public List<FormattableString> Unknown { get; } = [];

    public string Name(int place) => Heads[place] is { } head ? string.Create(CultureInfo.InvariantCulture, $"event {head.Id:D}") : "an event that cannot be read";
}
