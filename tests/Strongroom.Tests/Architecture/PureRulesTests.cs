using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Strongroom.Tests.Architecture;

/// <summary>
/// What decides is pure: facts, request, time and ids in, an answer out. A type that decides says so by its name: a static class whose name ends with
/// Rules, Decision, Life, Standing, States or Proration, or any Calendar. It then names neither the database nor the web nor a clock.
/// </summary>
public sealed partial class PureRulesTests
{
    private static readonly string[] Forbidden =
    [
        "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "System.Net", "System.IO", "System.Data",
        "Strongroom.Data", "Strongroom.Web", "Strongroom.Verbs",
    ];

    private static readonly string[] ForbiddenTypes =
        ["System.TimeProvider", "System.Random", "System.Console", "System.Environment", "System.Security.Cryptography.RandomNumberGenerator"];

    [Fact]
    public void What_decides_knows_no_database_no_web_and_no_clock()
    {
        var broken =
            from type in Deciding()
            from used in Code.NamedBy(type)
            where Forbidden.Any(space => Code.NamespaceOf(used) == space || Code.NamespaceOf(used).StartsWith(space + ".", StringComparison.Ordinal))
                || ForbiddenTypes.Contains(used.FullName)
            select $"{type.FullName} names {used.FullName}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_decision_of_who_may_enter_is_among_them() =>
        Deciding().Select(type => type.Name).ShouldContain("AccessRules");

    private static IEnumerable<TypeDefinition> Deciding() => Code.Types.Where(type =>
        type.Namespace.StartsWith("Strongroom.Modules.", StringComparison.Ordinal) && (type.Name.EndsWith("Calendar", StringComparison.Ordinal) || (type.IsAbstract && type.IsSealed && Name().IsMatch(type.Name))));

    // Static classes only: a row may be called Decision too.
    [GeneratedRegex("(Rules|Decision|Life|Standing|States|Proration)$")]
    private static partial Regex Name();
}
