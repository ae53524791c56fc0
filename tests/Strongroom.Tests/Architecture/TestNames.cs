using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.v3;

namespace Strongroom.Tests.Architecture;

/// <summary>Which tests there are, for papers that name them.</summary>
internal static class TestNames
{
    /// <summary>Tests of this assembly. A class for both databases is named without its argument.</summary>
    private static readonly HashSet<(string Type, string Method)> Here =
    [
        .. from type in typeof(TestNames).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where method.GetCustomAttributes().Any(attribute => attribute is IFactAttribute)
           select (type.Name.Split('`')[0], method.Name),
    ];

    private static readonly HashSet<string> Classes = [.. Here.Select(test => test.Type)];
    private static readonly HashSet<string> Methods = [.. Here.Select(test => test.Method)];

    // This assembly does not reference the browser's tests, so their source is asked.
    private static readonly string[] InBrowser = [.. Repository.Files("tests/Strongroom.BrowserTests", ".cs").Select(File.ReadAllText)];

    /// <param name="test">"ApprovalTests.Where_two_are_needed_two_different_people_approve".</param>
    public static bool Exists(string test)
    {
        var (type, method) = test.Split('.') is [var before, var after] ? (before, after) : ("", "");
        return Here.Contains((type, method)) || InBrowser.Any(source => Declares(source, type) && Tries(source, method));
    }

    public static bool IsClass(string type) => Classes.Contains(type) || InBrowser.Any(source => Declares(source, type));

    public static bool IsMethod(string method) => Methods.Contains(method) || InBrowser.Any(source => Tries(source, method));

    private static bool Declares(string source, string type) => Regex.IsMatch(source, $@"\bclass {Regex.Escape(type)}\b");

    private static bool Tries(string source, string method) => Regex.IsMatch(source, $@"\[(Fact|Theory)\b[^\n]*\n\s*public (async )?\w+ {Regex.Escape(method)}\(");
}
