using Strongroom.AuditLog.Notes;

namespace Strongroom.Verifier;

internal static class Keygen
{
    /// <summary>Writes a new private key to a file that must not be there, for its owner's eyes alone.</summary>
    /// <returns>The verifier key, to be given away.</returns>
    /// <exception cref="IOException">There is such a file.</exception>
    public static string Write(string name, SignatureType type, string file)
    {
        using var key = SigningKey.Generate(name, type);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(key.Export());
        return key.Verifier.ToString();
    }

    /// <exception cref="Strongroom.AuditLog.MalformedException">The file holds no private key.</exception>
    public static SigningKey Read(string file) => SigningKey.Parse(File.ReadAllText(file).TrimEnd('\r', '\n'));
}
