using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange;

public sealed record ImportLine(ImportId Id, ImportSource Source, ImportState State, DateTime StartedAt, DateTime? FinishedAt, int Imported, int Rejected);

public sealed record ImportDetail(ImportId Id, ImportState State, DateTime StartedAt, DateTime? FinishedAt, string? Fault, IReadOnlyList<ImportFileLine> Files, IReadOnlyList<BranchToDo> ToConfirm);

/// <param name="Percent">How far into the file the last save was.</param>
public sealed record ImportFileLine(ImportedFileId Id, string Name, int Rows, int Imported, int Unchanged, int Rejected, int Errors, int Warnings, int Percent);

/// <summary>A branch that arrived with an import and waits for a person.</summary>
public sealed record BranchToDo(BranchId Id, string Code, string Name);

public sealed record ProblemLine
{
    public string File { get; init; } = "";

    public int Line { get; init; }

    public string Column { get; init; } = "";

    public ProblemSeverity Severity { get; init; }

    public string Message { get; init; } = "";

    public string? Branch { get; init; }
}

/// <summary>What the office sees of its imports: progress, sums, and the problems row by row. Nothing of it is personal.</summary>
internal sealed class ReadImports(StrongroomDb db)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<ImportLine>> All(CancellationToken cancel) => await db.Set<Import>().AsNoTracking().OrderByDescending(row => row.StartedAt).Take(100)
        .Select(row => new ImportLine(row.Id, row.Source, row.State, row.StartedAt, row.FinishedAt,
            db.Set<ImportBatch>().Where(batch => db.Set<ImportedFile>().Any(file => file.Id == batch.File && file.Import == row.Id)).Sum(batch => batch.Imported),
            db.Set<ImportBatch>().Where(batch => db.Set<ImportedFile>().Any(file => file.Id == batch.File && file.Import == row.Id)).Sum(batch => batch.Rejected)))
        .ToListAsync(cancel);

    public async Task<ImportDetail?> One(ImportId id, CancellationToken cancel)
    {
        var import = await db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (import is null) return null;
        var files = await db.Set<ImportedFile>().AsNoTracking().Where(row => row.Import == id).OrderBy(row => row.Id).ToListAsync(cancel);
        var ids = files.ConvertAll(file => file.Id);
        var sums = await db.Set<ImportBatch>().Where(row => ids.Contains(row.File)).GroupBy(row => row.File)
            .Select(group => new { File = group.Key, Imported = group.Sum(row => row.Imported), Unchanged = group.Sum(row => row.Unchanged), Rejected = group.Sum(row => row.Rejected), Done = group.Max(row => row.BytesDone) })
            .ToDictionaryAsync(row => row.File, cancel);
        var counts = await db.Set<ImportProblem>().Where(row => ids.Contains(row.File)).GroupBy(row => new { row.File, row.Severity })
            .Select(group => new { group.Key.File, group.Key.Severity, Count = group.Count() }).ToListAsync(cancel);
        var lines = files.Select(file =>
        {
            var sum = sums.GetValueOrDefault(file.Id);
            var (imported, unchanged, rejected) = (sum?.Imported ?? 0, sum?.Unchanged ?? 0, sum?.Rejected ?? 0);
            return new ImportFileLine(file.Id, file.Name, imported + unchanged + rejected, imported, unchanged, rejected,
                Count(file.Id, ProblemSeverity.Error), Count(file.Id, ProblemSeverity.Warning), file.Length == 0 ? 100 : (int)(100 * (sum?.Done ?? 0) / file.Length));
        }).ToList();
        var waiting = await db.BranchFacts().Where(branch => branch.Proposed).OrderBy(branch => branch.Code).Select(branch => new BranchToDo(branch.Id, branch.Code, branch.Name)).ToListAsync(cancel);
        return new(id, import.State, import.StartedAt, import.FinishedAt, import.Fault, lines, waiting);

        int Count(ImportedFileId file, ProblemSeverity severity) => counts.Find(count => count.File == file && count.Severity == severity)?.Count ?? 0;
    }

    /// <param name="severity">Null for both.</param>
    public async Task<(IReadOnlyList<ProblemLine> Rows, int Total)> Problems(ImportId id, RegisterFile? kind, ProblemSeverity? severity, int skip, CancellationToken cancel)
    {
        var found = from problem in db.Set<ImportProblem>().AsNoTracking()
                    join file in db.Set<ImportedFile>() on problem.File equals file.Id
                    where file.Import == id && (kind == null || file.Kind == kind) && (severity == null || problem.Severity == severity)
                    select new { problem, file };
        var rows = await found.OrderBy(it => it.file.Id).ThenBy(it => it.problem.Line).ThenBy(it => it.problem.Number).Skip(skip).Take(PageSize).Select(it => new ProblemLine
        {
            File = it.file.Name,
            Line = it.problem.Line,
            Column = it.problem.Column,
            Severity = it.problem.Severity,
            Message = it.problem.Message,
            Branch = db.BranchFacts().Where(branch => branch.Id == it.problem.Branch).Select(branch => branch.Name).FirstOrDefault(),
        }).ToListAsync(cancel);
        return (rows, await found.CountAsync(cancel));
    }
}
