using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Strongroom.Tests.Architecture;

/// <summary>The server's compiled code, method bodies and all.</summary>
internal static class Code
{
    private static readonly Lazy<ModuleDefinition> Server = new(() => ModuleDefinition.ReadModule(typeof(StrongroomApp).Assembly.Location));

    /// <summary>Every type that a person wrote, without what the compiler nests inside.</summary>
    public static IEnumerable<TypeDefinition> Types => Server.Value.Types.Where(type => type.Namespace.StartsWith("Strongroom", StringComparison.Ordinal));

    /// <summary>Everything that <paramref name="type"/> and what is nested in it names: bases, members, attributes, and each instruction's operand.</summary>
    public static HashSet<TypeReference> NamedBy(TypeDefinition type)
    {
        var named = new HashSet<TypeReference>(ByName.Instance);
        foreach (var part in WithNested(type))
        {
            Add(named, part.BaseType);
            foreach (var contract in part.Interfaces) Add(named, contract.InterfaceType);
            Attributes(named, part);
            foreach (var field in part.Fields)
            {
                Add(named, field.FieldType);
                Attributes(named, field);
            }
            foreach (var property in part.Properties)
            {
                Add(named, property.PropertyType);
                Attributes(named, property);
            }
            foreach (var method in part.Methods) Method(named, method);
        }
        return named;
    }

    /// <summary>The namespace of a type, or of the type it is nested in.</summary>
    public static string NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    public static string OutermostNameOf(TypeReference type) => type.DeclaringType is { } outer ? OutermostNameOf(outer) : type.Name;

    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static void Method(HashSet<TypeReference> named, MethodDefinition method)
    {
        Add(named, method.ReturnType);
        Attributes(named, method);
        foreach (var parameter in method.Parameters)
        {
            Add(named, parameter.ParameterType);
            Attributes(named, parameter);
        }
        foreach (var generic in method.GenericParameters)
            foreach (var constraint in generic.Constraints) Add(named, constraint.ConstraintType);
        if (!method.HasBody) return;
        foreach (var variable in method.Body.Variables) Add(named, variable.VariableType);
        foreach (var handler in method.Body.ExceptionHandlers) Add(named, handler.CatchType);
        foreach (var instruction in method.Body.Instructions) Operand(named, instruction);
    }

    private static void Operand(HashSet<TypeReference> named, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(named, type);
                break;
            case FieldReference field:
                Add(named, field.DeclaringType);
                Add(named, field.FieldType);
                break;
            case MethodReference call:
                Add(named, call.DeclaringType);
                Add(named, call.ReturnType);
                foreach (var parameter in call.Parameters) Add(named, parameter.ParameterType);
                if (call is GenericInstanceMethod made)
                    foreach (var argument in made.GenericArguments) Add(named, argument);
                break;
        }
    }

    private static void Attributes(HashSet<TypeReference> named, ICustomAttributeProvider on)
    {
        foreach (var attribute in on.CustomAttributes)
        {
            Add(named, attribute.AttributeType);
            foreach (var argument in attribute.ConstructorArguments)
                if (argument.Value is TypeReference type) Add(named, type);
        }
    }

    private static void Add(HashSet<TypeReference> named, TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType made:
                Add(named, made.ElementType);
                foreach (var argument in made.GenericArguments) Add(named, argument);
                return;
            case TypeSpecification wrapped:
                Add(named, wrapped.ElementType);
                return;
            default:
                named.Add(type);
                return;
        }
    }

    private sealed class ByName : IEqualityComparer<TypeReference>
    {
        public static readonly ByName Instance = new();

        public bool Equals(TypeReference? x, TypeReference? y) => x?.FullName == y?.FullName;

        public int GetHashCode(TypeReference obj) => obj.FullName.GetHashCode(StringComparison.Ordinal);
    }
}
