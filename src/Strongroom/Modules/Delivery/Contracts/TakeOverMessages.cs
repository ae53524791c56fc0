using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Delivery.Contracts;

/// <summary>When two records of one person are merged, what still waits to go out goes to the record that stays. What was sent stays where it was sent.</summary>
public static class TakeOverMessages
{
    public static async Task TakeOverQueue(this StrongroomDb db, Act act, PersonId from, PersonId into, CancellationToken cancel)
    {
        var keys = await act.Seals.KeysOf(db, [from, into], cancel);
        foreach (var message in await db.Set<Message>().Where(row => row.To == from && (row.State == MessageState.Waiting || row.State == MessageState.ToPost)).ToListAsync(cancel))
        {
            var id = message.Id.Value;
            message.To = into;
            message.Address = keys[into].SealAnew(keys[from], DeliveryContract.AddressColumn, id, message.Address)!;
            message.Subject = keys[into].SealAnew(keys[from], DeliveryContract.SubjectColumn, id, message.Subject)!;
            message.Body = keys[into].SealAnew(keys[from], DeliveryContract.BodyColumn, id, message.Body)!;
        }
    }
}
