using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Lockers;

namespace Strongroom.Modules.Branches.Contracts;

/// <summary>A size as set-up knows it, in millimetres.</summary>
public sealed record TypeOfLocker(LockerTypeId Id, string Code, int Height, int Width, int Depth);

/// <summary>A locker of an old register about to be taken over.</summary>
/// <param name="Number">Unique in its branch now.</param>
/// <param name="FormerNumber">What is printed on it, where another locker of the branch has that number.</param>
/// <param name="Row">The register tells no places; they are given in its order and put right at the wall.</param>
public sealed record OldLocker(
    BranchId Branch, CabinetId Cabinet, LockerTypeId Type, string Number, string? FormerNumber,
    LockerCondition Condition, bool OccupantUnknown, RegisterRemark? Remark, int Row, int Column);

/// <summary>How an import enters branches and lockers: many rows in one save, whose audit event the importer writes.</summary>
public static class TakeBranches
{
    public const int LongestNumber = 20;

    /// <summary>The usual sizes, for a bank that has set up none.</summary>
    public static IReadOnlyList<(string Code, int Height, int Width, int Depth)> UsualTypes =>
        [.. UseUsualTypes.Usual.Select(type => (type.Code, type.Height, type.Width, type.Depth))];

    public static IQueryable<TypeOfLocker> LockerTypes(this StrongroomDb db) => db.Set<LockerType>().AsNoTracking()
        .Select(row => new TypeOfLocker(row.Id, row.Code, row.Height, row.Width, row.Depth));

    public static TypeOfLocker TakeLockerType(this Bulk bulk, Act act, string code, int height, int width, int depth, SizeClass? sizeClass)
    {
        var usual = UseUsualTypes.Usual.FirstOrDefault(type => type.Code == code && type.Height == height && type.Width == width && type.Depth == depth);
        var row = AddLockerType.New(act, new(code, sizeClass ?? usual?.SizeClass ?? ClassOf(height, width, depth), height, width, depth));
        bulk.Add(row);
        return new(row.Id, code, height, width, depth);
    }

    /// <summary>To be set up: zone and law are proposed, there are no hours, and no day opens before a person has confirmed it.</summary>
    public static BranchId TakeBranch(this Bulk bulk, Act act, string code, string name, string zone, string jurisdiction)
    {
        var branch = new Branch
        {
            Id = act.NewId<Noun.Branch>(),
            Code = code,
            Name = name,
            Zone = zone,
            Jurisdiction = jurisdiction,
            LocationClass = LocationClass.Urban,
            Hours = "",
            Proposed = true,
        };
        bulk.Add(branch);
        return branch.Id;
    }

    /// <summary>Registers know cabinets but no vaults: all stand in one, with room for one party until the branch is confirmed.</summary>
    public static VaultId TakeVault(this Bulk bulk, Act act, BranchId branch, string name)
    {
        var vault = new Vault { Id = act.NewId<Noun.Vault>(), Branch = branch, Name = name, PartyLimit = 1 };
        bulk.Add(vault);
        return vault.Id;
    }

    public static CabinetId TakeCabinet(this Bulk bulk, Act act, VaultId vault, string name)
    {
        var cabinet = new Cabinet { Id = act.NewId<Noun.Cabinet>(), Vault = vault, Name = name };
        bulk.Add(cabinet);
        return cabinet.Id;
    }

    public static LockerId TakeLocker(this Bulk bulk, Act act, OldLocker taken)
    {
        var locker = new Locker
        {
            Id = act.NewId<Noun.Locker>(),
            Branch = taken.Branch,
            Cabinet = taken.Cabinet,
            Type = taken.Type,
            Number = taken.Number,
            Lock = LockKind.Mechanical,
            Condition = taken.Condition,
            OccupantUnknown = taken.OccupantUnknown,
            Remark = taken.Remark,
            Row = taken.Row,
            Column = taken.Column,
        };
        bulk.Add(locker);
        if (taken.FormerNumber is { } former) bulk.Add(new FormerNumber { Locker = locker.Id, Number = former, Until = act.Now });
        return locker.Id;
    }

    // By volume in litres, between the usual sizes: S up to 19, M from 31 to 42, L from 47 to 65.
    private static SizeClass ClassOf(int height, int width, int depth) => ((long)height * width * depth / 1_000_000) switch
    {
        < 25 => SizeClass.S,
        < 44 => SizeClass.M,
        < 80 => SizeClass.L,
        _ => SizeClass.XL,
    };
}
