using Strongroom.Tests.Architecture;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>A copy of the checked-in register (two branches, with the dirt that registers have), to be changed at will and thrown away.</summary>
internal sealed class RegisterFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("strongroom-register-").FullName;

    public RegisterFolder()
    {
        foreach (var file in Directory.GetFiles(Repository.At("tests", "Strongroom.Tests", "Modules", "Exchange", "Register")))
            File.Copy(file, At(System.IO.Path.GetFileName(file)));
    }

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public RegisterFolder With(string file, string text)
    {
        File.WriteAllText(At(file), text);
        return this;
    }

    public RegisterFolder Without(string file)
    {
        File.Delete(At(file));
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
