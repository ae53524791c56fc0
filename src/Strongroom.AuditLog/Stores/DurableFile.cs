using System.Runtime.InteropServices;
using System.Text;

namespace Strongroom.AuditLog.Stores;

/// <summary>Replaces a file so that after a power cut it is the old one or the new one, whole, and the new one once the call has returned.</summary>
public static class DurableFile
{
    /// <param name="flush">Whether to wait for the disk. Without it the file is still never half, but may be the old one after a power cut.</param>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, bool flush = true)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var draft = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.draft";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes);
            if (flush) file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
        if (flush) FlushFolder(folder);
    }

    /// <summary>The name itself is durable only when the folder is. Windows does this by itself, and lets nobody open a folder.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Unix.open([.. Encoding.UTF8.GetBytes(folder), 0], 0);
        if (handle < 0) throw new IOException($"{folder} could not be opened to be flushed (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Unix.fsync(handle) != 0) throw new IOException($"{folder} could not be flushed (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Unix.close(handle);
        }
    }

    // The framework opens files, not folders.
    private static class Unix
    {
        [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int open(byte[] path, int flags);

        [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int fsync(int handle);

        [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int close(int handle);
    }
}
