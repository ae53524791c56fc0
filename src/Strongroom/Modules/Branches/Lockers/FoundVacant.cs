using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

internal sealed record OccupantNotUnknown() : Refusal("branches.occupant-not-unknown", 409, "It is known already who has this locker, or that nobody has.", "Look at the locker again: somebody may have been quicker.");

/// <summary>Staff looked into the register's papers, or at the locker, and nobody has it: from now on it can be let.</summary>
internal sealed class FoundVacant(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(LockerId id, CancellationToken cancel) =>
        write.Do<Done>("branches.found-vacant", new { id }, async act =>
        {
            var locker = await db.Set<Locker>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (locker is null || !act.Actor.MayAt(BranchesRights.Read, locker.Branch)) return new NoSuch("locker");
            if (!act.Actor.MayAt(BranchesRights.Condition, locker.Branch)) return new NotYours().About(id);
            if (act.CheckVersion(locker) is { } stale) return stale;
            if (!locker.OccupantUnknown) return new OccupantNotUnknown().About(id);
            locker.OccupantUnknown = false;
            db.Append(act, new Event(BranchesAudit.FoundVacant).About(id).About(locker.Branch));
            return Done.It;
        }, cancel);
}
