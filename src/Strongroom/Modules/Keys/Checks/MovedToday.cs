using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys.Checks;

internal sealed record HandedOverToday() : Refusal("keys.handed-over-today", 409, "You gave or took one of these keys today, so you do not verify them today.", "Verify them tomorrow; the record will say that it is late.");

internal static class MovedToday
{
    /// <summary>Duties apart by object and day: who signed for the giving or taking of a guard key of this branch on its local date does not verify the keys on that date.</summary>
    public static async Task<HashSet<PersonId>> HandsToday(this StrongroomDb db, BranchId branch, string zone, DateTime now, CancellationToken cancel)
    {
        var midnight = now.DateIn(zone).ToUtc(TimeOnly.MinValue, zone);
        var today = from custody in db.Set<Custody>().AsNoTracking()
                    join key in db.Set<Key>() on custody.Key equals key.Id
                    where key.Branch == branch && key.Kind == Contracts.KeyKind.Guard && custody.From >= midnight
                    select custody;
        var signed = await Signatures.Facts(db).Where(row => row.Signer != null && today.Any(custody => custody.GivenBy == row.Id || custody.TakenBy == row.Id)).Select(row => row.Signer!.Value).Distinct().ToListAsync(cancel);
        return [.. signed];
    }
}
