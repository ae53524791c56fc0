using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Vaults;

/// <param name="Firm">Whose technician did it; null when the bank's own people looked.</param>
public sealed record RecordInspectionRequest(
    [property: EnumDataType(typeof(InspectionKind))] InspectionKind Kind, DateOnly DoneOn,
    [property: EnumDataType(typeof(InspectionResult))] InspectionResult Result, [property: StringLength(100)] string? Firm);

public sealed record InspectionRecorded(InspectionId Id);

internal sealed record InspectionInFuture() : Refusal("branches.inspection-in-future", 422, "That day is not over yet.", "Record the inspection when it was done.");

/// <summary>The vault door, an alarm, the cameras were inspected: the due date moves (R19e).</summary>
internal sealed class RecordInspection(StrongroomDb db, Write write)
{
    public Task<Outcome<InspectionRecorded>> Handle(VaultId id, RecordInspectionRequest request, CancellationToken cancel) =>
        write.Do<InspectionRecorded>("branches.record-inspection", new { id, request }, async act =>
        {
            var vault = await db.VaultFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (vault is null || !act.Actor.MayAt(BranchesRights.Read, vault.Branch)) return new NoSuch("vault");
            if (!act.Actor.MayAt(BranchesRights.Inspect, vault.Branch)) return new NotYours().About(id);
            var zone = await db.BranchFacts().Where(row => row.Id == vault.Branch).Select(row => row.Zone).SingleAsync(cancel);
            if (request.DoneOn > act.Now.DateIn(zone)) return new InspectionInFuture { Field = "doneOn" };

            var row = new Inspection
            {
                Id = act.NewId<Noun.Inspection>(),
                Vault = id,
                Kind = request.Kind,
                DoneOn = request.DoneOn,
                Result = request.Result,
                Firm = string.IsNullOrWhiteSpace(request.Firm) ? null : request.Firm.Trim(),
                RecordedAt = act.Now,
                RecordedBy = act.Actor.Person,
            };
            db.Add(row);
            db.Append(act, new Event(BranchesAudit.Inspected).About(row.Id).About(id).About(vault.Branch)
                .With("kind", request.Kind).With("date", request.DoneOn).With("result", request.Result));
            return new InspectionRecorded(row.Id);
        }, cancel);
}
