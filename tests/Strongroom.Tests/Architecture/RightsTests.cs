using System.Reflection;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Tests.Architecture;

/// <summary>The one table of roles and the modules' own words for their rights agree, in both directions.</summary>
public sealed class RightsTests
{
    private static readonly HashSet<string> Declared =
    [
        .. typeof(StrongroomApp).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Strongroom.Modules.", StringComparison.Ordinal) == true && type.Name.EndsWith("Rights", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    private static readonly HashSet<string> Given = [.. Enum.GetValues<Role>().SelectMany(Rights.Of)];

    [Fact]
    public void Every_right_in_the_table_is_one_that_a_module_asks_for() => Given.Except(Declared).ShouldBeEmpty();

    // What account holders may do with their own comes from their agreements, not from a role of staff.
    [Fact]
    public void Every_right_that_a_module_asks_for_is_given_to_some_role() =>
        Declared.Where(right => !right.StartsWith("account.", StringComparison.Ordinal)).Except(Given).ShouldBeEmpty();

    [Fact]
    public void Every_role_has_its_rights_and_an_administrator_sees_no_customer()
    {
        foreach (var role in Enum.GetValues<Role>()) Rights.Of(role).ShouldNotBeEmpty();
        Rights.Of(Role.Admin).Where(right => right.Split('.')[0] is "customers" or "agreements" or "access" or "delivery" or "contact").ShouldBeEmpty();
    }

    [Fact]
    public void An_auditor_reads_and_changes_nothing_but_says_what_they_think_of_emergencies() =>
        Rights.Of(Role.Auditor).Where(right => right.Split('.')[1] is not ("read" or "timeline" or "relatives" or "review")).ShouldBeEmpty();
}
