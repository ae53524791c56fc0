using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Clients.Registered;

/// <summary>For good: the client's next request is refused, whatever token it holds. The row stays, because the log names it.</summary>
internal sealed class RevokeClient(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(ClientId id, CancellationToken cancel) =>
        write.Do<Done>("clients.revoke", new { id }, async act =>
        {
            if (!act.Actor.MayEverywhere(ClientsRights.Write)) return new NotYours();
            if (await db.Set<ApiClient>().SingleOrDefaultAsync(row => row.Id == id.Value, cancel) is not { } client) return new NoSuch("client");
            if (client.RevokedAt is not null) return new ClientRevoked().About(id);

            client.RevokedAt = act.Now;
            client.Epoch++;
            foreach (var secret in await db.Set<ClientSecret>().Where(row => row.Client == id.Value && (row.EndsAt == null || row.EndsAt > act.Now)).ToListAsync(cancel)) secret.EndsAt = act.Now;
            db.Append(act, new Event(ClientsAudit.Revoked).About(id));
            return Done.It;
        }, cancel);
}
