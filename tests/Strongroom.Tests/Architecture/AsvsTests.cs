using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.v3;

namespace Strongroom.Tests.Architecture;

/// <summary>docs/asvs.md: every requirement has one answer, and what an answer names is still there.</summary>
public sealed partial class AsvsTests
{
    private const string Tests = "tests", ByDesign = "by design", NotApplicable = "not applicable", Open = "open", None = "none";

    private static readonly string[] Forms = [Tests, ByDesign, NotApplicable, Open];

    private static readonly string[] Page = File.ReadAllLines(Repository.At("docs", "asvs.md"));

    /// <summary>Every line that begins with a requirement's id, well formed or not.</summary>
    private static readonly string[] Lines = [.. Page.Where(line => Begins().IsMatch(line))];

    private static readonly Requirement[] All =
    [
        .. Lines.Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => new Requirement(row.Groups["id"].Value, row.Groups["level"].Value, row.Groups["answer"].Value)),
    ];

    [Fact]
    public void Every_requirement_has_an_answer_of_one_of_the_four_forms()
    {
        Lines.Where(line => !Row().IsMatch(line)).ShouldBeEmpty("| id | level | requirement | answer |");
        All.Where(one => one.Form == None).Select(one => $"{one.Id}: {one.Answer}").ShouldBeEmpty();
    }

    [Fact]
    public void No_requirement_stands_twice() =>
        All.GroupBy(one => one.Id).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();

    /// <summary>Version 5.0.0 has 70 requirements of level 1 and 183 of level 2; of level 3 the page takes 35.</summary>
    [Fact]
    public void Levels_one_and_two_are_whole() =>
        All.GroupBy(one => one.Level).OrderBy(level => level.Key).Select(level => (level.Key, level.Count())).ShouldBe([("1", 70), ("2", 183), ("3", 35)]);

    [Fact]
    public void Every_test_that_an_answer_names_exists() =>
        All.SelectMany(one => one.TestIds.Where(test => !Exists(test)).Select(test => $"{one.Id}: {test}")).ShouldBeEmpty();

    [Fact]
    public void Every_file_that_an_answer_names_exists()
    {
        All.Where(one => one.Form == ByDesign && one.Files.Count == 0).Select(one => one.Id).ShouldBeEmpty("by design says where one can see it");
        All.SelectMany(one => one.Files.Where(file => !File.Exists(Repository.At(file.Split('/')))).Select(file => $"{one.Id}: {file}")).ShouldBeEmpty();
    }

    [Fact]
    public void The_counts_are_those_of_the_lines()
    {
        var said = Page.Select(line => Sums().Match(line)).Where(row => row.Success)
            .Select(row => $"{row.Groups["chapter"].Value}: {string.Join(' ', row.Groups["count"].Captures.Select(count => count.Value))}");

        said.ShouldBe([.. All.GroupBy(one => one.Chapter).Select(chapter => Counts(chapter.Key, [.. chapter])), Counts("Together", All)]);
    }

    // "V1: 27 11 1 12 3": all of them, then by form.
    private static string Counts(string chapter, Requirement[] some)
    {
        int[] counts = [some.Length, .. Forms.Select(form => some.Count(one => one.Form == form))];
        return $"{chapter}: {string.Join(' ', counts)}";
    }

    internal static bool Exists(string test)
    {
        var (type, method) = test.Split('.') is [var before, var after] ? (before, after) : ("", "");
        return Here.Contains((type, method)) || InBrowser(type, method);
    }

    /// <summary>Tests of this assembly. A class for both databases is named without its argument.</summary>
    private static readonly HashSet<(string Type, string Method)> Here =
    [
        .. from type in typeof(AsvsTests).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where method.GetCustomAttributes().Any(attribute => attribute is IFactAttribute)
           select (type.Name.Split('`')[0], method.Name),
    ];

    // This assembly does not reference the browser's tests, so their source is asked.
    private static readonly string[] Journeys = [.. Repository.Files("tests/Strongroom.BrowserTests", ".cs").Select(File.ReadAllText)];

    private static bool InBrowser(string type, string method) => Journeys.Any(source =>
        Regex.IsMatch(source, $@"\bclass {Regex.Escape(type)}\b")
        && Regex.IsMatch(source, $@"\[(Fact|Theory)\b[^\n]*\n\s*public (async )?\w+ {Regex.Escape(method)}\("));

    private sealed record Requirement(string Id, string Level, string Answer)
    {
        public string Chapter => Id.Split('.')[0];

        public string Form =>
            OnlyTests().IsMatch(Answer) ? Tests
            : Answer.StartsWith(ByDesign + ": ", StringComparison.Ordinal) ? ByDesign
            : Answer.StartsWith(NotApplicable + ": ", StringComparison.Ordinal) ? NotApplicable
            : Answer.StartsWith(Open + ": ", StringComparison.Ordinal) ? Open
            : None;

        /// <summary>In an answer of any form: what is open may name the test of the part that is not.</summary>
        public IReadOnlyList<string> TestIds => [.. Named.Where(name => TestId().IsMatch(name))];

        /// <summary>Paths from the repository's root; <c>/audit/check</c> is an address.</summary>
        public IReadOnlyList<string> Files => [.. Named.Where(name => !name.StartsWith('/') && FilePath().IsMatch(name))];

        private IEnumerable<string> Named => Quoted().Matches(Answer).Select(quoted => quoted.Groups[1].Value);
    }

    [GeneratedRegex(@"^\| *V\d+\.\d")]
    private static partial Regex Begins();

    [GeneratedRegex(@"^\| (?<id>V\d+\.\d+\.\d+) \| (?<level>[123]) \| [^|]+ \| (?<answer>[^|]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<chapter>V\d+|Together)( [^|]+)? \|( (?<count>\d+) \|){5}$")]
    private static partial Regex Sums();

    [GeneratedRegex(@"^`[A-Z]\w*\.[A-Z]\w*_\w*`(, `[A-Z]\w*\.[A-Z]\w*_\w*`)*$")]
    private static partial Regex OnlyTests();

    [GeneratedRegex(@"^[A-Z]\w*\.[A-Z]\w*_\w*$")]
    private static partial Regex TestId();

    // "docs/operations.md", "SECURITY.md": a folder, or a paper in the root.
    [GeneratedRegex(@"^([\w.-]+/)+[\w.-]+$|^[A-Z]+\.md$|\.props$")]
    private static partial Regex FilePath();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
