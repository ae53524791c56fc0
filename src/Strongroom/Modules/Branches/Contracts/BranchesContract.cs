using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Branches.Contracts;

/// <summary>What later modules may read of branches, and the two things they may do to a vault.</summary>
public static class BranchesContract
{
    public static IQueryable<BranchFacts> BranchFacts(this StrongroomDb db) => db.Set<Branch>().AsNoTracking().Select(row => new BranchFacts
    {
        Id = row.Id,
        Code = row.Code,
        Name = row.Name,
        Zone = row.Zone,
        Jurisdiction = row.Jurisdiction,
        LocationClass = row.LocationClass,
        Hours = row.Hours,
        Proposed = row.Proposed,
        Version = row.Version,
    });

    public static IQueryable<VaultFacts> VaultFacts(this StrongroomDb db) => db.Set<Vault>().AsNoTracking().Select(row => new VaultFacts
    {
        Id = row.Id,
        Branch = row.Branch,
        Name = row.Name,
        PartyLimit = row.PartyLimit,
        PartiesInside = row.PartiesInside,
        Version = row.Version,
    });

    public static IQueryable<LockerFacts> LockerFacts(this StrongroomDb db) =>
        from row in db.Set<Locker>().AsNoTracking()
        join cabinet in db.Set<Cabinet>() on row.Cabinet equals cabinet.Id
        join type in db.Set<LockerType>() on row.Type equals type.Id
        select new LockerFacts
        {
            Id = row.Id,
            Branch = row.Branch,
            Vault = cabinet.Vault,
            Cabinet = row.Cabinet,
            CabinetName = cabinet.Name,
            Number = row.Number,
            Type = type.Code,
            SizeClass = type.SizeClass,
            Height = type.Height,
            Width = type.Width,
            Lock = row.Lock,
            Condition = row.Condition,
            OccupantUnknown = row.OccupantUnknown,
            Remark = row.Remark,
            Row = row.Row,
            Column = row.Column,
            Version = row.Version,
        };

    public static IQueryable<FormerNumberFacts> FormerNumberFacts(this StrongroomDb db) => db.Set<FormerNumber>().AsNoTracking()
        .Select(row => new FormerNumberFacts { Locker = row.Locker, Number = row.Number, From = row.From, Until = row.Until });

    /// <summary>Days with hours that the branch asked for and head office allowed (R19d).</summary>
    public static IQueryable<OutOfHoursFacts> OutOfHoursFacts(this StrongroomDb db) => db.Set<HoursException>().AsNoTracking().Where(row => row.OutOfHours)
        .Select(row => new OutOfHoursFacts { Branch = row.Branch, Date = row.Date, Opens = row.Opens, Closes = row.Closes, Reason = row.Reason, AskedBy = row.AskedBy, AllowedBy = row.AllowedBy });

    /// <summary>A party enters or leaves. The row is tracked, so that its version and its CHECK guard the count.</summary>
    public static async Task CountParties(this StrongroomDb db, VaultId vault, int change, CancellationToken cancel)
    {
        var row = await db.Set<Vault>().SingleAsync(row => row.Id == vault, cancel);
        row.PartiesInside += change;
    }
}

/// <summary>A day on which a branch serves its vault out of hours.</summary>
public sealed record OutOfHoursFacts
{
    public BranchId Branch { get; init; }

    public DateOnly Date { get; init; }

    public TimeOnly? Opens { get; init; }

    public TimeOnly? Closes { get; init; }

    public string Reason { get; init; } = "";

    public PersonId? AskedBy { get; init; }

    public PersonId? AllowedBy { get; init; }
}
