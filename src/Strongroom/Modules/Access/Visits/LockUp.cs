using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>What the officer has seen and done at the locker. All three, or the door may be open.</summary>
public sealed record LockUpRequest(
    [property: Confirmed(ErrorMessage = "Confirm that the hirer has taken the key out")] bool KeyOut,
    [property: Confirmed(ErrorMessage = "Try the door, and confirm that it is shut")] bool DoorTried,
    [property: Confirmed(ErrorMessage = "Confirm that you have the guard key back")] bool GuardKeyBack);

/// <summary>A box that must be ticked.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ConfirmedAttribute() : ValidationAttribute("Confirm this")
{
    public override bool IsValid(object? value) => value is true;
}

/// <summary>The fifth act: key out, door tried, guard key back.</summary>
internal sealed class LockUp(StrongroomDb db, Write write)
{
    public Task<Outcome<VisitStep>> Handle(VisitId id, LockUpRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.lock-up", new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.Lock, cancel);
            if (visit is null) return refusal!;

            visit.State = VisitState.Locked;
            visit.LockedAt = act.Now;
            db.Append(act, new Event(AccessAudit.LockerLocked).About(visit));
            return VisitSteps.Next(visit);
        }, cancel);
}
