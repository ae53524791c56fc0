using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Exchange.Contracts;

public sealed record WarningsPage(IReadOnlyList<ImportWarning> Warnings, int Total);

/// <summary>A warning that somebody saw to, with their words.</summary>
public sealed record SettledLine(string FileName, int Line, string Message, string By, DateTime At, string Note);

internal sealed class ReadWarnings(StrongroomDb db, CurrentActor current, Seals seals)
{
    public const int PageSize = 50;

    /// <summary>How many wait at a branch, by file and column. Null for somebody who does not see to them.</summary>
    public async Task<IReadOnlyList<WarningCount>?> Counts(BranchId branch, CancellationToken cancel)
    {
        if (!current.Now.MayAt(ExchangeRights.Settle, branch)) return null;
        var counts = await db.OpenWarnings().Where(row => row.Branch == branch).GroupBy(row => new { row.FileName, row.Column })
            .Select(group => new { group.Key.FileName, group.Key.Column, Count = group.Count() }).ToListAsync(cancel);
        return [.. counts.OrderBy(row => row.FileName, StringComparer.Ordinal).ThenBy(row => row.Column, StringComparer.Ordinal).Select(row => new WarningCount(row.FileName, row.Column, row.Count))];
    }

    /// <param name="file">Null for every file.</param>
    /// <param name="column">Null for every column.</param>
    public async Task<WarningsPage?> Open(BranchId branch, string? file, string? column, int skip, CancellationToken cancel)
    {
        if (!current.Now.MayAt(ExchangeRights.Settle, branch)) return null;
        var found = db.OpenWarnings().Where(row => row.Branch == branch && (file == null || row.FileName == file) && (column == null || row.Column == column));
        return new(await found.OrderBy(row => row.FileName).ThenBy(row => row.Line).ThenBy(row => row.Number).ThenBy(row => row.File).Skip(skip).Take(PageSize).ToListAsync(cancel),
            await found.CountAsync(cancel));
    }

    /// <summary>The last ones seen to, with what came of them, newest first.</summary>
    public async Task<IReadOnlyList<SettledLine>> Settled(BranchId branch, CancellationToken cancel)
    {
        if (!current.Now.MayAt(ExchangeRights.Settle, branch)) return [];
        var rows = await (
            from settled in db.Set<SettledWarning>().AsNoTracking()
            join problem in db.Set<ImportProblem>() on new { settled.File, settled.Line, settled.Number } equals new { problem.File, problem.Line, problem.Number }
            join file in db.Set<ImportedFile>() on problem.File equals file.Id
            join person in db.PersonFacts() on settled.By equals person.Id
            where problem.Branch == branch
            orderby settled.At descending, settled.Line
            select new { settled, file.Name, problem.Message, By = person.Name }).Take(PageSize).ToListAsync(cancel);
        List<SettledLine> lines = [];
        foreach (var row in rows)
        {
            var key = await seals.KeyOf(db, row.settled.SealedFor, cancel);
            lines.Add(new(row.Name, row.settled.Line, row.Message, row.By, row.settled.At, key.Open(SettledWarning.NoteColumn, row.settled.Id.Value, row.settled.Note)));
        }
        return lines;
    }
}
