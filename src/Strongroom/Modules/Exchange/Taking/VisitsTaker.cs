using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>visits.csv: the old visits, read only, for the timelines. The one file that may have millions of rows: nothing of it is kept in memory.</summary>
/// <param name="earlier">Files of the same hash, this one among them: an entry found there at another line is a repetition, else it is unchanged.</param>
/// <param name="everything">True when nothing is written, so that repetitions cannot be found in the database.</param>
internal sealed class VisitsTaker(KnownBank bank, Seals seals, DateTime now, Guid source, IReadOnlySet<Guid> earlier, bool everything) : IRowTaker
{
    private const int MostNames = 10_000;

    private readonly Dictionary<int, (Guid Id, OldVisit Visit)> read = [];
    private readonly Dictionary<Guid, (Guid Source, int Line)> there = [];
    private readonly Dictionary<Guid, int> sameRun = [];
    private readonly Dictionary<string, DateOnly> today = [];
    private readonly ConcurrentDictionary<string, string> names = new();

    public async Task Prepare(StrongroomDb db, IReadOnlyList<RowView> rows, CancellationToken cancel)
    {
        await bank.Load(db, rows.Select(row => row[Column.BranchCode]).OfType<string>(), cancel);
        read.Clear();
        there.Clear();
        if (!everything) sameRun.Clear();
        foreach (var zone in bank.Branches.Select(branch => branch.Zone)) today.TryAdd(zone, now.DateIn(zone));
        // Rows do not lean on each other before they are taken, and what they are matched with is only read here.
        foreach (var (line, visit) in rows.AsParallel().Select(row => (row.Line, Visit: Read(row))))
            if (visit is { } entry) read.Add(line, entry);
        var ids = read.Values.Select(visit => visit.Id).Distinct().ToList();
        foreach (var line in await db.RegisterLines().Where(line => ids.Contains(line.Id)).Select(line => new { line.Id, line.Source, line.Line }).ToListAsync(cancel))
            there.Add(line.Id, (line.Source, line.Line));
    }

    public Fate Take(RowView row, Batch batch)
    {
        if (!read.TryGetValue(row.Line, out var visit)) return Fate.Rejected;
        if (sameRun.TryGetValue(visit.Id, out var before)) return Repeats(row, before);
        if (there.TryGetValue(visit.Id, out var found))
            return earlier.Contains(found.Source) && found.Line != row.Line ? Repeats(row, found.Line) : Fate.Unchanged;
        sameRun.Add(visit.Id, row.Line);
        batch.Bulk.TakeOldVisit(seals, visit.Id, visit.Visit);
        batch.About(row.Branch!.Value);
        return Fate.Imported;
    }

    private static Fate Repeats(RowView row, int line)
    {
        row.Error(Column.Date, $"Line {line} says the same visit already.");
        return Fate.Rejected;
    }

    private (Guid Id, OldVisit Visit)? Read(RowView row)
    {
        if (HirersTaker.BranchOf(bank, row) is not { } branch) return null;
        var day = today[branch.Zone];
        var locker = branch.Find(row, sayHow: false);
        row.Locker = locker?.Id;
        DateOnly? date = null;
        if (row[Column.Date] is not { } text) row.Error(Column.Date, "There is no date.");
        else if ((date = DateReading.Date(text, day)) is null) row.Error(Column.Date, $"There is no such date as {RowView.Short(text)}.");
        var (timeIn, timeOut) = (TimeOf(row, Column.TimeIn), TimeOf(row, Column.TimeOut));
        if (timeOut < timeIn) row.Error(Column.TimeOut, "The time out is before the time in.");
        if (locker is null || date is not { } on || row.Failed) return null;

        if (on > day) row.Warn(Column.Date, "The visit is in the future.");
        if (timeOut is null && row.Has(Column.TimeOut)) row.Warn(Column.TimeOut, "The time out is not recorded.");
        var written = row[Column.OperatedBy];
        var folded = written is null ? "" : FoldedOf(written);
        var hire = locker.Hires.Find(one => one.Hirers.Any(hirer => hirer.Folded == folded)) ?? (locker.Hire is { } current && current.StartsOn <= on ? current : null);
        var hirer = hire?.Hirers.Where(one => one.Folded == folded).ToList() is [var only] ? only : null;
        row.Person = hirer?.Id;
        if (hirer is null && hire is not null && written is not null) row.Warn(Column.OperatedBy, "The name is none of the locker's hirers; kept as written.");
        var visit = new OldVisit(locker.Id, hire?.Id, on, timeIn, timeOut, hirer?.Id, written, Officer(row), row[Column.Remarks], source, row.Line);
        return (visit.Fingerprint(folded), visit);
    }

    /// <summary>The same few people come again and again.</summary>
    private string FoldedOf(string written)
    {
        if (names.TryGetValue(written, out var known)) return known;
        if (names.Count >= MostNames) names.Clear();
        return names[written] = NameReading.One(written) is { } name ? NameReading.Folded(name.Name) : "";
    }

    private static TimeOnly? TimeOf(RowView row, Column column)
    {
        if (row[column] is not { } text || text.All(c => c is '-' or '.')) return null;
        var time = DateReading.Time(text);
        if (time is null) row.Error(column, $"There is no such time as {RowView.Short(text)}.");
        return time;
    }

    private static string? Officer(RowView row) => row[Column.Officer] is { } officer ? officer[..Math.Min(officer.Length, 40)] : null;
}
