using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Strongroom.Tests.Architecture;

/// <summary>What the build promises, so that nobody turns it off in passing.</summary>
public sealed partial class BuildTests
{
    private const int MostPackages = 29;

    private static readonly string[] MayUseBannedSymbols = ["src/Strongroom/Data/.editorconfig", "tests/.editorconfig"];

    [Fact]
    public void Banned_symbols_are_errors_everywhere_but_in_the_data_folder_and_in_tests()
    {
        var props = File.ReadAllText(Repository.At("Directory.Build.props"));
        props.ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        props.ShouldContain("BannedSymbols.txt");
        props.ShouldContain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");

        Files("*.editorconfig", "*.globalconfig", "*.ruleset").Where(file => File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal))
            .Select(Repository.Relative).Order().ShouldBe(MayUseBannedSymbols.Order());
        Files("*.csproj", "*.props", "*.targets").Where(file => File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal)).ShouldBeEmpty();
        Files("*.cs").Where(file => Suppression().IsMatch(File.ReadAllText(file))).Select(Repository.Relative).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("M:System.Guid.CreateVersion7")]
    [InlineData("T:Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions")]
    [InlineData("F:System.Data.IsolationLevel.ReadUncommitted")]
    public void The_ambient_clock_random_ids_and_raw_SQL_are_banned(string symbol) =>
        File.ReadLines(Repository.At("BannedSymbols.txt")).ShouldContain(line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void Raw_SQL_and_bulk_writes_stand_in_the_data_folder_alone() =>
        Repository.Files("src", ".cs", ".razor").Where(file => !Repository.Relative(file).StartsWith("src/Strongroom/Data/", StringComparison.Ordinal))
            .Where(file => RawSql().IsMatch(File.ReadAllText(file))).Select(Repository.Relative).ShouldBeEmpty();

    [Fact]
    public void What_we_ship_stands_on_few_packages()
    {
        var direct = Files("*.csproj").Where(file => Repository.Relative(file).StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference"))
            // A tool of the build, such as the one that writes migrations, goes to no bank.
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all").Select(reference => (string)reference.Attribute("Include")!).Distinct().ToList();
        direct.Count.ShouldBeLessThanOrEqualTo(MostPackages, string.Join(", ", direct.Order()));
    }

    [Fact]
    public void Versions_stand_in_one_place_and_are_locked()
    {
        Files("*.csproj").SelectMany(file => XDocument.Load(file).Descendants("PackageReference").Where(reference => reference.Attribute("Version") is not null)).ShouldBeEmpty();
        XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(version => (string)version.Attribute("Version")!).Where(version => version.IndexOfAny(['*', '[', '(', ',']) >= 0).ShouldBeEmpty();
        Files("*.csproj").Where(file => !File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "packages.lock.json"))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_package_gives_us_a_licence_that_we_may_use()
    {
        var broken = Locked().Select(package => (package, Found: PackageLicences.Of(package.Name, package.Version)))
            .Where(one => !PackageLicences.Allowed(one.package.Name, one.Found))
            .Select(one => $"{one.package.Name} {one.package.Version}: {one.Found}");
        broken.Order().ShouldBeEmpty();
    }

    [Fact]
    public void Every_package_that_was_checked_by_hand_is_still_used() =>
        PackageLicences.CheckedByHand.Keys.Except(Locked().Select(package => package.Name), StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();

    private static HashSet<(string Name, string Version)> Locked()
    {
        HashSet<(string, string)> packages = [];
        foreach (var file in Files("packages.lock.json"))
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var framework in locked.RootElement.GetProperty("dependencies").EnumerateObject())
                foreach (var package in framework.Value.EnumerateObject())
                    if (package.Value.TryGetProperty("resolved", out var version)) packages.Add((package.Name, version.GetString()!));
        }
        return packages;
    }

    private static IEnumerable<string> Files(params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(Repository.At(), pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System }))
        .Where(file => !Repository.Relative(file).Split('/').Any(part => part is "bin" or "obj" or ".git" or ".work" or "artifacts"));

    [GeneratedRegex("""^\s*(#pragma warning disable|\[(assembly: ?)?SuppressMessage).*RS0030""", RegexOptions.Multiline)]
    private static partial Regex Suppression();

    [GeneratedRegex(@"\.(FromSql|ExecuteSql|SqlQuery|ExecuteUpdate|ExecuteDelete)\w*\s*[(<]")]
    private static partial Regex RawSql();
}
