using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Clients.Registered;

/// <summary>What was taken away is gone from the next request on, also from tokens already given.</summary>
internal sealed class ChangeClient(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(ClientId id, ClientTerms request, CancellationToken cancel) =>
        write.Do<Done>("clients.change", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(ClientsRights.Write)) return new NotYours();
            if (await db.Set<ApiClient>().SingleOrDefaultAsync(row => row.Id == id.Value, cancel) is not { } client) return new NoSuch("client");
            if (client.RevokedAt is not null) return new ClientRevoked().About(id);
            if (act.CheckVersion(client) is { } stale) return stale.About(id);
            var branches = await db.Set<ClientBranch>().Where(row => row.Client == id.Value).ToListAsync(cancel);
            if (await db.Apply(client, request, branches, cancel) is { } refusal) return refusal.About(id);
            db.LeanOn(client);
            db.Append(act, client.Saying(new Event(ClientsAudit.Changed), request.Branches));
            return Done.It;
        }, cancel);
}
