using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Access.Visits;

internal sealed record UndoTooLate(int Minutes) : Refusal(
    "access.undo-too-late", 409, string.Create(CultureInfo.InvariantCulture, $"An act can be undone for {Minutes} minutes, and that is over."),
    "Go on with the visit; the manager can note a correction.");

/// <summary>
/// Takes the last act back until the next is done. What was decided stays in the log and in its decision; a new attempt makes a new one.
/// </summary>
internal sealed class UndoAct(StrongroomDb db, Write write, PolicyBook policies)
{
    public Task<Outcome<VisitStep>> Handle(VisitId id, CancellationToken cancel) =>
        write.Do<VisitStep>("access.undo", new { id }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Receive, VisitAct.Undo, cancel);
            if (visit is null) return refusal!;
            if (visit.State != VisitState.Identified && !act.Actor.MayAt(AccessRights.Serve, visit.Branch)) return new NotYours().About(visit.Locker);

            var branch = await db.BranchFacts().SingleAsync(row => row.Id == visit.Branch, cancel);
            var minutes = (await policies.At<AccessPolicy>(branch.Jurisdiction, branch.Id, act.Now.DateIn(branch.Zone), cancel)).Values.UndoMinutes;
            if (LastActAt(visit).AddMinutes(minutes) < act.Now) return new UndoTooLate(minutes).About(visit.Id).About(visit.Locker);
            if (visit.State == VisitState.Closed && await CannotReopen(visit, cancel) is { } closed) return closed;

            var from = visit.State;
            if (VisitLife.Inside(from) != VisitLife.Inside(VisitLife.After(from, VisitAct.Undo)!.Value))
            {
                if (VisitLife.Inside(from)) await db.ComeOut(visit, cancel);
                else await db.GoIn(visit, cancel);
            }
            Unsay(visit);
            db.Append(act, new Event(AccessAudit.Undone).About(visit).With("from", from).With("to", visit.State));
            return VisitSteps.Next(visit);
        }, cancel);

    private static DateTime LastActAt(Visit visit) => visit.State switch
    {
        VisitState.Identified => visit.IdentifiedAt!.Value,
        VisitState.Admitted => visit.AdmittedAt!.Value,
        VisitState.Locked => visit.LockedAt!.Value,
        VisitState.Closed => visit.EndedAt!.Value,
        VisitState.Waiting or VisitState.Alone or VisitState.Refused or VisitState.Left or VisitState.Aborted => visit.ArrivedAt,
    };

    /// <summary>A closed visit opens again only on an open day and while no other visit has begun at its locker.</summary>
    private async Task<Refusal?> CannotReopen(Visit visit, CancellationToken cancel)
    {
        var day = await db.Set<BranchDay>().SingleAsync(row => row.Id == visit.Day, cancel);
        if (day.ClosedAt is not null) return new DayNotOpen().About(visit.Locker);
        db.LeanOn(day);
        var locker = await db.LockerFacts().SingleAsync(row => row.Id == visit.Locker, cancel);
        return await db.Set<Visit>().AnyAsync(row => row.Locker == visit.Locker && row.EndedAt == null, cancel)
            ? new LockerInVisit(locker.Number).About(locker.Id)
            : null;
    }

    private static void Unsay(Visit visit)
    {
        switch (visit.State)
        {
            case VisitState.Identified:
                (visit.IdentityCheck, visit.OperatorSign, visit.IdentifiedAt, visit.IdentifiedBy) = (null, null, null, null);
                (visit.Witness, visit.Escort, visit.OperatorSignature, visit.CodeWordSaid, visit.Drawn) = (null, null, null, false, null);
                break;
            case VisitState.Admitted:
                (visit.AdmittedAt, visit.Custodian, visit.SecondOfficer, visit.SecondSignature, visit.Decision, visit.WarningNote) = (null, null, null, null, null, null);
                break;
            case VisitState.Locked:
                visit.LockedAt = null;
                break;
            case VisitState.Closed:
                (visit.EndedAt, visit.EndedBy) = (null, null);
                break;
        }
        visit.State = VisitLife.After(visit.State, VisitAct.Undo)!.Value;
    }
}
