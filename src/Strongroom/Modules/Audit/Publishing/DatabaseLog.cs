using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Publishing;

/// <summary>The published log as it lies in the database.</summary>
internal sealed class DatabaseLog(StrongroomDb db, Witnesses witnesses) : ILogReader
{
    public async ValueTask<byte[]?> ReadCheckpoint(CancellationToken cancel) => (await Published.Newest(db, witnesses, cancel))?.Note;

    public async ValueTask<byte[]?> ReadTile(TilePath tile, CancellationToken cancel)
    {
        if (tile.IsFull) return await db.Set<AuditTile>().Where(row => row.Level == tile.Level && row.Index == tile.Index).Select(row => row.Bytes).SingleOrDefaultAsync(cancel);
        var edge = await db.Set<AuditEdge>().AsNoTracking().SingleOrDefaultAsync(row => row.Level == tile.Level && row.Index == tile.Index && row.Width >= tile.Width, cancel);
        return edge is null ? null : Begin(edge, tile);
    }

    private static byte[] Begin(AuditEdge edge, TilePath tile)
    {
        if (edge.Width == tile.Width) return edge.Bytes;
        if (!tile.IsBundle) return edge.Bytes[..Math.Min(edge.Bytes.Length, tile.Width * Hash.Size)];
        var entries = new Range[edge.Width];
        EntryBundle.Split(edge.Bytes, entries);
        return edge.Bytes[..entries[tile.Width - 1].End];
    }
}
