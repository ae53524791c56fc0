using System.Collections.Frozen;
using System.Reflection;

namespace Strongroom.Modules.Audit.Contracts;

/// <summary>Every kind of event that this program writes, found in the modules' static classes, by name.</summary>
public sealed class AuditKindBook
{
    private readonly FrozenDictionary<string, AuditKind> kinds = typeof(AuditKindBook).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(field => field.FieldType == typeof(AuditKind))
        .Select(field => (AuditKind)field.GetValue(null)!)
        .ToFrozenDictionary(kind => kind.Name);

    public IReadOnlyCollection<AuditKind> All => kinds.Values;

    /// <summary>A kind that this version no longer writes shows its name.</summary>
    public string Sentence(string name) => kinds.TryGetValue(name, out var kind) ? kind.Sentence : name;
}
