using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Publishing;

/// <summary>The log as a folder of files, and the bank's rows beside it as lines: what an auditor takes home.</summary>
internal sealed class ExportLog(StrongroomDb db, DatabaseLog log, Witnesses witnesses)
{
    private const int Page = 1000;

    /// <summary>Writes the tiles of the newest checkpoint, then the checkpoint. Full tiles that are there already are left alone.</summary>
    /// <returns>Its size; null when nothing was sealed yet.</returns>
    public async Task<long?> Tiles(string folder, CancellationToken cancel)
    {
        if (await Published.Newest(db, witnesses, cancel) is not { } shown) return null;
        var size = shown.Size;
        var to = new FolderLog(folder, flush: false);
        for (var level = TilePath.Entries; level < TilePath.Levels; level++)
        {
            for (var index = 0L; index * TilePath.Full < TilePath.HashesAt(size, level); index++)
            {
                var tile = TilePath.In(size, level, index);
                if (tile.IsFull && File.Exists(Path.Combine(folder, tile.ToString()))) continue;
                await to.WriteTiles([new(tile, await log.Tile(tile, cancel))], cancel);
            }
        }
        await to.WriteCheckpoint(shown.Note, cancel);
        return size;
    }

    /// <summary>Writes the events as the database has them, in the order of their leaves: "The export" of docs/audit-log-format.md.</summary>
    /// <returns>How many; null when nothing was sealed yet.</returns>
    public async Task<long?> Events(Stream to, CancellationToken cancel)
    {
        if (await Published.Newest(db, witnesses, cancel) is not { } shown) return null;
        // The first line of the note; the rest of it is for the verifier to judge.
        var origin = Encoding.UTF8.GetString(shown.Note.AsSpan()[..Math.Max(0, shown.Note.AsSpan().IndexOf((byte)'\n'))]);
        await using var lines = new StreamWriter(to, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await lines.WriteLineAsync(JsonSerializer.Serialize(new { format = "strongroom-events/1", origin, size = shown.Size }));
        for (var from = 0L; from < shown.Size; from += Page)
        {
            var (first, border) = (from, Math.Min(from + Page, shown.Size));
            // A left-out line is a deleted row, and the verifier says which.
            var rows = await (from leaf in db.Set<AuditLeaf>()
                              join happened in db.Set<AuditEvent>() on leaf.Event equals happened.Id
                              where leaf.Index >= first && leaf.Index < border
                              orderby leaf.Index
                              select new { leaf.Index, happened.Id, happened.At, happened.Kind, happened.Actor, happened.LeafHash, happened.Body }).ToListAsync(cancel);
            foreach (var row in rows)
            {
                await lines.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    index = row.Index,
                    id = row.Id.ToString(),
                    at = row.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    kind = row.Kind,
                    actor = row.Actor?.ToString(),
                    hash = Convert.ToBase64String(row.LeafHash),
                    body = Convert.ToBase64String(row.Body),
                }));
            }
        }
        return shown.Size;
    }
}
