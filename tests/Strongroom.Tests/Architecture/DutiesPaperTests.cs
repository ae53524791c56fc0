using System.Text.RegularExpressions;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Tests.Architecture;

/// <summary>docs/duties.md: its matrix is the program's, every rule is shown by a test that exists and refused as it says.</summary>
public sealed partial class DutiesPaperTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Repository.At("docs", "duties.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | "))
    ];

    private static readonly string[][] Rules = [.. Rows.Where(row => row.Length is 3 or 6 && row[^1] != "shown by")];

    [Fact]
    public void The_matrix_of_roles_is_the_programs() =>
        Rows.Where(row => row.Length == 2 && row[0] != "who is").Select(row => $"{row[0]}: {row[1]}")
            .ShouldBe(Enum.GetValues<Role>().Select(role => $"{Duties.Words(role)}: {string.Join(", ", Duties.ApartFrom(role).Select(Duties.Words))}"), ignoreOrder: true);

    [Fact]
    public void Every_rule_names_the_tests_that_show_it_and_they_exist()
    {
        Rules.Length.ShouldBeGreaterThan(20);
        foreach (var rule in Rules)
        {
            var tests = Quoted().Matches(rule[^1]).Select(one => one.Groups[1].Value).ToList();
            tests.ShouldNotBeEmpty($"{string.Join(" | ", rule)}");
            tests.Where(test => !TestNames.Exists(test)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_refusal_that_a_rule_names_is_one_of_the_programs()
    {
        var source = string.Concat(Repository.Files("src/Strongroom", ".cs").Select(File.ReadAllText));
        Rules.SelectMany(rule => Quoted().Matches(rule[^2]).Select(one => one.Groups[1].Value)).Distinct().Where(code => !source.Contains($"\"{code}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_refusal_to_a_person_of_roles_emergencies_approvals_and_stand_ins_is_in_the_paper()
    {
        var named = Rules.SelectMany(rule => Quoted().Matches(rule[^2]).Select(one => one.Groups[1].Value)).ToHashSet();
        var refusals = new[] { "Staff", "Approvals" }.SelectMany(module => Repository.Files($"src/Strongroom/Modules/{module}", ".cs"))
            .SelectMany(file => Forbids().Matches(File.ReadAllText(file)).Select(one => one.Groups[1].Value)).ToList();
        refusals.Count.ShouldBeGreaterThan(5);
        refusals.Where(code => !named.Contains(code)).ShouldBeEmpty();
    }

    [GeneratedRegex("Refusal\\(\"([a-z.-]+)\", 403,")]
    private static partial Regex Forbids();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
