using System.Collections.Frozen;
using Strongroom.Web;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>The kinds of events that a webhook may ask for, each with the scope that the client must have. What stands not here is told to no other system.</summary>
internal static class WebhookKinds
{
    private static readonly FrozenDictionary<string, string> Table = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["access.checked-in"] = Scopes.VisitsRead,
        ["access.admitted"] = Scopes.VisitsRead,
        ["access.admission-refused"] = Scopes.VisitsRead,
        ["access.locker-opened"] = Scopes.VisitsRead,
        ["access.locker-locked"] = Scopes.VisitsRead,
        ["access.checked-out"] = Scopes.VisitsRead,
        ["access.left"] = Scopes.VisitsRead,
        ["access.aborted"] = Scopes.VisitsRead,
        ["agreements.made"] = Scopes.LockersRead,
        ["agreements.ended"] = Scopes.LockersRead,
        ["agreements.hold-placed"] = Scopes.HoldsPlace,
        ["agreements.hold-lifted"] = Scopes.HoldsPlace,
        ["agreements.frozen"] = Scopes.HoldsPlace,
        ["agreements.unfrozen"] = Scopes.HoldsPlace,
        ["agreements.unfrozen-at-counter"] = Scopes.HoldsPlace,
        ["customers.registered"] = Scopes.CustomersRegister,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> All { get; } = [.. Table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Null where there is no such kind.</summary>
    public static string? ScopeOf(string kind) => Table.GetValueOrDefault(kind);

    /// <summary>A hold of which the hirers are not told: no other system is told either, from which they could learn it.</summary>
    public static bool KeptBack(string kind, IReadOnlyDictionary<string, object> data) =>
        kind is "agreements.hold-placed" or "agreements.hold-lifted" && (Says(data, "hirer-told") == "no" || Says(data, "kind") == "Suspicion");

    private static string? Says(IReadOnlyDictionary<string, object> data, string name) => data.TryGetValue(name, out var value) ? value as string : null;
}
