using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>lockers.csv: branches, cabinets, lockers and their keys.</summary>
internal sealed class LockersTaker(KnownBank bank) : IRowTaker
{
    /// <summary>Millimetres by which a size may differ from its type's: the register's inches are rounded.</summary>
    public const double Tolerance = 2;

    private const string NoCabinet = "Not recorded";

    public Task Prepare(StrongroomDb db, IReadOnlyList<RowView> rows, CancellationToken cancel) =>
        bank.Load(db, rows.Select(row => row[Column.BranchCode]).OfType<string>(), cancel);

    /// <summary>"A-31 deceased" is locker A-31; "101.0" is what a spreadsheet makes of 101.</summary>
    public static string NumberOf(string written)
    {
        var number = CellReading.RemarkOf(written) is null ? written.Trim() : written.Trim().Split(' ')[0].TrimEnd('(', '-', ',');
        return number.EndsWith(".0", StringComparison.Ordinal) && number[..^2].All(char.IsAsciiDigit) ? number[..^2] : number;
    }

    public static LockerSize? SizeOf(RowView row)
    {
        if (row[Column.Size] is { } text) return CellReading.SizeOf(text, CellReading.SizeFormOf(row.NameOf(Column.Size)));
        return Measure(Column.Height) is { } height && Measure(Column.Width) is { } width && Measure(Column.Depth) is { } depth
            ? new(height, width, depth)
            : null;

        double? Measure(Column column) => row[column] is { } cell ? CellReading.MeasureOf(cell, CellReading.SizeFormOf(row.NameOf(column)).Millimetres) : null;
    }

    public Fate Take(RowView row, Batch batch)
    {
        var code = CodeOf(row);
        var type = TypeOf(row);
        var number = row[Column.Locker] is { } written ? NumberOf(written) : null;
        if (number is null) row.Error(Column.Locker, "There is no locker number.");
        else if (number.Length > TakeBranches.LongestNumber) row.Error(Column.Locker, $"The locker number is longer than {TakeBranches.LongestNumber} characters.");
        LookAtSize(row, type);
        var branch = code is null ? null : bank.Branch(code);
        row.Branch = branch?.Id;
        if (row.Failed) return Fate.Rejected;

        var said = SaidOf(row);
        var remark = CellReading.RemarkOf(row[Column.Remarks] ?? "") ?? CellReading.RemarkOf(row[Column.Locker]!) ?? CellReading.RemarkOf(row[Column.Status] ?? "");
        var cabinetName = row[Column.Cabinet] ?? NoCabinet;
        if (branch?.At(cabinetName, number!) is { } there)
        {
            if (there.Number != number) WarnOfNamesake(row, branch.Numbered(number!), there);
            return Again(row, there, said, remark);
        }

        branch ??= NewBranch(row, code!, batch);
        row.Branch = branch.Id;
        var cabinet = branch.Cabinet(cabinetName) ?? NewCabinet(branch, cabinetName, batch);
        var namesakes = branch.Numbered(number!);
        var now = number!;
        if (namesakes.Count > 0)
        {
            now = Distinct(branch, number!, cabinet);
        }
        WarnOfRemark(row, said, remark);
        var (atRow, atColumn) = cabinet.NextPlace();
        var unknown = said is not (SaidStatus.Vacant or SaidStatus.UnderRepair or SaidStatus.OutOfService) || remark is not null;
        var id = batch.Bulk.TakeLocker(batch.Act, new(branch.Id, cabinet.Id, type!.Id, now, now == number ? null : number,
            said switch { SaidStatus.UnderRepair => LockerCondition.UnderRepair, SaidStatus.OutOfService => LockerCondition.OutOfService, _ => LockerCondition.InService },
            unknown, remark, atRow, atColumn));
        row.Locker = id;
        var locker = new KnownLocker(id, cabinet, now) { Remark = remark, OccupantUnknown = unknown, Line = row.Line, Said = said };
        if (now != number) WarnOfNamesake(row, namesakes, locker);
        branch.Add(locker);
        if (now != number) branch.AlsoNumbered(id, number!);
        batch.About(branch.Id);
        batch.About(id);
        TakeKey(row, branch, locker, batch);
        return Fate.Imported;
    }

    private static Fate Again(RowView row, KnownLocker there, SaidStatus said, RegisterRemark? remark)
    {
        if (there.Line is { } before && before != row.Line)
        {
            row.Error(Column.Locker, $"Line {before} has a locker of this number in this cabinet already.");
            return Fate.Rejected;
        }
        row.Locker = there.Id;
        (there.Line, there.Said, there.KeyNumber) = (row.Line, said, row[Column.KeyNumber]);
        WarnOfRemark(row, said, remark);
        return Fate.Unchanged;
    }

    private static void WarnOfNamesake(RowView row, IReadOnlyList<KnownLocker> all, KnownLocker locker) => row.Warn(Column.Locker,
        $"Another locker of the branch, in {all.First(one => one != locker).Cabinet.Name}, has this number: entered as {locker.Number}, the printed number is kept beside it.");

    private static string? CodeOf(RowView row)
    {
        var code = row[Column.BranchCode];
        if (code is null) row.Error(Column.BranchCode, "There is no branch code.");
        else if (code.Length > 20 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) row.Error(Column.BranchCode, $"{RowView.Short(code)} is no branch code: up to twenty letters, digits and hyphens.");
        return code;
    }

    private TypeOfLocker? TypeOf(RowView row)
    {
        if (row[Column.Type] is not { } text)
        {
            row.Error(Column.Type, "There is no locker type.");
            return null;
        }
        if (bank.Types.TryGetValue(TypesTaker.Folded(text), out var type)) return type;
        row.Error(Column.Type, $"There is no locker type {RowView.Short(text)} in the set-up.");
        return null;
    }

    private static void LookAtSize(RowView row, TypeOfLocker? type)
    {
        var column = row.Has(Column.Size) ? Column.Size : Column.Height;
        if (row[column] is null) return;
        if (SizeOf(row) is not { } size) row.Error(column, "The dimensions cannot be read.");
        else if (type is not null && !size.Near(type.Height, type.Width, type.Depth, Tolerance))
            row.Warn(column, FormattableString.Invariant($"The size is {size.Height:0} x {size.Width:0} x {size.Depth:0} mm, but type {type.Code} is {type.Height} x {type.Width} x {type.Depth} mm."));
    }

    private static SaidStatus SaidOf(RowView row)
    {
        if (!row.Has(Column.Status)) return SaidStatus.NotSaid;
        var said = CellReading.StatusOf(row[Column.Status] ?? "");
        if (said == SaidStatus.NotUnderstood) row.Warn(Column.Status, $"The status {RowView.Short(row[Column.Status]!)} is not understood: whether the locker is vacant is unknown.");
        else if (said is SaidStatus.NotSaid or SaidStatus.Unknown) row.Warn(Column.Status, "The register does not say whether the locker is vacant: it is not let until staff have looked.");
        return said;
    }

    private static void WarnOfRemark(RowView row, SaidStatus said, RegisterRemark? remark)
    {
        if (remark is not { } found) return;
        var what = found switch
        {
            RegisterRemark.Deceased => "Said to be of a deceased hirer",
            RegisterRemark.CourtOrder => "Said to be under a court order",
            RegisterRemark.Attached => "Said to be attached",
        };
        row.Warn(Column.Remarks, said == SaidStatus.Vacant
            ? $"{what}, though the register calls it vacant: not let until staff have looked; a hire of it gets a hold."
            : $"{what}: its hire gets a hold that staff must confirm.");
    }

    private KnownBranch NewBranch(RowView row, string code, Batch batch)
    {
        var name = row[Column.BranchName] is { } given ? given[..Math.Min(given.Length, 100)] : code;
        var branch = new KnownBranch(batch.Bulk.TakeBranch(batch.Act, code, name, KnownBank.Zone, KnownBank.Jurisdiction), code, KnownBank.Zone, KnownBank.Region);
        branch.Vault = batch.Bulk.TakeVault(batch.Act, branch.Id, "Vault 1");
        bank.Add(branch);
        return branch;
    }

    private static KnownCabinet NewCabinet(KnownBranch branch, string name, Batch batch)
    {
        branch.Vault ??= batch.Bulk.TakeVault(batch.Act, branch.Id, "Vault 1");
        var fitting = name[..Math.Min(name.Length, 60)];
        return branch.Add(new KnownCabinet(batch.Bulk.TakeCabinet(batch.Act, branch.Vault.Value, fitting), fitting));
    }

    /// <summary>"102/CAB-4": the cabinet tells it from its namesake, and staff see at once that there are two.</summary>
    private static string Distinct(KnownBranch branch, string number, KnownCabinet cabinet)
    {
        var word = string.Concat(cabinet.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        for (var count = 1; ; count++)
        {
            var tail = count == 1 ? $"/{word}" : $"/{word}-{count}";
            var candidate = number.Length + tail.Length <= TakeBranches.LongestNumber ? number + tail : $"{number}/{count + 1}";
            if (branch.Numbered(candidate).Count == 0) return candidate;
        }
    }

    private static void TakeKey(RowView row, KnownBranch branch, KnownLocker locker, Batch batch)
    {
        if (row[Column.KeyNumber] is not { } number) return;
        locker.KeyNumber = number;
        if (number.Length > TakeKeys.LongestNumber) row.Warn(Column.KeyNumber, "The key number is too long; no key entered.");
        else if (!branch.KeyNumbers.Add(number)) row.Warn(Column.KeyNumber, $"Another locker of the branch has key number {RowView.Short(number)}; no key entered.");
        else batch.Bulk.TakeHirerKey(batch.Act, branch.Id, locker.Id, number);
    }
}
