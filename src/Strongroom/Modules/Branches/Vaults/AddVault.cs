using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Vaults;

/// <param name="PartyLimit">How many parties may be inside at a time.</param>
public sealed record VaultDetails([property: Required, StringLength(60)] string Name, [property: Range(1, 50)] int PartyLimit);

public sealed record VaultAdded(VaultId Id);

internal sealed record VaultNameTaken() : Refusal("branches.vault-name-taken", 409, "The branch has a vault of this name.", "Give it another name.");

internal sealed class AddVault(StrongroomDb db, Write write)
{
    public Task<Outcome<VaultAdded>> Handle(BranchId id, VaultDetails request, CancellationToken cancel) =>
        write.Do<VaultAdded>("branches.add-vault", new { id, request }, async act =>
        {
            if (!act.Actor.MayAt(BranchesRights.Write, id) || !await db.Set<Branch>().AnyAsync(row => row.Id == id, cancel)) return new NoSuch("branch");
            var vault = new Vault { Id = act.NewId<Noun.Vault>(), Branch = id, Name = request.Name.Trim(), PartyLimit = request.PartyLimit };
            db.Add(vault);
            db.Append(act, new Event(BranchesAudit.VaultAdded).About(id).About(vault.Id).With("party-limit", vault.PartyLimit));
            return new VaultAdded(vault.Id);
        }, cancel);
}
