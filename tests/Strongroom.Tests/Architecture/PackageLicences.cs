using System.Xml.Linq;

namespace Strongroom.Tests.Architecture;

/// <summary>What each restored package says of its licence, and which licences we ship or build with.</summary>
internal static class PackageLicences
{
    private static readonly string[] Expressions =
        ["MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0", "PostgreSQL", "ISC", "0BSD", "OFL-1.1", "Unicode-3.0", "Unicode-DFS-2016", "CC0-1.0"];

    /// <summary>Packages that name no expression: read by hand, with what stands there.</summary>
    public static readonly Dictionary<string, string> CheckedByHand = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Otp.NET"] = "MIT, LICENSE.txt in the package",
    };

    public static bool Allowed(string name, string found) =>
        CheckedByHand.ContainsKey(name) || (found.StartsWith("expression ", StringComparison.Ordinal) && All(found["expression ".Length..]));

    public static string Of(string name, string version)
    {
        var folder = Path.Combine(Folder, name.ToLowerInvariant(), version.ToLowerInvariant());
        var nuspec = Path.Combine(folder, name.ToLowerInvariant() + ".nuspec");
        if (!File.Exists(nuspec)) return "not restored here";
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata").Elements().ToLookup(element => element.Name.LocalName);
        if (metadata["license"].FirstOrDefault() is { } licence) return $"{licence.Attribute("type")?.Value} {licence.Value}";
        return metadata["licenseUrl"].FirstOrDefault() is { } url ? $"url {url.Value}" : "nothing said";
    }

    private static string Folder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    // "(MIT OR GPL-2.0)": one that we may use is enough. "Apache-2.0 AND MIT": each must be.
    private static bool All(string expression) => expression.Trim('(', ')').Split(" AND ")
        .All(part => part.Trim('(', ')', ' ').Split(" OR ").Any(choice => Expressions.Contains(choice.Trim('(', ')', ' '))));
}
