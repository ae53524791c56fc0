using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Customers;

/// <param name="Passkey">Which one, by its id in base64url: one that was added while the officer looked is not meant.</param>
public sealed record ConfirmPasskeyRequest(
    [property: Required, StringLength(1400)] string Passkey,
    [property: Required, EnumDataType(typeof(PasskeyCheck))] PasskeyCheck? Check);

/// <summary>The person stands at the counter with their new passkey, and need not wait a day until it approves that a locker is opened.</summary>
internal sealed class ConfirmPasskey(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PersonId id, ConfirmPasskeyRequest request, CancellationToken cancel) =>
        write.Do<Done>("customers.confirm-passkey", new { id, request }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Invite)) return new NotYours();
            if (!await db.PersonFacts().AnyAsync(row => row.Id == id, cancel)) return new NoSuch("person");
            return await PasskeyContract.ConfirmPasskey(db, act, id, request.Passkey, request.Check!.Value, cancel);
        }, cancel);
}
