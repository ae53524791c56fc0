using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Visits;

public sealed record EndVisitRequest([property: Required] EndReason? Reason, [property: StringLength(500)] string? Note);

/// <summary>Ends a visit before its locker was opened: the hirer leaves the counter, or the admitted party goes without opening.</summary>
internal sealed class EndVisit(StrongroomDb db, Write write)
{
    internal const string NoteColumn = "visit.end_note";

    public Task<Outcome<VisitStep>> Leave(VisitId id, EndVisitRequest request, CancellationToken cancel) =>
        End(id, request, VisitAct.Leave, AccessRights.Receive, AccessAudit.Left, cancel);

    public Task<Outcome<VisitStep>> Abort(VisitId id, EndVisitRequest request, CancellationToken cancel) =>
        End(id, request, VisitAct.Abort, AccessRights.Serve, AccessAudit.Aborted, cancel);

    private Task<Outcome<VisitStep>> End(VisitId id, EndVisitRequest request, VisitAct doing, string right, AuditKind kind, CancellationToken cancel) =>
        write.Do<VisitStep>(kind.Name, new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, right, doing, cancel);
            if (visit is null) return refusal!;

            var key = await act.Seals.KeyOf(db, visit.Operator, cancel);
            if (VisitLife.Inside(visit.State)) await db.ComeOut(visit, cancel);
            visit.State = VisitLife.After(visit.State, doing)!.Value;
            visit.EndedAt = act.Now;
            visit.EndedBy = act.Actor.Person;
            visit.EndReason = request.Reason;
            visit.EndNote = request.Note is { } note ? key.Seal(NoteColumn, visit.Id.Value, note) : null;
            db.Append(act, new Event(kind).About(visit).With("reason", request.Reason!.Value).Withhold("note", request.Note, visit.Operator, key));
            return VisitSteps.Next(visit);
        }, cancel);
}
