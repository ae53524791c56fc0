using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>
/// The bank's code is put on the hirer's key while the hirer stands by (R17): in a visit, once it is known who they are and before they have
/// left. While they are alone at the locker no officer is there.
/// </summary>
internal sealed class EmbossKey(StrongroomDb db, Write write)
{
    public static bool Fits(VisitState state) => state is VisitState.Identified or VisitState.Admitted or VisitState.Locked;

    public Task<Outcome<VisitStep>> Handle(VisitId id, KeyId key, CancellationToken cancel) =>
        write.Do<VisitStep>("access.emboss-key", new { id, key }, async act =>
        {
            var visit = await db.Set<Visit>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (visit is null || !act.Actor.MayAt(AccessRights.Read, visit.Branch)) return new NoSuch("visit");
            if (!act.Actor.MayAt(AccessRights.Serve, visit.Branch)) return new NotYours().About(id).About(visit.Locker);
            if (act.CheckVersion(visit) is { } stale) return stale.About(id).About(visit.Locker);
            if (!Fits(visit.State)) return new ActDoesNotFit(VisitLife.Words(visit.State)).About(id).About(visit.Locker);
            if (await db.Emboss(key, visit.Locker, cancel) is { } refusal) return refusal.About(id).About(visit.Locker);

            // The visit may not end, or begin anew for another, between the look and the save.
            db.LeanOn(visit);
            db.Append(act, new Event(AccessAudit.KeyEmbossed).About(visit).About(key));
            return VisitSteps.Next(visit);
        }, cancel);
}
