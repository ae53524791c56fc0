using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Modules.Exchange.Taking;

namespace Strongroom.Modules.Exchange;

/// <summary>How far an import is: for the bar of the command line.</summary>
public sealed record ImportProgress(string File, long BytesDone, long Length, int Rows);

/// <summary>A file's sums. Rows are imported, unchanged or rejected, and nothing else.</summary>
internal sealed record FileSums(string File, int Imported, int Unchanged, int Rejected)
{
    public int Rows => Imported + Unchanged + Rejected;
}

/// <param name="Id">Null for a dry run, which leaves no trace.</param>
/// <param name="Problems">Of a dry run; an import's stand in the database.</param>
/// <param name="Unreadable">Files that could not be read at all.</param>
internal sealed record ImportResult(ImportId? Id, IReadOnlyList<FileSums> Files, IReadOnlyList<(string File, Problem Problem)> Problems, int Unreadable);

internal sealed record NothingToImport(string Folder) : Refusal("exchange.nothing-to-import", 422, "The folder has none of the files of a register.", "It needs lockers.csv, hirers.csv or visits.csv, and may have types.csv.");

/// <summary>
/// Takes an old register over, file by file: types, lockers, hirers, visits. Each row is taken whole or not at all; many rows commit together with their
/// audit event and with how far the file is read, so that an import that was killed goes on where it stopped.
/// </summary>
internal sealed partial class Importer(StrongroomDb db, Settings settings, Ids ids, Seals seals, Listeners listeners, TimeProvider clock)
{
    /// <summary>No save takes longer than this to fill, so that the server's own saves come between.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    private readonly KnownBank bank = new();
    private readonly KnownPeople people = new(seals);
    private readonly List<FileSums> sums = [];
    private readonly List<(string, Problem)> problems = [];
    private Actor actor = Actor.System;
    private bool dry;
    private ImportId? asked;
    private int unreadable;

    public static IReadOnlyList<(RegisterFile Kind, string Path)> FilesIn(string folder) =>
    [
        .. from kind in Enum.GetValues<RegisterFile>()
           let path = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).FirstOrDefault(file => string.Equals(Path.GetFileName(file), $"{kind}.csv", StringComparison.OrdinalIgnoreCase)) : null
           where path is not null
           select (kind, path),
    ];

    /// <summary>Imports a folder, or goes on with an import of exactly these files that was cut short.</summary>
    public async Task<Outcome<ImportResult>> Run(string folder, ImportSource source, Actor by, bool dryRun, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        (actor, dry) = (by, dryRun);
        var found = FilesIn(folder);
        if (found.Count == 0) return new NothingToImport(folder);
        List<FileToRead> files = [];
        foreach (var (kind, path) in found) files.Add(new(kind, path, await FileText.Of(path, cancel)));
        var import = dry ? null : await Begin(folder, source, files, cancel);
        try
        {
            await TakeTypes(import, hasOwn: files.Exists(file => file.Kind == RegisterFile.Types), cancel);
            foreach (var file in files) await Read(file, import, progress, cancel);
            await Finish(import, files, cancel);
        }
        catch (Exception broken) when (import is not null && asked is null && broken is not OperationCanceledException)
        {
            await Stop(import, broken, cancel);
            throw;
        }
        return new ImportResult(import?.Id, sums, problems, unreadable);
    }

    /// <summary>An import that the office asked for, or that a stop of the server cut short. Its uploaded files go when it is finished.</summary>
    public async Task Resume(ImportId id, CancellationToken cancel)
    {
        var import = await db.Set<Import>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        asked = id;
        try
        {
            var outcome = await Run(import.Folder, import.Source, Actor.System, dryRun: false, null, cancel);
            if (outcome.Refusal is { } refusal) throw new InvalidOperationException(refusal.Title);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            await Stop(import, broken, cancel);
            throw;
        }
        if (import.Folder == Path.Combine(settings.DataDirectory, "imports", id.ToString())) Directory.Delete(import.Folder, recursive: true);
    }

    private sealed record FileToRead(RegisterFile Kind, string Path, FileText Text)
    {
        public string Name => System.IO.Path.GetFileName(Path);

        public ImportedFileId Id { get; set; }
    }

    private Act NewAct() => new(actor, clock.UtcNow(), ids, seals, listeners);

    /// <summary>An unfinished import of the same files goes on; otherwise a new one begins, to which what is there already is unchanged.</summary>
    private async Task<Import> Begin(string folder, ImportSource source, List<FileToRead> files, CancellationToken cancel)
    {
        var open = await db.Set<Import>().Where(row => asked == null ? row.State == ImportState.Running || row.State == ImportState.Stopped : row.Id == asked).OrderByDescending(row => row.StartedAt).ToListAsync(cancel);
        foreach (var earlier in open)
        {
            var known = await db.Set<ImportedFile>().Where(row => row.Import == earlier.Id).ToListAsync(cancel);
            if (known.Count > 0 && !known.Select(file => (file.Kind, file.Hash)).ToHashSet().SetEquals(files.Select(file => (file.Kind, file.Text.Hash)))) continue;
            if (known.Count == 0 && asked is null) continue;
            foreach (var file in known) files.First(one => one.Kind == file.Kind).Id = file.Id;
            return await Start(earlier, known.Count == 0 ? files : [], cancel);
        }
        var act = NewAct();
        var import = new Import { Id = act.NewId<Noun.Import>(), Source = source, Folder = folder, State = ImportState.Running, StartedAt = act.Now, StartedBy = actor.Person };
        db.Add(import);
        return await Start(import, files, cancel);
    }

    private async Task<Import> Start(Import import, List<FileToRead> added, CancellationToken cancel)
    {
        var act = NewAct();
        import.State = ImportState.Running;
        import.Fault = null;
        foreach (var file in added)
        {
            file.Id = act.NewId<Noun.ImportedFile>();
            db.Add(new ImportedFile { Id = file.Id, Import = import.Id, Name = file.Name, Kind = file.Kind, Hash = file.Text.Hash, Length = file.Text.Length });
        }
        db.Append(act, new Event(ExchangeAudit.Started).About(import.Id).With("source", import.Source).With("files", added.Count));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return import;
    }

    private async Task Finish(Import? import, List<FileToRead> files, CancellationToken cancel)
    {
        var late = OccupantsUnknown().ToList();
        var lockers = files.Find(file => file.Kind == RegisterFile.Lockers);
        if (lockers is null) late.Clear();
        if (import is null)
        {
            problems.AddRange(late.Select(problem => (lockers!.Name, problem)));
            return;
        }
        var act = NewAct();
        var bulk = new Bulk();
        if (lockers is not null) AddProblems(bulk, lockers.Id, late, firstNumber: 100);
        var row = await db.Set<Import>().SingleAsync(one => one.Id == import.Id, cancel);
        (row.State, row.FinishedAt) = (ImportState.Finished, act.Now);
        db.Append(act, new Event(ExchangeAudit.Finished).About(import.Id)
            .With("imported", sums.Sum(file => file.Imported)).With("unchanged", sums.Sum(file => file.Unchanged)).With("rejected", sums.Sum(file => file.Rejected)));
        await db.SaveWith(bulk, cancel);
        db.ChangeTracker.Clear();
    }

    private async Task Stop(Import import, Exception broken, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var row = await db.Set<Import>().SingleAsync(one => one.Id == import.Id, cancel);
        (row.State, row.Fault) = (ImportState.Stopped, $"{broken.GetType().Name}: {broken.Message.ReplaceLineEndings(" ")}"[..Math.Min(1000, broken.GetType().Name.Length + 2 + broken.Message.Length)]);
        db.Append(NewAct(), new Event(ExchangeAudit.Stopped).About(import.Id).With("why", broken.GetType().Name));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>"Rented", and no hirer could be read: neither vacant nor lettable, and the manager's work.</summary>
    private IEnumerable<Problem> OccupantsUnknown() =>
        from branch in bank.Branches
        from locker in branch.Lockers
        where locker is { Said: SaidStatus.Rented, Line: not null, Hires.Count: 0 }
        orderby locker.Line
        select new Problem(locker.Line!.Value, Headers.Word(Column.Status), ProblemSeverity.Warning, "Rented, but no hirer of it could be read: occupant unknown, not to be let.", branch.Id, locker.Id);

    private static void AddProblems(Bulk bulk, ImportedFileId file, IEnumerable<Problem> found, int firstNumber = 1)
    {
        foreach (var line in found.GroupBy(problem => problem.Line))
        {
            var number = firstNumber;
            foreach (var problem in line)
            {
                bulk.Add(new ImportProblem
                {
                    File = file,
                    Line = problem.Line,
                    Number = number++,
                    Column = problem.Column[..Math.Min(problem.Column.Length, 100)],
                    Severity = problem.Severity,
                    Message = problem.Message[..Math.Min(problem.Message.Length, 400)],
                    Branch = problem.Branch,
                    Locker = problem.Locker,
                    Person = problem.Person,
                });
            }
        }
    }
}
