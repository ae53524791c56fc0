using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Verifier.Checks;

/// <summary>
/// What else lies in a folder: partial tiles of earlier checkpoints, which must be the beginning of today's. Over HTTP nobody can see them; here a
/// changed one would be a lie waiting for an older checkpoint.
/// </summary>
internal static class LeftoverCheck
{
    public static async Task Run(FolderLog log, long size, Findings findings, CancellationToken cancel)
    {
        var folder = Path.Combine(log.Folder, "tile");
        if (!Directory.Exists(folder)) return;
        var beyond = 0L;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(log.Folder, file).Replace('\\', '/');
            if (!TilePath.TryParse(name, out var path)) continue;
            var held = TilePath.HashesAt(size, path.Level) - path.Index * TilePath.Full;
            if (held < path.Width) beyond++;
            else if (!path.IsFull && held > path.Width) await Earlier(log, path, TilePath.In(size, path.Level, path.Index), findings, cancel);
        }
        if (beyond > 0) findings.Remark($"{beyond:#,0} files lie beyond the checkpoint's {size:#,0} entries: written and not yet published, or the checkpoint is not the newest.");
    }

    private static async Task Earlier(FolderLog log, TilePath earlier, TilePath now, Findings findings, CancellationToken cancel)
    {
        // What is wrong with today's was said where it was checked.
        if (await log.ReadTile(earlier, cancel) is not { } part || await log.ReadTile(now, cancel) is not { } whole) return;
        if (part.Length > whole.Length || !whole.AsSpan(0, part.Length).SequenceEqual(part) || (!earlier.IsBundle && part.Length != earlier.LongestBytes))
            findings.Broken($"{earlier}, of an earlier checkpoint, is not the beginning of {now}: one of them was changed.");
    }
}
