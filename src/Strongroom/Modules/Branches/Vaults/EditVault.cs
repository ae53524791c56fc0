using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Vaults;

internal sealed record MoreInside(int Inside) : Refusal("branches.more-inside", 409,
    $"{Inside} parties are inside the vault now.", "Lower the limit when fewer are inside.");

internal sealed class EditVault(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(VaultId id, VaultDetails request, CancellationToken cancel) =>
        write.Do<Done>("branches.edit-vault", new { id, request }, async act =>
        {
            var vault = await db.Set<Vault>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (vault is null || !act.Actor.MayAt(BranchesRights.Write, vault.Branch)) return new NoSuch("vault");
            if (act.CheckVersion(vault) is { } stale) return stale;
            if (request.PartyLimit < vault.PartiesInside) return new MoreInside(vault.PartiesInside) { Field = "partyLimit" }.About(id);

            db.Append(act, new Event(BranchesAudit.VaultEdited).About(vault.Branch).About(id).With("party-limit", $"{vault.PartyLimit} → {request.PartyLimit}"));
            (vault.Name, vault.PartyLimit) = (request.Name.Trim(), request.PartyLimit);
            return Done.It;
        }, cancel);
}
