using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

/// <summary>Why a locker's condition changed: a code, because the log keeps no free text.</summary>
public enum ConditionReason { LockJams, DoorDamaged, KeyLost, KeyBroken, Inspection, Rebuilding, Repaired, Mistake }

public sealed record SetConditionRequest(
    [property: EnumDataType(typeof(LockerCondition))] LockerCondition Condition,
    [property: EnumDataType(typeof(ConditionReason))] ConditionReason Reason);

internal sealed record ConditionAlready(LockerCondition Condition) : Refusal("branches.condition-already", 409,
    "The locker is in this condition already.", "Look at the locker again: somebody may have been quicker.");

internal sealed class SetCondition(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(LockerId id, SetConditionRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.set-condition", new { id, request }, async act =>
        {
            var locker = await db.Set<Locker>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (locker is null || !act.Actor.MayAt(BranchesRights.Read, locker.Branch)) return new NoSuch("locker");
            if (!act.Actor.MayAt(BranchesRights.Condition, locker.Branch)) return new NotYours().About(id);
            if (act.CheckVersion(locker) is { } stale) return stale;
            if (locker.Condition == request.Condition) return new ConditionAlready(request.Condition).About(id);

            db.Append(act, new Event(BranchesAudit.ConditionChanged).About(locker.Branch).About(id)
                .With("condition", $"{locker.Condition} → {request.Condition}").With("reason", request.Reason));
            (locker.Condition, locker.ConditionReason, locker.ConditionSince) = (request.Condition, request.Reason, act.Now);
            return Done.It;
        }, cancel);
}
