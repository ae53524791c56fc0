using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>
/// A party that opens several lockers in one visit to the vault counts once: it goes in with its first admitted visit and comes out with its last.
/// Both read the vault's count after the other visits, so that two officers who serve one party at once cannot miscount: the vault's version decides.
/// </summary>
internal static class Parties
{
    public static async Task GoIn(this StrongroomDb db, Visit visit, CancellationToken cancel) =>
        await db.CountParties(visit.Vault, await db.OthersInside(visit, cancel) ? 0 : 1, cancel);

    public static async Task ComeOut(this StrongroomDb db, Visit visit, CancellationToken cancel) =>
        await db.CountParties(visit.Vault, await db.OthersInside(visit, cancel) ? 0 : -1, cancel);

    /// <summary>Whether another visit of the same party is inside now.</summary>
    public static Task<bool> OthersInside(this StrongroomDb db, Visit visit, CancellationToken cancel) =>
        db.Set<Visit>().AnyAsync(row => row.Party == visit.Party && row.Id != visit.Id && row.AdmittedAt != null && row.EndedAt == null, cancel);
}
