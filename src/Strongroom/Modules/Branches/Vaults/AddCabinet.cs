using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Vaults;

public sealed record AddCabinetRequest(
    [property: Required, StringLength(60)] string Name, [property: StringLength(60)] string? Make, [property: StringLength(60)] string? Model);

public sealed record CabinetAdded(CabinetId Id);

internal sealed record CabinetNameTaken() : Refusal("branches.cabinet-name-taken", 409, "The vault has a cabinet of this name.", "Give it another name.");

internal sealed class AddCabinet(StrongroomDb db, Write write)
{
    public Task<Outcome<CabinetAdded>> Handle(VaultId id, AddCabinetRequest request, CancellationToken cancel) =>
        write.Do<CabinetAdded>("branches.add-cabinet", new { id, request }, async act =>
        {
            var vault = await db.Set<Vault>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (vault is null || !act.Actor.MayAt(BranchesRights.Write, vault.Branch)) return new NoSuch("vault");
            var cabinet = new Cabinet { Id = act.NewId<Noun.Cabinet>(), Vault = id, Name = request.Name.Trim(), Make = request.Make, Model = request.Model };
            db.Add(cabinet);
            db.Append(act, new Event(BranchesAudit.CabinetAdded).About(vault.Branch).About(id).About(cabinet.Id));
            return new CabinetAdded(cabinet.Id);
        }, cancel);
}
