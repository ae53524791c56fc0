using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.VaultRegister;

/// <param name="Company">Who comes along, by name and firm; needed for a technician.</param>
public sealed record EnterVaultRequest(
    [property: Required(ErrorMessage = "Say why you go in"), EnumDataType(typeof(EntryPurpose))] EntryPurpose? Purpose, [property: StringLength(300)] string? Company);

public sealed record VaultEntered(VaultEntryId Id);

internal sealed record InsideAlready() : Refusal("access.inside-already", 409, "The register says that you are in a vault already.", "Write yourself out of it first.");

internal sealed record WhoComesAlong() : Refusal("access.who-comes-along", 422, "The name of the technician is missing.", "Write the name and the firm as the pass shows them.");

internal sealed record VaultNotOpen() : Refusal("access.vault-not-open", 409, "The branch's day is not open.", "The vault is opened by two with the day; nobody enters it before.");

/// <summary>An officer writes themselves into the vault register, alone or with somebody (R19).</summary>
internal sealed class EnterVault(StrongroomDb db, Write write)
{
    public Task<Outcome<VaultEntered>> Handle(VaultId id, EnterVaultRequest request, CancellationToken cancel) =>
        write.Do<VaultEntered>("access.enter-vault", new { id, request }, async act =>
        {
            var vault = await db.VaultFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (vault is null || !act.Actor.MayAt(AccessRights.Receive, vault.Branch)) return new NoSuch("vault");
            // Leaned on: a day that closes at this instant would leave somebody inside.
            var day = await db.Set<BranchDay>().SingleOrDefaultAsync(row => row.Branch == vault.Branch && row.ClosedAt == null, cancel);
            if (day is null) return new VaultNotOpen().About(id);
            db.LeanOn(day);
            if (request.Purpose == EntryPurpose.Technician && string.IsNullOrWhiteSpace(request.Company)) return new WhoComesAlong { Field = nameof(request.Company) }.About(id);
            var me = act.Actor.Person!.Value;
            if (await db.Set<VaultEntry>().AnyAsync(row => row.Officer == me && row.LeftAt == null, cancel)) return new InsideAlready().About(id);
            var entry = new VaultEntry
            {
                Id = act.NewId<Noun.VaultEntry>(),
                Branch = vault.Branch,
                Vault = id,
                Officer = me,
                Purpose = request.Purpose!.Value,
                Company = string.IsNullOrWhiteSpace(request.Company) ? null : act.Seals.SealForBank(VaultEntry.CompanyPlace, Encoding.UTF8.GetBytes(request.Company.Trim())),
                EnteredAt = act.Now,
            };
            db.Add(entry);
            db.Append(act, new Event(AccessAudit.VaultEntered).About(entry.Id).About(id).About(vault.Branch).About(me).With("purpose", entry.Purpose).With("company", entry.Company is null ? null : "yes"));
            return new VaultEntered(entry.Id);
        }, cancel);
}
