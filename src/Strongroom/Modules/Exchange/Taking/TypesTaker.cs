using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>types.csv: the bank's own names for sizes.</summary>
internal sealed class TypesTaker(KnownBank bank) : IRowTaker
{
    private readonly Dictionary<string, int> seen = [];

    public Task Prepare(StrongroomDb db, IReadOnlyList<RowView> rows, CancellationToken cancel) => Task.CompletedTask;

    public static string Folded(string type)
    {
        var text = type.Trim().ToUpperInvariant();
        return text.StartsWith("TYPE ", StringComparison.Ordinal) ? text[5..].Trim() : text;
    }

    public Fate Take(RowView row, Batch batch)
    {
        var code = row[Column.Type] is { } text ? Folded(text) : null;
        if (code is null) row.Error(Column.Type, "There is no name of a type.");
        else if (code.Length > 10 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) row.Error(Column.Type, $"{RowView.Short(code)} is no name of a type: up to ten letters, digits and hyphens.");
        else if (!seen.TryAdd(code, row.Line)) row.Error(Column.Type, $"Type {code} stands in line {seen[code]} already.");
        if (SizeOf(row) is not { } size)
        {
            row.Error(Column.Size, "The dimensions cannot be read.");
            return Fate.Rejected;
        }
        if (row.Failed) return Fate.Rejected;
        var (height, width, depth) = ((int)Math.Round(size.Height), (int)Math.Round(size.Width), (int)Math.Round(size.Depth));
        if (bank.Types.TryGetValue(code!, out var known))
        {
            if (size.Near(known.Height, known.Width, known.Depth, LockersTaker.Tolerance)) return Fate.Unchanged;
            row.Error(Column.Type, $"Type {code} of this bank has another size: {known.Height} x {known.Width} x {known.Depth} mm.");
            return Fate.Rejected;
        }
        SizeClass? sizeClass = Enum.TryParse<SizeClass>(row[Column.SizeClass], ignoreCase: true, out var given) && Enum.IsDefined(given) ? given : null;
        var type = batch.Bulk.TakeLockerType(batch.Act, code!, height, width, depth, sizeClass);
        bank.Types.Add(code!, type);
        batch.About(type.Id);
        return Fate.Imported;
    }

    /// <summary>What no header says: a compartment a metre high is none, so such numbers are millimetres.</summary>
    private static LockerSize? SizeOf(RowView row)
    {
        if (LockersTaker.SizeOf(row) is not { } size) return null;
        var inches = Math.Min(size.Height, Math.Min(size.Width, size.Depth)) / 25.4;
        return inches > 39 ? new(size.Height / 25.4, size.Width / 25.4, size.Depth / 25.4) : size;
    }
}
