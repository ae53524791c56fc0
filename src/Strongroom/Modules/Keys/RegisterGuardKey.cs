using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Keys;

/// <param name="Vault">The vault whose lockers the key serves.</param>
/// <param name="Number">Stamped on the key.</param>
public sealed record RegisterGuardKeyRequest(VaultId Vault, [property: Required, StringLength(30), RegularExpression("[A-Za-z0-9/-]+")] string Number);

public sealed record KeyRegistered(KeyId Id);

internal sealed record KeyNumberTaken() : Refusal("keys.number-taken", 409, "The branch has a key of this kind with this number.", "Read the number on the key again.");

/// <summary>Enters a guard key; its ledger begins in the safe.</summary>
internal sealed class RegisterGuardKey(StrongroomDb db, Write write)
{
    public Task<Outcome<KeyRegistered>> Handle(RegisterGuardKeyRequest request, CancellationToken cancel) =>
        write.Do<KeyRegistered>("keys.register-guard-key", request, async act =>
        {
            var vault = await db.VaultFacts().SingleOrDefaultAsync(row => row.Id == request.Vault, cancel);
            if (vault is null || !act.Actor.MayAt(KeysRights.Write, vault.Branch)) return new NoSuch("vault") { Field = "vault" };

            var key = new Key { Id = act.NewId<Noun.Key>(), Branch = vault.Branch, Kind = KeyKind.Guard, Number = request.Number, Vault = vault.Id };
            db.Add(key);
            db.Add(new Custody { Id = act.NewId<Noun.Custody>(), Key = key.Id, Holder = null, From = act.Now, GivenBy = null, TakenBy = null });
            db.Append(act, new Event(KeysAudit.GuardKeyRegistered).About(key.Id).About(vault.Id).About(vault.Branch).With("number", key.Number));
            return new KeyRegistered(key.Id);
        }, cancel);
}
