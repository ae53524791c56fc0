using System.Security.Cryptography;

namespace Strongroom.Data.Sealing;

/// <summary>
/// The bank's own keys: key-encryption keys by version (kek-1.key, kek-2.key …; the highest wraps, all unwrap) and the blind-index key
/// (blind.key), each 32 bytes in base64 in a folder that only the server may read. Losing this folder is losing every sealed column.
/// </summary>
public sealed class KeyRing
{
    private readonly SortedDictionary<int, byte[]> wrapping;
    private readonly byte[] blind;

    private KeyRing(SortedDictionary<int, byte[]> wrapping, byte[] blind)
    {
        this.wrapping = wrapping;
        this.blind = blind;
    }

    public int Newest => wrapping.Keys.Last();

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, "kek-1.key"));

    /// <exception cref="KeyRingException">A key is missing, of the wrong length, or readable by others.</exception>
    public static KeyRing Open(string folder)
    {
        if (!Exists(folder))
            throw new KeyRingException($"There are no keys in {folder}. Restore them from the backup; for a new bank run `migrate`, which makes them.");
        var wrapping = new SortedDictionary<int, byte[]>();
        foreach (var file in Directory.EnumerateFiles(folder, "kek-*.key"))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan(4), out var version)) wrapping[version] = Read(file);
            else throw new KeyRingException($"{file}: expected a name such as kek-2.key.");
        }
        return new(wrapping, Read(Path.Combine(folder, "blind.key")));
    }

    /// <summary>Makes the first keys of a new bank. Never replaces one.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write(Path.Combine(folder, "blind.key"));
        Write(Path.Combine(folder, "kek-1.key"));
    }

    internal byte[] WrappingKey(int version) => wrapping.TryGetValue(version, out var key)
        ? key
        : throw new KeyRingException($"kek-{version}.key is missing from the key ring, and rows are wrapped with it.");

    internal byte[] BlindKey => blind;

    /// <summary>Newest first.</summary>
    internal IEnumerable<int> Versions => wrapping.Keys.Reverse();

    /// <summary>A key for another purpose, made of one of these and saying nothing of it (HKDF-SHA256): the same on every node, and nowhere stored.</summary>
    internal byte[] Derive(int version, string purpose, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, WrappingKey(version), length, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    private static byte[] Read(string file)
    {
        if (!File.Exists(file)) throw new KeyRingException($"{file} is missing.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            throw new KeyRingException($"{file} is open to others; `chmod 600` it.");
        var key = new byte[32];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length == 32
            ? key
            : throw new KeyRingException($"{file} does not hold 32 bytes in base64.");
    }

    private static void Write(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new StreamWriter(file, options);
        stream.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }
}

public sealed class KeyRingException(string message) : Exception(message);
