using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Branches;

/// <param name="Branch">Zone, law and class as they are, looked at by a person.</param>
/// <param name="Hours">The vault's hours of the week.</param>
/// <param name="PartyLimit">How many parties may be inside each of the branch's vaults.</param>
public sealed record ConfirmBranchRequest(
    [property: Required] BranchDetails Branch,
    [property: Required] SetHoursRequest Hours,
    [property: Range(1, 20)] int PartyLimit);

internal sealed record BranchToConfirm() : Refusal("branches.to-confirm", 409, "This branch came from an old register, and nobody has confirmed its law and time zone.", "Confirm the branch; its hours are set with it.");

internal sealed record BranchIsConfirmed() : Refusal("branches.is-confirmed", 409, "This branch is confirmed already.", "Change its hours or its details one by one.");

/// <summary>An imported branch has a guessed zone and law and no hours. Confirming says what they are; from then on its day can be opened.</summary>
internal sealed class ConfirmBranch(StrongroomDb db, Write write, PolicyBook book)
{
    public Task<Outcome<Done>> Handle(BranchId id, ConfirmBranchRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.confirm", new { id, request }, async act =>
        {
            var branch = await db.Set<Branch>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            if (act.CheckVersion(branch) is { } stale) return stale;
            if (!branch.Proposed) return new BranchIsConfirmed().About(id);
            if (request.Branch.Fault(book) is { } fault) return fault;
            if (SetHours.Fault(request.Hours) is { } wrong) return wrong;

            (branch.Code, branch.Name, branch.Zone) = (request.Branch.Code, request.Branch.Name.Trim(), request.Branch.Zone);
            (branch.Jurisdiction, branch.LocationClass) = (request.Branch.Jurisdiction, request.Branch.LocationClass);
            branch.Hours = new WeekHours(request.Hours.Days).ToJson();
            branch.Proposed = false;
            foreach (var vault in await db.Set<Vault>().Where(row => row.Branch == id).ToListAsync(cancel))
                vault.PartyLimit = request.PartyLimit;
            db.Append(act, new Event(BranchesAudit.BranchConfirmed).About(id)
                .With("zone", branch.Zone).With("jurisdiction", branch.Jurisdiction).With("class", branch.LocationClass).With("party-limit", request.PartyLimit));
            return Done.It;
        }, cancel);
}
