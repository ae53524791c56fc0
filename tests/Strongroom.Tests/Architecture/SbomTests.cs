using System.Diagnostics;
using System.Text.Json;

namespace Strongroom.Tests.Architecture;

/// <summary>eng/sbom: the list of what is shipped, as the lock files have it.</summary>
public sealed class SbomTests
{
    [Fact]
    public async Task Every_library_that_is_shipped_is_listed_with_its_version_and_its_hash()
    {
        var file = Path.GetTempFileName();
        using var run = Process.Start(Repository.At("eng", "sbom"), [file]);
        await run.WaitForExitAsync();
        run.ExitCode.ShouldBe(0);

        var listed = JsonDocument.Parse(await File.ReadAllBytesAsync(file)).RootElement.GetProperty("components").EnumerateArray()
            .Select(one => $"{one.GetProperty("name")} {one.GetProperty("version")} {one.GetProperty("hashes")[0].GetProperty("content")}").Order(StringComparer.Ordinal).ToList();
        File.Delete(file);

        var locked = new[] { "Strongroom", "Strongroom.AuditLog", "Strongroom.Verifier" }
            .SelectMany(project => JsonDocument.Parse(File.ReadAllBytes(Repository.At("src", project, "packages.lock.json"))).RootElement.GetProperty("dependencies").EnumerateObject())
            .SelectMany(framework => framework.Value.EnumerateObject()).Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => $"{package.Name} {package.Value.GetProperty("resolved")} {Convert.ToHexStringLower(package.Value.GetProperty("contentHash").GetBytesFromBase64())}").Distinct().Order(StringComparer.Ordinal).ToList();
        locked.Count.ShouldBeGreaterThan(20);
        listed.ShouldBe(locked);
    }
}
