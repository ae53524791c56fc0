using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>Where a visit stands after an act, and the version the next act must name.</summary>
public sealed record VisitStep(VisitId Id, VisitState State, long Version);

internal sealed record ActDoesNotFit(string Words) : Refusal(
    "access.act-does-not-fit", 409, $"The visit is {Words}, and this act does not fit that.", "Look at the visit again; somebody may have gone on with it.");

/// <summary>What all acts on a visit share: find it, check right, version and state, then let the act change it.</summary>
internal static class VisitSteps
{
    public static async Task<(Visit? Visit, Refusal? Refusal)> Find(
        this StrongroomDb db, Act act, VisitId id, string right, VisitAct doing, CancellationToken cancel)
    {
        var visit = await db.Set<Visit>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (visit is null || !act.Actor.MayAt(AccessRights.Read, visit.Branch)) return (null, new NoSuch("visit"));
        if (!act.Actor.MayAt(right, visit.Branch)) return (null, new NotYours().About(id).About(visit.Locker));
        if (act.CheckVersion(visit) is { } stale) return (null, stale.About(id).About(visit.Locker));
        return VisitLife.After(visit.State, doing) is null
            ? (null, new ActDoesNotFit(VisitLife.Words(visit.State)).About(id).About(visit.Locker))
            : (visit, null);
    }

    public static Event About(this Event happened, Visit visit) => happened
        .About(visit.Id).About(visit.Locker).About(visit.Agreement).About(visit.Operator).About(visit.Branch);

    /// <summary>The version that the save is about to give the row.</summary>
    public static VisitStep Next(Visit visit) => new(visit.Id, visit.State, visit.Version + 1);
}
