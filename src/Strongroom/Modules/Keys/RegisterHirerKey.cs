using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Keys;

/// <param name="Embossed">The bank's and branch's code is on the key (R17); null when nobody has looked.</param>
public sealed record RegisterHirerKeyRequest(LockerId Locker, [property: Required, StringLength(30), RegularExpression("[A-Za-z0-9/-]+")] string Number, bool? Embossed);

internal sealed record LockerHasNoKey() : Refusal("keys.locker-has-no-key", 422, "An electronic locker has no key.", "Choose a mechanical locker.");

internal sealed class RegisterHirerKey(StrongroomDb db, Write write)
{
    public Task<Outcome<KeyRegistered>> Handle(RegisterHirerKeyRequest request, CancellationToken cancel) =>
        write.Do<KeyRegistered>("keys.register-hirer-key", request, async act =>
        {
            var locker = await db.LockerFacts().SingleOrDefaultAsync(row => row.Id == request.Locker, cancel);
            if (locker is null || !act.Actor.MayAt(KeysRights.Write, locker.Branch)) return new NoSuch("locker") { Field = "locker" };
            if (locker.Lock == LockKind.Electronic) return new LockerHasNoKey { Field = "locker" }.About(locker.Id);

            var key = new Key { Id = act.NewId<Noun.Key>(), Branch = locker.Branch, Kind = KeyKind.Hirer, Number = request.Number, Locker = locker.Id, Embossed = request.Embossed };
            db.Add(key);
            db.Append(act, new Event(KeysAudit.HirerKeyRegistered).About(key.Id).About(locker.Id).About(locker.Branch).With("number", key.Number).With("embossed", Words(key.Embossed)));
            return new KeyRegistered(key.Id);
        }, cancel);

    internal static string Words(bool? embossed) => embossed switch { true => "yes", false => "no", null => "unknown" };
}
