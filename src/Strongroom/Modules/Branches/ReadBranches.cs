using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Branches;

/// <param name="SetUp">False until a person has confirmed the vault hours.</param>
public sealed record BranchLine(BranchId Id, string Code, string Name, LocationClass LocationClass, string Jurisdiction, bool SetUp, int Vaults, int Lockers);

public sealed record BranchDetail(
    BranchId Id, string Code, string Name, string Zone, string Jurisdiction, LocationClass LocationClass,
    IReadOnlyDictionary<DayOfWeek, DayHours> Hours, IReadOnlyList<VaultLine> Vaults, long Version, bool Proposed);

public sealed record VaultLine(VaultId Id, string Name, int PartyLimit, int PartiesInside, int Cabinets, int Lockers, long Version);

public sealed record VaultDetail(VaultId Id, BranchId Branch, string BranchName, string Name, int PartyLimit, int PartiesInside, IReadOnlyList<CabinetLine> Cabinets, long Version);

public sealed record CabinetLine(CabinetId Id, string Name, string? Make, string? Model, int Lockers);

public sealed record HolidayLine(DateOnly Date, string Name);

/// <summary>Branches and vaults as the office and the API show them: each only to whom it concerns.</summary>
internal sealed class ReadBranches(StrongroomDb db, CurrentActor current)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<BranchLine>> All(CancellationToken cancel) => (await Page(ListQuery.From(null, null), int.MaxValue, cancel)).Branches;

    public async Task<(IReadOnlyList<BranchLine> Branches, int Total)> Page(ListQuery list, int take, CancellationToken cancel)
    {
        var mine = current.Now.BranchesWith(BranchesRights.Read);
        var rows = db.Set<Branch>().AsNoTracking().Where(row => mine == null || mine.Contains(row.Id));
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("name", false) => rows.OrderBy(row => row.Name),
            ("name", true) => rows.OrderByDescending(row => row.Name),
            ("lockers", false) => rows.OrderBy(row => db.Set<Locker>().Count(locker => locker.Branch == row.Id)),
            ("lockers", true) => rows.OrderByDescending(row => db.Set<Locker>().Count(locker => locker.Branch == row.Id)),
            (_, true) => rows.OrderByDescending(row => row.Code),
            _ => rows.OrderBy(row => row.Code),
        };
        var lines = await ordered.ThenBy(row => row.Code).Skip(list.Skip(PageSize)).Take(take)
            .Select(row => new BranchLine(row.Id, row.Code, row.Name, row.LocationClass, row.Jurisdiction, row.Hours != "",
                db.Set<Vault>().Count(vault => vault.Branch == row.Id), db.Set<Locker>().Count(locker => locker.Branch == row.Id)))
            .ToListAsync(cancel);
        return (lines, await rows.CountAsync(cancel));
    }

    public async Task<BranchDetail?> One(BranchId id, CancellationToken cancel)
    {
        if (!current.Now.MayAt(BranchesRights.Read, id)) return null;
        var found = await db.Set<Branch>().AsNoTracking().Where(row => row.Id == id)
            .Select(row => new
            {
                Row = row,
                Vaults = db.Set<Vault>().Where(vault => vault.Branch == row.Id).OrderBy(vault => vault.Name)
                    .Select(vault => new VaultLine(vault.Id, vault.Name, vault.PartyLimit, vault.PartiesInside,
                        db.Set<Cabinet>().Count(cabinet => cabinet.Vault == vault.Id),
                        db.Set<Locker>().Count(locker => db.Set<Cabinet>().Any(cabinet => cabinet.Id == locker.Cabinet && cabinet.Vault == vault.Id)),
                        vault.Version))
                    .ToList(),
            })
            .SingleOrDefaultAsync(cancel);
        return found is { Row: var branch }
            ? new(branch.Id, branch.Code, branch.Name, branch.Zone, branch.Jurisdiction, branch.LocationClass, WeekHours.Of(branch.Hours).Days, found.Vaults, branch.Version, branch.Proposed)
            : null;
    }

    public async Task<IReadOnlyList<HolidayLine>?> Holidays(BranchId id, DateOnly from, CancellationToken cancel) => current.Now.MayAt(BranchesRights.Read, id)
        ? await db.Set<Holiday>().AsNoTracking().Where(row => row.Branch == id && row.Date >= from).OrderBy(row => row.Date)
            .Select(row => new HolidayLine(row.Date, row.Name)).ToListAsync(cancel)
        : null;

    public async Task<VaultDetail?> Vault(VaultId id, CancellationToken cancel)
    {
        var found = await (
            from vault in db.Set<Vault>().AsNoTracking()
            join branch in db.Set<Branch>() on vault.Branch equals branch.Id
            where vault.Id == id
            select new VaultDetail(vault.Id, vault.Branch, branch.Name, vault.Name, vault.PartyLimit, vault.PartiesInside,
                db.Set<Cabinet>().Where(cabinet => cabinet.Vault == vault.Id).OrderBy(cabinet => cabinet.Name)
                    .Select(cabinet => new CabinetLine(cabinet.Id, cabinet.Name, cabinet.Make, cabinet.Model, db.Set<Locker>().Count(locker => locker.Cabinet == cabinet.Id)))
                    .ToList(),
                vault.Version)).SingleOrDefaultAsync(cancel);
        return found is not null && current.Now.MayAt(BranchesRights.Read, found.Branch) ? found : null;
    }
}
