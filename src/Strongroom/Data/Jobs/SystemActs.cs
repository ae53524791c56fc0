using Strongroom.Data.Sealing;

namespace Strongroom.Data.Jobs;

/// <summary>Acts of the software itself at a given instant: for jobs and relays, which no request starts.</summary>
internal sealed class SystemActs(Ids ids, Seals seals, Listeners listeners)
{
    public Act At(DateTime now) => new(Actor.System, now, ids, seals, listeners);
}
