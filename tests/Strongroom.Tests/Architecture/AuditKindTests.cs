using System.Reflection;
using System.Text.RegularExpressions;
using Strongroom.Modules;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Tests.Architecture;

/// <summary>The log is full of these names for ever, so they are right before the first one is written.</summary>
public sealed partial class AuditKindTests
{
    private static readonly (FieldInfo Field, AuditKind Kind)[] All =
    [
        .. typeof(StrongroomApp).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(AuditKind))
            .Select(field => (field, (AuditKind)field.GetValue(null)!)),
    ];

    [Fact]
    public void Each_kind_of_event_has_a_name_of_its_own() =>
        All.GroupBy(one => one.Kind.Name).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    [Fact]
    public void A_kind_is_named_by_its_module_and_what_happened() =>
        All.Where(one => one.Kind != AuditKinds.Refused)
            .Where(one => !Form().IsMatch(one.Kind.Name) || one.Kind.Name.Length > 80 || one.Kind.Name.Split('.')[0] != ModuleOf(one.Field))
            .Select(one => $"{one.Field.DeclaringType}.{one.Field.Name}: {one.Kind.Name}").ShouldBeEmpty();

    [Fact]
    public void A_kinds_words_are_a_sentence_that_a_timeline_can_show() =>
        All.Where(one => one.Kind.Sentence.Length is < 5 or > 120 || !char.IsUpper(one.Kind.Sentence[0]) || one.Kind.Sentence.EndsWith('.'))
            .Select(one => $"{one.Kind.Name}: {one.Kind.Sentence}").ShouldBeEmpty();

    [Fact]
    public void A_modules_kinds_stand_in_one_class() =>
        All.Where(one => one.Kind != AuditKinds.Refused).GroupBy(one => ModuleOf(one.Field))
            .Where(group => group.Select(one => one.Field.DeclaringType).Distinct().Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    // "Strongroom.Modules.SignIn…" → "sign-in".
    private static string ModuleOf(FieldInfo field)
    {
        var module = field.DeclaringType!.Namespace!.Split('.') is ["Strongroom", "Modules", var name, ..] ? name : "";
        Order.Modules.ShouldContain(module);
        return string.Concat(module.Select((c, at) => char.IsUpper(c) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
    private static partial Regex Form();
}
