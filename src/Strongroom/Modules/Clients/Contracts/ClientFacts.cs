using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Clients.Registered;

namespace Strongroom.Modules.Clients.Contracts;

public sealed record ClientFacts
{
    /// <summary>The value of its <see cref="ClientId"/>, as the log names it.</summary>
    public Guid Id { get; init; }

    public string Name { get; init; } = "";
}

public static class ClientsContract
{
    public static IQueryable<ClientFacts> ClientFacts(this StrongroomDb db) => db.Set<ApiClient>().AsNoTracking().Select(row => new ClientFacts { Id = row.Id, Name = row.DisplayName! });

    /// <summary>The names of clients by what an event says of who acted.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ClientNames(this StrongroomDb db, IEnumerable<string?> ids, CancellationToken cancel)
    {
        List<Guid> wanted = [.. ids.OfType<string>().Distinct().Where(id => Guid.TryParse(id, out _)).Select(Guid.Parse)];
        return wanted.Count == 0 ? new Dictionary<string, string>()
            : await db.ClientFacts().Where(client => wanted.Contains(client.Id)).ToDictionaryAsync(client => client.Id.ToString(), client => client.Name, cancel);
    }
}
