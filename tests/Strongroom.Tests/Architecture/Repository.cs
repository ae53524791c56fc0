namespace Strongroom.Tests.Architecture;

/// <summary>The source tree the tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Found = new(() =>
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Strongroom.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not lie below Strongroom.slnx.");
    });

    public static string At(params string[] path) => Path.Combine([Found.Value, .. path]);

    public static IEnumerable<string> Files(string below, params string[] extensions) => Directory
        .EnumerateFiles(At(below.Split('/')), "*", SearchOption.AllDirectories)
        .Where(file => extensions.Contains(Path.GetExtension(file)) && !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "Migrations"));

    public static string Relative(string file) => Path.GetRelativePath(Found.Value, file).Replace('\\', '/');
}
