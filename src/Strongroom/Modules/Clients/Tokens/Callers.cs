using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Clients.Registered;

namespace Strongroom.Modules.Clients.Tokens;

/// <summary>Makes the actor from the client's row of this moment: what was revoked, taken away or narrowed a moment ago counts, whatever the token says.</summary>
internal sealed class Callers(StrongroomDb db)
{
    /// <param name="epoch">The token's.</param>
    /// <param name="scopes">The token's; those that the client still has count.</param>
    /// <returns>Null when the client is not let in.</returns>
    public async Task<Actor?> ActorOf(ClientId id, int epoch, IReadOnlyCollection<string> scopes, IPAddress? address, CancellationToken cancel)
    {
        var client = await db.Set<ApiClient>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id.Value && row.RevokedAt == null && row.Epoch == epoch, cancel);
        if (client is null || !Networks.Allow(client.Networks, address)) return null;
        var branches = client.WholeBank ? null : await db.Set<ClientBranch>().Where(row => row.Client == id.Value).Select(row => row.Branch).ToListAsync(cancel);
        return ActorOf(client, [.. client.GetScopes().Where(scopes.Contains)], branches, address);
    }

    public static Actor ActorOf(ApiClient client, IReadOnlyCollection<string> scopes, IReadOnlyCollection<BranchId>? branches, IPAddress? address) => new()
    {
        Person = null,
        User = null,
        Client = new(client.Key, scopes.ToHashSet(StringComparer.Ordinal)),
        Name = client.DisplayName!,
        Grants = ScopeGrants.Grants(scopes, branches),
        Address = address?.ToString(),
    };
}
