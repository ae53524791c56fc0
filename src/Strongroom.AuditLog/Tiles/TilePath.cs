using System.Globalization;
using System.Text;

namespace Strongroom.AuditLog.Tiles;

/// <summary>
/// One file of a log by C2SP tlog-tiles: a tile of hashes, or a bundle of entries. Tile N of level L holds the roots of the subtrees of 256^L leaves
/// from number 256 N on; bundle N holds the entries from number 256 N on.
/// </summary>
/// <param name="Level">0 to 7; <see cref="Entries"/> for a bundle. (Eight levels of 256 hold every tree whose size fits into 63 bits.)</param>
/// <param name="Index">Number within the level, from 0.</param>
/// <param name="Width">How many hashes or entries it holds: 256 when full, 1 to 255 when partial.</param>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    public const int Full = 256, Entries = -1, Levels = 8;

    /// <summary>An entry has at most so many bytes, because its length is written in 16 bits.</summary>
    public const int LongestEntry = 65_535;

    public bool IsFull => Width == Full;

    public bool IsBundle => Level == Entries;

    /// <summary>No honest file at this path is longer. A tile of hashes has exactly so many bytes.</summary>
    public int LongestBytes => Width * (IsBundle ? 2 + LongestEntry : Merkle.Hash.Size);

    /// <summary>The full tile at the same place, for when a log has thrown away the partial one.</summary>
    public TilePath WhenFull => this with { Width = Full };

    /// <summary>The tile of a level at a place in a tree of that size, as wide as it then is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tree of that size has no such tile.</exception>
    public static TilePath In(long size, int level, long index)
    {
        var width = Math.Min(Full, HashesAt(size, level) - index * Full);
        return width > 0 && index >= 0 ? new(level, index, (int)width) : throw new ArgumentOutOfRangeException(nameof(index), $"A log of {size} entries has no tile {index} at level {level}.");
    }

    /// <summary>How many hashes (or entries) all tiles of a level hold together in a tree of that size.</summary>
    public static long HashesAt(long size, int level) => size >> (8 * Math.Max(0, level));

    /// <summary>"tile/0/x001/234.p/5", relative to the log's address.</summary>
    public override string ToString()
    {
        var path = new StringBuilder("tile/").Append(IsBundle ? "entries" : Level.ToString(CultureInfo.InvariantCulture));
        var digits = Index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        for (var at = 0; at < digits.Length; at += 3)
            path.Append('/').Append(at + 3 < digits.Length ? "x" : "").Append(digits, at, 3);
        return (IsFull ? path : path.Append(".p/").Append(Width.ToString(CultureInfo.InvariantCulture))).ToString();
    }

    /// <exception cref="MalformedException">It is not the one way to write the path of a tile.</exception>
    public static TilePath Parse(string path) =>
        TryParse(path, out var tile) ? tile : throw new MalformedException($"\"{Base64.Short(path)}\" is not the path of a tile.");

    public static bool TryParse(string path, out TilePath tile)
    {
        tile = default;
        var parts = path.Split('/');
        if (parts.Length is < 3 or > 11 || parts[0] != "tile") return false;
        var level = Entries;
        if (parts[1] != "entries" && (parts[1].Length > 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out level) || level >= Levels)) return false;
        var width = Full;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= Full) return false;
            parts = [.. parts[..^2], parts[^2][..^2]];
        }
        var digits = string.Concat(parts.Skip(2).Select(part => part.TrimStart('x')));
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        tile = new(level, index, width);
        // Written again it must be the same: one rule instead of one for each zero, x and dot.
        return string.Equals(tile.ToString(), path, StringComparison.Ordinal);
    }
}

/// <summary>A tile or bundle and what it holds.</summary>
public readonly record struct TileFile(TilePath Path, ReadOnlyMemory<byte> Bytes);
