using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Clients.Registered;

/// <param name="Branches">Null for the whole bank.</param>
public sealed record ClientLine(ClientId Id, string Name, IReadOnlyList<string> Scopes, int? Branches, DateTime? LastTokenAt, DateTime? RevokedAt);

public sealed record ClientDetail(
    ClientId Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<ClientAt>? Branches, string? Networks,
    DateTime RegisteredAt, DateTime? RevokedAt, DateTime? LastTokenAt, string? LastAddress,
    IReadOnlyList<SecretLine> Secrets, IReadOnlyList<CertificateLine> Certificates, long Version);

public sealed record ClientAt(BranchId Id, string Name);

/// <param name="EndsAt">Null for the newest, which has no end.</param>
public sealed record SecretLine(DateTime MadeAt, DateTime? EndsAt);

public sealed record CertificateLine(ClientCertificateId Id, string Thumbprint, DateTime From, DateTime Until);

internal sealed class ReadClients(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    public async Task<IReadOnlyList<ClientLine>> All(CancellationToken cancel)
    {
        if (!current.Now.MayEverywhere(ClientsRights.Read)) return [];
        var rows = await db.Set<ApiClient>().AsNoTracking().OrderBy(row => row.DisplayName).ThenBy(row => row.Id)
            .Select(row => new { Row = row, Branches = db.Set<ClientBranch>().Count(at => at.Client == row.Id) }).ToListAsync(cancel);
        return [.. rows.OrderBy(one => one.Row.RevokedAt is not null)
            .Select(one => new ClientLine(one.Row.Key, one.Row.DisplayName!, one.Row.GetScopes(), one.Row.WholeBank ? null : one.Branches, one.Row.LastTokenAt, one.Row.RevokedAt))];
    }

    public async Task<ClientDetail?> One(ClientId id, CancellationToken cancel)
    {
        if (!current.Now.MayEverywhere(ClientsRights.Read)) return null;
        if (await db.Set<ApiClient>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id.Value, cancel) is not { } client) return null;
        var now = clock.UtcNow();
        var branches = await (from at in db.Set<ClientBranch>()
                              join branch in db.BranchFacts() on at.Branch equals branch.Id
                              where at.Client == id.Value
                              orderby branch.Name
                              select new ClientAt(branch.Id, branch.Name)).ToListAsync(cancel);
        var secrets = await db.Set<ClientSecret>().AsNoTracking().Where(row => row.Client == id.Value && (row.EndsAt == null || row.EndsAt > now))
            .OrderByDescending(row => row.MadeAt).Select(row => new SecretLine(row.MadeAt, row.EndsAt)).ToListAsync(cancel);
        var certificates = await db.Set<ClientCertificate>().AsNoTracking().Where(row => row.Client == id.Value && row.RemovedAt == null)
            .OrderByDescending(row => row.AddedAt).Select(row => new CertificateLine(row.Id, row.Thumbprint, row.From, row.Until)).ToListAsync(cancel);
        return new(client.Key, client.DisplayName!, client.GetScopes(), client.WholeBank ? null : branches, client.Networks,
            client.RegisteredAt, client.RevokedAt, client.LastTokenAt, client.LastAddress, secrets, certificates, client.Version);
    }
}
