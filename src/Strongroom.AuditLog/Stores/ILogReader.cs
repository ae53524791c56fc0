using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Stores;

/// <summary>Where a published log is read. Nothing that it gives is trusted before it was checked.</summary>
public interface ILogReader
{
    /// <summary>The newest checkpoint, a signed note; null when there is none.</summary>
    /// <exception cref="LogUnavailableException">Whether there is one could not be learnt.</exception>
    /// <exception cref="MalformedException">It is longer than a checkpoint may be.</exception>
    ValueTask<byte[]?> ReadCheckpoint(CancellationToken cancel);

    /// <summary>Exactly this tile; null when there is none.</summary>
    /// <exception cref="LogUnavailableException">Whether there is one could not be learnt.</exception>
    /// <exception cref="MalformedException">It is longer than such a tile can be, or shorter.</exception>
    ValueTask<byte[]?> ReadTile(TilePath tile, CancellationToken cancel);
}

/// <summary>Where a log is kept by whoever writes it.</summary>
public interface ILogStore : ILogReader
{
    /// <summary>Keeps tiles durably before it returns. A tile that is there already is the same, or the tree has forked: it may be written again.</summary>
    ValueTask WriteTiles(IReadOnlyList<TileFile> tiles, CancellationToken cancel);

    /// <summary>Publishes a checkpoint whose tiles are all written: after this, readers may ask for them.</summary>
    ValueTask WriteCheckpoint(ReadOnlyMemory<byte> note, CancellationToken cancel);
}

/// <summary>The log could not be asked: no network, no right to read, an answer that is neither yes nor no. Says nothing about whether the log holds.</summary>
public sealed class LogUnavailableException : IOException
{
    public LogUnavailableException() : base("The log could not be read.") { }

    public LogUnavailableException(string message) : base(message) { }

    public LogUnavailableException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>The log answers, and has not the tile that its checkpoint promises.</summary>
public sealed class TileMissingException : IOException
{
    public TileMissingException() : base("A tile is missing.") { }

    public TileMissingException(string message) : base(message) { }

    public TileMissingException(string message, Exception inner) : base(message, inner) { }

    public TileMissingException(TilePath tile) : base($"{tile} is missing.") => Tile = tile;

    public TilePath Tile { get; }
}

/// <summary>Reading as a log allows it.</summary>
public static class LogReading
{
    /// <summary>A tile of that width, cut out of the full one when the log has no longer the partial one, as it may.</summary>
    /// <exception cref="TileMissingException">There is neither.</exception>
    public static async ValueTask<byte[]> Tile(this ILogReader log, TilePath tile, CancellationToken cancel)
    {
        if (await log.ReadTile(tile, cancel) is { } found) return Checked(tile, found);
        if (tile.IsFull || await log.ReadTile(tile.WhenFull, cancel) is not { } full) throw new TileMissingException(tile);
        return Cut(Checked(tile.WhenFull, full), tile);
    }

    internal static byte[] Checked(TilePath tile, byte[] bytes)
    {
        if (bytes.Length > tile.LongestBytes || (!tile.IsBundle && bytes.Length != tile.LongestBytes))
            throw new MalformedException($"{tile} has {bytes.Length} bytes, which is no such tile.");
        return bytes;
    }

    private static byte[] Cut(byte[] full, TilePath tile)
    {
        if (!tile.IsBundle) return full[..tile.LongestBytes];
        Span<Range> entries = stackalloc Range[TilePath.Full];
        EntryBundle.Split(full, entries);
        return full[..entries[tile.Width - 1].End.Value];
    }
}
