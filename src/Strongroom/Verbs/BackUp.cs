using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Verbs;

/// <summary>One file of a backup, with what it must still be when it comes back.</summary>
/// <param name="Path">Below the backup's folder, with "/".</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);

internal sealed record BackupManifest(int Format, string Program, string Engine, DateTime MadeAt, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "manifest.json";
}

/// <summary>
/// A consistent copy of a running bank: database, then blobs (which are written before the rows that name them), then keys.
/// The way back is in docs/operations.md.
/// </summary>
internal static class BackUp
{
    public static readonly Option<string> To = new("--to") { Description = "A folder that is not there yet.", Required = true };
    public static readonly Option<string?> KeysTo = new("--keys-to") { Description = "Another folder that is not there yet, for the keys (default: keys in the first)." };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        var settings = app.Services.GetRequiredService<Settings>();
        var to = Path.GetFullPath(parsed.GetValue(To)!);
        var keysTo = parsed.GetValue(KeysTo) is { } apart ? Path.GetFullPath(apart) : Path.Combine(to, "keys");
        foreach (var folder in new[] { to, keysTo })
        {
            if (!Path.Exists(folder)) continue;
            await parsed.Error().WriteLineAsync($"{folder} is there already. A backup never overwrites: name a new folder.");
            return 1;
        }
        if (!KeyRing.Exists(settings.KeysFolder))
        {
            await parsed.Error().WriteLineAsync($"There are no keys in {settings.KeysFolder}. A backup without them could not be read.");
            return 1;
        }

        // Made beside its place and then moved there, so that a folder of that name is always a whole backup.
        var making = to + ".part";
        Private(making);
        if (await CopyDatabase(settings, making, cancel) is { } trouble)
        {
            Directory.Delete(making, recursive: true);
            await parsed.Error().WriteLineAsync(trouble);
            return 1;
        }
        if (settings.BlobsFolder is { } blobs && Directory.Exists(blobs)) Copy(blobs, Path.Combine(making, "blobs"));
        WriteManifest(making, settings, app.Services.GetRequiredService<TimeProvider>().UtcNow());
        Directory.Move(making, to);
        Copy(settings.KeysFolder, keysTo);
        await parsed.Output().WriteLineAsync($"""
            The backup is in {to}.
            The keys are in {keysTo}. Keep them apart from the data: whoever has both can read everything,
            and whoever loses the keys has lost every sealed value for ever.
            """);
        return 0;
    }

    /// <summary>Null when it was copied, else what to do.</summary>
    private static async Task<string?> CopyDatabase(Settings settings, string to, CancellationToken cancel)
    {
        if (settings.IsPostgres) return await PostgresDump.Write(settings, Path.Combine(to, "strongroom.dump"), cancel);
        await Backup.CopySqlite(settings.ConnectionString, Path.Combine(to, "strongroom.db"), cancel);
        return null;
    }

    private static void WriteManifest(string folder, Settings settings, DateTime now)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
        {
            using var content = File.OpenRead(file);
            return new BackupFile(Path.GetRelativePath(folder, file).Replace('\\', '/'), content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        });
        var program = typeof(BackUp).Assembly.GetName().Version!.ToString(3);
        var manifest = new BackupManifest(1, program, settings.IsPostgres ? "postgres" : "sqlite", now, [.. files]);
        File.WriteAllText(Path.Combine(folder, BackupManifest.FileName), JsonSerializer.Serialize(manifest, Readable) + "\n");
    }

    private static void Copy(string from, string to)
    {
        Private(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Private(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Private(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
