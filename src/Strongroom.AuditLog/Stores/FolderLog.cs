using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Stores;

/// <summary>A log in a folder, file by file as a web server would serve it.</summary>
/// <param name="flush">Whether a write waits for the disk; an export that can be made again need not.</param>
public sealed class FolderLog(string folder, bool flush = true) : ILogStore
{
    public string Folder { get; } = Path.GetFullPath(folder);

    public ValueTask<byte[]?> ReadCheckpoint(CancellationToken cancel) =>
        ValueTask.FromResult(Read("checkpoint", SignedNote.LongestBytes));

    public ValueTask<byte[]?> ReadTile(TilePath tile, CancellationToken cancel) =>
        ValueTask.FromResult(Read(tile.ToString(), tile.LongestBytes));

    public ValueTask WriteTiles(IReadOnlyList<TileFile> tiles, CancellationToken cancel)
    {
        foreach (var tile in tiles)
        {
            cancel.ThrowIfCancellationRequested();
            Write(tile.Path.ToString(), tile.Bytes.Span);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteCheckpoint(ReadOnlyMemory<byte> note, CancellationToken cancel)
    {
        Write("checkpoint", note.Span);
        return ValueTask.CompletedTask;
    }

    private void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        DurableFile.Replace(file, bytes, flush);
    }

    private byte[]? Read(string path, int longest)
    {
        try
        {
            using var file = File.OpenHandle(Path.Combine(Folder, path));
            var length = RandomAccess.GetLength(file);
            if (length > longest) throw new MalformedException($"{path} has {length} bytes; {longest} is the most there can be.");
            var bytes = GC.AllocateUninitializedArray<byte>((int)length);
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more) read += more;
            return read == bytes.Length ? bytes : throw new LogUnavailableException($"{path} changed while it was read.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not LogUnavailableException)
        {
            throw new LogUnavailableException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
