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
    private readonly OncePerMinute<(Guid Caller, string Address)> first = new(clock);

    public async Task Note(Actor actor, string address)
    {
        if (!first.IsFirst((actor.Caller!.Value, address))) return;
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<StrongroomDb>();
        db.Append(new Act(actor, clock.UtcNow(), services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>()),
            new Event(AuditKinds.TurnedAway).With("address", address));
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
