using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

/// <param name="Height">Millimetres, like width and depth.</param>
public sealed record LockerDetail(
    LockerId Id, string Number, BranchId Branch, VaultId Vault, string VaultName, CabinetId Cabinet, string CabinetName, int Row, int Column,
    string Type, SizeClass SizeClass, int Height, int Width, int Depth, LockKind Lock,
    LockerCondition Condition, ConditionReason? ConditionReason, DateTime? ConditionSince, long Version);

public sealed record LockerTypeLine(LockerTypeId Id, string Code, SizeClass SizeClass, int Height, int Width, int Depth, int Lockers);

/// <param name="From">Null when it had the number before it came into these books.</param>
public sealed record FormerNumberLine(string Number, DateTime? From, DateTime Until);

internal sealed class ReadLockers(StrongroomDb db, CurrentActor current)
{
    public async Task<LockerDetail?> One(LockerId id, CancellationToken cancel)
    {
        var found = await Details(db.Set<Locker>().Where(row => row.Id == id)).SingleOrDefaultAsync(cancel);
        return found is not null && current.Now.MayAt(BranchesRights.Read, found.Branch) ? found : null;
    }

    /// <summary>All of a vault in the order they stand: cabinet, row, column. Null when there is no such vault for this actor.</summary>
    public async Task<IReadOnlyList<LockerDetail>?> InVault(VaultId id, CancellationToken cancel)
    {
        var branch = await db.Set<Vault>().Where(row => row.Id == id).Select(row => (BranchId?)row.Branch).SingleOrDefaultAsync(cancel);
        if (branch is not { } at || !current.Now.MayAt(BranchesRights.Read, at)) return null;
        var lockers = await Details(db.Set<Locker>().Where(row => db.Set<Cabinet>().Any(cabinet => cabinet.Id == row.Cabinet && cabinet.Vault == id))).ToListAsync(cancel);
        return [.. lockers.OrderBy(row => row.CabinetName, StringComparer.Ordinal).ThenBy(row => row.Row).ThenBy(row => row.Column)];
    }

    /// <summary>The numbers of a locker that the reader may see, newest first.</summary>
    public async Task<IReadOnlyList<FormerNumberLine>> Former(LockerId id, CancellationToken cancel) => await db.FormerNumberFacts()
        .Where(row => row.Locker == id).OrderByDescending(row => row.Until).Select(row => new FormerNumberLine(row.Number, row.From, row.Until)).ToListAsync(cancel);

    public async Task<IReadOnlyList<LockerTypeLine>> Types(CancellationToken cancel) => await db.Set<LockerType>().AsNoTracking().OrderBy(row => row.Code)
        .Select(row => new LockerTypeLine(row.Id, row.Code, row.SizeClass, row.Height, row.Width, row.Depth, db.Set<Locker>().Count(locker => locker.Type == row.Id)))
        .ToListAsync(cancel);

    private IQueryable<LockerDetail> Details(IQueryable<Locker> lockers) =>
        from locker in lockers.AsNoTracking()
        join type in db.Set<LockerType>() on locker.Type equals type.Id
        join cabinet in db.Set<Cabinet>() on locker.Cabinet equals cabinet.Id
        join vault in db.Set<Vault>() on cabinet.Vault equals vault.Id
        select new LockerDetail(
            locker.Id, locker.Number, locker.Branch, vault.Id, vault.Name, cabinet.Id, cabinet.Name, locker.Row, locker.Column,
            type.Code, type.SizeClass, type.Height, type.Width, type.Depth, locker.Lock,
            locker.Condition, locker.ConditionReason, locker.ConditionSince, locker.Version);
}
