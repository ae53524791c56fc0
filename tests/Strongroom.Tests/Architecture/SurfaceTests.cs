using Mono.Cecil;

namespace Strongroom.Tests.Architecture;

public sealed class SurfaceTests
{
    /// <summary>Public classes of modules that are neither records nor components nor contracts, and why.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["Strongroom.Modules.SignIn.Users.User"] = "Identity's managers are public and generic over it",
    };

    [Fact]
    public void A_class_is_sealed_unless_another_inherits_it()
    {
        var bases = Code.Types.SelectMany(Code.WithNested).Select(type => type.BaseType?.Resolve()?.FullName).ToHashSet();
        Code.Types.SelectMany(Code.WithNested)
            .Where(type => Written(type) && type.IsClass && !type.IsValueType && !type.IsAbstract && !type.IsSealed)
            .Where(type => !IsComponent(type) && !bases.Contains(type.FullName))
            .Select(type => type.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void A_module_shows_only_its_contracts_its_messages_and_its_pages() =>
        Code.Types.Where(type => type.Namespace.StartsWith("Strongroom.Modules.", StringComparison.Ordinal) && !type.Namespace.Contains(".Contracts", StringComparison.Ordinal))
            .Where(type => type.IsPublic && Written(type) && !type.IsEnum && !type.IsInterface && !IsRecord(type) && !IsComponent(type) && !IsAttribute(type))
            .Where(type => !IsForm(type) && !Excused.ContainsKey(type.FullName))
            .Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Tables_are_shown_to_nobody() =>
        Code.Types.Where(type => type.Namespace.StartsWith("Strongroom.Modules.", StringComparison.Ordinal) && type.IsPublic)
            .Where(type => type.Interfaces.Any(contract => contract.InterfaceType.Name.StartsWith("IEntityTypeConfiguration", StringComparison.Ordinal)))
            .Select(type => type.FullName).ShouldBeEmpty();

    /// <summary>Prepared says what goes wrong in the framework's own way: a page half drawn, and a database context used by two at once.</summary>
    [Fact]
    public void A_component_reads_in_Prepare_and_nowhere_else() =>
        Code.Types.Where(IsComponent)
            .Where(type => type.Methods.Any(method => method.Name is "OnInitializedAsync" or "OnParametersSetAsync"))
            .Select(type => type.FullName).ShouldBeEmpty();

    private static bool Written(TypeDefinition type) =>
        !type.Name.Contains('<', StringComparison.Ordinal) && type.Name is not ("Program" or "_Imports") && !type.Namespace.StartsWith("Strongroom.Data.Migrations", StringComparison.Ordinal)
        && !(type.DeclaringType is not null && !Written(type.DeclaringType));

    private static bool IsComponent(TypeDefinition type)
    {
        for (var at = type.BaseType; at is not null; at = at.Resolve()?.BaseType)
            if (at.FullName is "Microsoft.AspNetCore.Components.ComponentBase") return true;
        return type.Interfaces.Any(contract => contract.InterfaceType.FullName == "Microsoft.AspNetCore.Components.IComponent");
    }

    private static bool IsAttribute(TypeDefinition type) => type.BaseType?.FullName == typeof(System.ComponentModel.DataAnnotations.ValidationAttribute).FullName;

    // What a page's form is filled into; public, or the framework silently skips its validation.
    private static bool IsForm(TypeDefinition type) => type.Namespace.EndsWith(".Pages", StringComparison.Ordinal) && type.Name.EndsWith("Form", StringComparison.Ordinal);

    private static bool IsRecord(TypeDefinition type) =>
        type.Methods.Any(method => method.Name is "<Clone>$" or "PrintMembers");
}
