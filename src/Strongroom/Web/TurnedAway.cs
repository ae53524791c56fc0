using System.Collections.Concurrent;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Web;

/// <summary>
/// Writes to the log who was turned away from what. Once a minute for each caller and address: who tries all of them is seen, who leans on one fills no log.
/// Takes no request's cancellation: who hangs up is written down, too.
/// </summary>
internal sealed class TurnedAway(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid Caller, string Address), DateTime> told = [];

    public async Task Note(Actor actor, string address)
    {
        var (now, door) = (clock.UtcNow(), (actor.Caller!.Value, address));
        var before = told.GetOrAdd(door, DateTime.MinValue);
        if (now < before + Pause || !told.TryUpdate(door, now, before)) return;
        if (told.Count > Most)
            foreach (var old in told.Where(one => one.Value + Pause <= now)) told.TryRemove(old);

        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<StrongroomDb>();
        db.Append(new Act(actor, now, services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>()),
            new Event(AuditKinds.TurnedAway).With("address", address));
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
