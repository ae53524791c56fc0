using System.Text.RegularExpressions;

namespace Strongroom.Tests.Architecture;

/// <summary>What papers of evidence name is still there: a test that was renamed or taken out is no evidence any more.</summary>
public sealed partial class PapersTests
{
    [Theory]
    [InlineData("docs/threat-model.md")]
    [InlineData("docs/study/README.md")]
    [InlineData("docs/security-scan.md")]
    public void Every_test_that_a_paper_names_exists(string paper)
    {
        var named = Quoted().Matches(File.ReadAllText(Repository.At(paper.Split('/')))).Select(quoted => quoted.Groups[1].Value.Split('/')[^1]).ToList();
        named.Where(name => Whole().IsMatch(name) && !TestNames.Exists(name)
            || Method().IsMatch(name) && !TestNames.IsMethod(name)
            || Class().IsMatch(name) && !TestNames.IsClass(name)).Distinct().ShouldBeEmpty();
        named.Count(name => Whole().IsMatch(name) || Method().IsMatch(name) || Class().IsMatch(name)).ShouldBeGreaterThan(0);
    }

    // Within a line: a picture between fences is no name.
    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Z]\w*\.[A-Z]\w*_\w*$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[A-Z][a-z]*_\w+$")]
    private static partial Regex Method();

    [GeneratedRegex(@"^[A-Z]\w+(Tests|Journeys)$")]
    private static partial Regex Class();
}
