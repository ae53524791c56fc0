using Strongroom.AuditLog;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;

namespace Strongroom.Verifier.Checks;

/// <summary>The bank's own rows beside the log's entries: what the bank shows to its officers must be what it logged.</summary>
internal sealed class ExportCheck : IAsyncDisposable
{
    private readonly EventExport export;
    private readonly Findings findings;
    private readonly string name;
    private readonly Checkpoint checkpoint;
    private ExportedEvent? line;
    private long compared;
    private bool broke;

    public ExportCheck(string file, Checkpoint checkpoint, Findings findings)
    {
        (this.findings, this.checkpoint, name) = (findings, checkpoint, Path.GetFileName(file));
        export = new(file);
        Try(() =>
        {
            var header = export.Header();
            if (header.Origin != checkpoint.Origin) findings.Broken($"{name} is the export of the log \"{header.Origin}\".");
            Next();
        });
    }

    /// <summary>How many of the log's entries the export says that it has.</summary>
    private long Size => export.Size;

    public void Compare(Bundle bundle)
    {
        for (var i = 0; i < bundle.Leaves.Length && bundle.First + i < Size && !broke; i++)
        {
            var index = bundle.First + i;
            while (!broke && line is { } early && early.Index < index)
            {
                findings.Broken($"{name}, line {export.Line:#,0}: entry {early.Index:#,0} ({Event(early)}) stands there a second time, or out of its order.");
                Next();
            }
            if (broke) return;
            compared++;
            if (line is { } here && here.Index == index)
            {
                One(here, bundle, i);
                Next();
            }
            else findings.Broken($"Entry {index:#,0} ({bundle.Name(i)}) stands in the log and not in {name}: it was deleted there.");
        }
    }

    public void End()
    {
        if (broke) return;
        for (; line is { } beyond && !broke && Size <= checkpoint.Size; Next())
            findings.Broken($"{name}, line {export.Line:#,0}: entry {beyond.Index:#,0} ({Event(beyond)}) lies beyond the {Size:#,0} entries that the export is of.");
        if (Size > checkpoint.Size) findings.Broken($"{name} is of {Size:#,0} entries, and the log has only {checkpoint.Size:#,0}: the log's end was cut off, or an old checkpoint is shown.");
        if (Size < checkpoint.Size) findings.Remark($"{name} has the first {Size:#,0} of the log's {checkpoint.Size:#,0} entries; the later ones were not compared.");
        findings.Good($"The {compared:#,0} events of {name} are those of the log.");
    }

    public ValueTask DisposeAsync() => export.DisposeAsync();

    private void One(ExportedEvent exported, Bundle bundle, int place)
    {
        var (index, logged) = (exported.Index, bundle.Leaves[place]);
        if (TreeHash.OfLeaf(exported.Body) != logged)
        {
            var stated = exported.Hash;
            if (bundle.Heads[place] is { } head && head.Id != exported.Id)
                findings.Broken($"{name}, line {export.Line:#,0}: at entry {index:#,0} the log has the event {head.Id:D}, the export {exported.Id:D}: events were exchanged, reordered or replaced.");
            else if (stated == logged)
                findings.Broken($"{name}, line {export.Line:#,0}: the payload of entry {index:#,0} ({Event(exported)}) was edited and its hash kept: the bytes do not hash to it.");
            else
                findings.Broken($"{name}, line {export.Line:#,0}: entry {index:#,0} ({Event(exported)}) was edited: it is not the event that was logged.");
            return;
        }
        if (exported.Hash is { } hash && hash != logged) findings.Broken($"{name}, line {export.Line:#,0}: the stored hash of entry {index:#,0} ({Event(exported)}) was edited.");
        if (bundle.Heads[place] is null) return;
        var logs = EventEncoding.Decode(exported.Body);
        if (exported.Id != logs.Id) Column(exported, "id", $"{exported.Id:D}", $"{logs.Id:D}");
        if (exported.At is { } at && at != logs.At) Column(exported, "time", $"{at:yyyy-MM-dd HH:mm:ss.fff}", $"{logs.At:yyyy-MM-dd HH:mm:ss.fff}");
        if (exported.Kind is { } kind && kind != logs.Kind) Column(exported, "kind", $"{kind}", $"{logs.Kind}");
        if (exported.HasActor && exported.Actor != logs.Actor) Column(exported, "actor", $"{exported.Actor}", $"{logs.Actor}");
    }

    private void Column(ExportedEvent exported, string what, FormattableString row, FormattableString logged) =>
        findings.Broken($"{name}, line {export.Line:#,0}: the row of entry {exported.Index:#,0} ({Event(exported)}) was edited: its {what} is {FormattableString.Invariant(row)}, logged was {FormattableString.Invariant(logged)}.");

    private static string Event(ExportedEvent exported) => $"event {exported.Id:D}";

    private void Next() => Try(() => line = export.Next());

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (MalformedException e)
        {
            broke = true;
            findings.Broken($"{name}, line {export.Line:#,0}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            broke = true;
            findings.Unknown($"The export {name} cannot be read: {e.Message}");
        }
    }
}
