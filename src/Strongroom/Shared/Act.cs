using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Shared;

/// <summary>
/// One act of one actor at one instant: what a slice hands to its decision and to the log. A retry after a lost race is a new act.
/// </summary>
public sealed class Act(Actor actor, DateTime now, Ids ids, Seals seals, Listeners listeners, long? expectedVersion = null)
{
    public Actor Actor { get; } = actor;

    /// <summary>UTC, whole milliseconds.</summary>
    public DateTime Now { get; } = now;

    public Seals Seals { get; } = seals;

    /// <summary>The same act, done by another: the person who just proved who they are, or who signs at a colleague's screen.</summary>
    public Act By(Actor other) => new(other, Now, ids, Seals, listeners);

    public Id<TNoun> NewId<TNoun>() where TNoun : INoun => ids.New<TNoun>(Now);

    public Guid NewGuid() => ids.NewGuid(Now);

    /// <summary>An edit must say which version it saw: 428 without, 412 when the row has moved on; null when it is the same.</summary>
    public Refusal? CheckVersion(IVersioned row) => expectedVersion switch
    {
        null => new VersionMissing(),
        { } seen when seen != row.Version => new Stale(),
        _ => null,
    };

    /// <summary>
    /// Tells the modules above, inside this transaction. A listener only adds rows of its own: what the law wants at this very instant.
    /// Everything else waits for the outbox.
    /// </summary>
    public Task Raise<TFact>(StrongroomDb db, TFact fact, CancellationToken cancel) where TFact : notnull =>
        listeners.Tell(db, this, fact, cancel);
}

/// <summary>Static functions that hear a fact in the transaction that made it. Filled at start; the publisher does not know who listens.</summary>
public sealed class Listeners(IEnumerable<Listener> all)
{
    private readonly ILookup<Type, Listener> byFact = all.ToLookup(listener => listener.Fact);

    public async Task Tell<TFact>(StrongroomDb db, Act act, TFact fact, CancellationToken cancel) where TFact : notnull
    {
        foreach (var listener in byFact[typeof(TFact)])
            await ((Hear<TFact>)listener.Hear)(db, act, fact, cancel);
    }
}

public delegate Task Hear<in TFact>(StrongroomDb db, Act act, TFact fact, CancellationToken cancel);

public sealed record Listener(Type Fact, Delegate Hear);

public static class ListenerRegistration
{
    public static IServiceCollection AddListener<TFact>(this IServiceCollection services, Hear<TFact> hear) where TFact : notnull =>
        services.AddSingleton(new Listener(typeof(TFact), hear));

    /// <summary>For one that needs to know something of this installation, its address or its policies; never a scope.</summary>
    public static IServiceCollection AddListener<TFact>(this IServiceCollection services, Func<IServiceProvider, Hear<TFact>> make) where TFact : notnull =>
        services.AddSingleton(root => new Listener(typeof(TFact), make(root)));
}
