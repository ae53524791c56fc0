using System.Collections.Frozen;
using Strongroom.Web;

namespace Strongroom.Modules.Clients;

/// <summary>
/// Which scope is which rights: the rights that the slices behind a scope's endpoints ask for. They open nothing else, because a client passes
/// no door that does not name a scope it has (<see cref="OpenToClients"/>).
/// </summary>
internal static class ScopeGrants
{
    public const string Role = "Client";

    private static readonly FrozenDictionary<string, string[]> Table = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Scopes.LockersRead] = ["agreements.vacancies"],
        [Scopes.CustomersRegister] = ["customers.write"],
        [Scopes.VisitsRead] = ["access.read"],
        [Scopes.HoldsPlace] = ["agreements.hold"],
        [Scopes.WebhooksManage] = [ClientsRights.Webhooks],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Exists(string scope) => Table.ContainsKey(scope);

    /// <param name="branches">Null for the whole bank.</param>
    public static IReadOnlyList<RoleGrant> Grants(IEnumerable<string> scopes, IReadOnlyCollection<BranchId>? branches)
    {
        var rights = scopes.Where(Exists).SelectMany(scope => Table[scope]).ToHashSet(StringComparer.Ordinal);
        return branches is null ? [new(Role, null, rights)] : [.. branches.Select(branch => new RoleGrant(Role, branch, rights))];
    }
}
