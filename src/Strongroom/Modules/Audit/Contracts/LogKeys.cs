using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Notes;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Contracts;

/// <summary>
/// The keys that sign the log, beside the key ring: log-1.key, log-2.key …, each one line as C2SP writes a private key. Every key that lies there signs each
/// checkpoint: while an old one stays beside its successor, auditors who hold either can check.
/// </summary>
public static class LogKeys
{
    public static bool Exist(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "log-*.key").Any();

    /// <summary>The log's name unless Log:Origin gives one: the public address without its scheme, and "/log".</summary>
    public static string OriginOf(IConfiguration configuration) =>
        configuration["Log:Origin"] is { Length: > 0 } given ? given : SiteAddress.Of(configuration).Uri.Authority + "/log";

    /// <summary>Makes the first key of a new log. Never replaces one.</summary>
    public static string Create(string folder, string origin) => Write(folder, 1, origin);

    /// <summary>Makes the next key of the same log; its predecessors stay and go on to sign until somebody takes their files away.</summary>
    /// <exception cref="KeyRingException">There is no key yet, or one cannot be read.</exception>
    public static string Rotate(string folder)
    {
        var files = Files(folder);
        if (files.Count == 0) throw new KeyRingException($"There is no log key in {folder} to be followed by another. `migrate` makes the first.");
        using var newest = Read(files.Last().Value);
        return Write(folder, files.Keys.Last() + 1, newest.Verifier.Name);
    }

    /// <summary>Whether anything was ever sealed in this database: then a missing key is lost, and no new one may take its place unasked.</summary>
    public static Task<bool> HasLog(StrongroomDb db, CancellationToken cancel) => db.Set<AuditCheckpoint>().AnyAsync(cancel);

    /// <summary>Newest first.</summary>
    /// <exception cref="KeyRingException">There is none, one cannot be read, or they are of different logs.</exception>
    internal static IReadOnlyList<SigningKey> Open(string folder)
    {
        var keys = Files(folder).Values.Reverse().Select(Read).ToList();
        if (keys.Count == 0) throw new KeyRingException($"There is no log key in {folder}. Restore it from the backup of the keys; for a new bank run `migrate`, which makes it.");
        if (keys.Exists(key => key.Verifier.Name != keys[0].Verifier.Name)) throw new KeyRingException($"The log keys in {folder} are of different logs.");
        return keys;
    }

    private static SortedDictionary<int, string> Files(string folder)
    {
        var files = new SortedDictionary<int, string>();
        if (!Directory.Exists(folder)) return files;
        foreach (var file in Directory.EnumerateFiles(folder, "log-*.key"))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan(4), out var version)) files[version] = file;
            else throw new KeyRingException($"{file}: expected a name such as log-2.key.");
        }
        return files;
    }

    private static SigningKey Read(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            throw new KeyRingException($"{file} is open to others; `chmod 600` it.");
        try
        {
            return SigningKey.Parse(File.ReadAllText(file).Trim());
        }
        catch (MalformedException malformed)
        {
            throw new KeyRingException($"{file}: {malformed.Message}");
        }
    }

    private static string Write(string folder, int version, string origin)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var key = SigningKey.Generate(origin, SignatureType.Ed25519);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new StreamWriter(Path.Combine(folder, $"log-{version}.key"), options);
        stream.WriteLine(key.Export());
        return key.Verifier.ToString();
    }
}
