using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange.Reading;
using Strongroom.Modules.Exchange.Taking;

namespace Strongroom.Modules.Exchange;

/// <summary>One file, from its first line to its last.</summary>
internal sealed partial class Importer
{
    private async Task Read(FileToRead file, Import? import, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var done = import is null ? null : await db.Set<ImportBatch>().AsNoTracking().Where(row => row.File == file.Id).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
        if (done?.Last == true && file.Kind == RegisterFile.Visits)
        {
            sums.Add(await SumsOf(file, cancel));
            return;
        }
        await using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using var reader = new StreamReader(stream, file.Text.Encoding, detectEncodingFromByteOrderMarks: true);
        var lines = new Lines(reader);
        var first = "";
        var line = 0;
        while (string.IsNullOrWhiteSpace(first) && await lines.Next(cancel) is { } next) (first, line) = (CsvRows.IsText(next.Text) ? next.Text : "?", line + 1);
        var separator = CsvRows.SeparatorOf(first);
        var header = Headers.Of(file.Kind, CsvRows.Split(first, separator));
        var pass = new Pass(file, header, await Taker(file, cancel), done, import?.Id);
        if (done is null) LookAtHeader(pass);
        if (header.Missing.Count > 0) unreadable++;

        List<RowView> chunk = [];
        await foreach (var row in CsvRows.Read(lines, separator, line + 1, cancel))
        {
            chunk.Add(new(row, header));
            if (chunk.Count < Batch.MostRows) continue;
            await TakeChunk(pass, chunk, stream.Position, progress, cancel);
            chunk.Clear();
        }
        await TakeChunk(pass, chunk, stream.Length, progress, cancel);
        if (done?.Last != true) await Save(pass, new Batch(NewAct()), stream.Length, last: true, cancel);
        progress?.Report(new(file.Name, file.Text.Length, file.Text.Length, pass.Rows));
        sums.Add(import is null ? new(file.Name, pass.Imported, pass.Unchanged, pass.Rejected) : await SumsOf(file, cancel));
    }

    /// <summary>What goes on through a file: its counts so far, and where a run before this one had come to.</summary>
    private sealed class Pass(FileToRead file, Header header, IRowTaker taker, ImportBatch? done, ImportId? import)
    {
        public FileToRead File => file;

        public Header Header => header;

        public IRowTaker Taker => taker;

        public ImportId? Import => import;

        /// <summary>Rows up to here were settled before: they are matched again, for what follows leans on them, and not saved.</summary>
        public int DoneLine => done?.LastLine ?? 0;

        public int Number { get; set; } = done?.Number ?? 0;

        public int Imported { get; set; }

        public int Unchanged { get; set; }

        public int Rejected { get; set; }

        public int Rows => Imported + Unchanged + Rejected;

        public List<Problem> OfHeader { get; } = [];
    }

    private async Task<IRowTaker> Taker(FileToRead file, CancellationToken cancel)
    {
        if (file.Kind == RegisterFile.Types) return new TypesTaker(bank);
        if (file.Kind == RegisterFile.Lockers) return new LockersTaker(bank);
        if (file.Kind == RegisterFile.Hirers) return new HirersTaker(bank, people, clock.UtcNow());
        var same = await db.Set<ImportedFile>().Where(row => row.Hash == file.Text.Hash).Select(row => row.Id).ToListAsync(cancel);
        return new VisitsTaker(bank, seals, clock.UtcNow(), file.Id.Value, same.Select(id => id.Value).ToHashSet(), everything: dry);
    }

    private static void LookAtHeader(Pass pass)
    {
        foreach (var name in pass.Header.Unknown)
            pass.OfHeader.Add(new(1, name, ProblemSeverity.Error, $"The column {RowView.Short(name)} is not known; what it says is not imported.", null));
        foreach (var name in pass.Header.Twice)
            pass.OfHeader.Add(new(1, name, ProblemSeverity.Warning, $"The column {RowView.Short(name)} says what an earlier column says; it is left out.", null));
        foreach (var column in pass.Header.Missing)
            pass.OfHeader.Add(new(1, Headers.Word(column), ProblemSeverity.Error, $"The file has no column “{Headers.Word(column)}”; without it no row can be read.", null));
    }

    private async Task TakeChunk(Pass pass, List<RowView> chunk, long position, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var readable = pass.Header.Missing.Count == 0 ? chunk.Where(row => Readable(row, pass.Header)).ToList() : [];
        await pass.Taker.Prepare(db, readable, cancel);
        db.ChangeTracker.Clear();
        var fit = readable.ToHashSet();
        var batch = new Batch(NewAct());
        var began = clock.GetTimestamp();
        foreach (var row in chunk)
        {
            if (row.Line <= pass.DoneLine)
            {
                using var unseen = new Batch(batch.Act);
                if (fit.Contains(row)) pass.Taker.Take(row, unseen);
                continue;
            }
            batch.Settle(row, fit.Contains(row) ? TakeWhole(pass, row, batch) : Fate.Rejected);
            if (!batch.IsFull && clock.GetElapsedTime(began) < Longest) continue;
            await Save(pass, batch, position, last: false, cancel);
            (batch, began) = (new Batch(NewAct()), clock.GetTimestamp());
        }
        if (batch.Rows > 0) await Save(pass, batch, position, last: false, cancel);
        else batch.Dispose();
        progress?.Report(new(pass.File.Name, position, pass.File.Text.Length, pass.Rows));
    }

    private static bool Readable(RowView row, Header header)
    {
        if (row.Row.Fault is { } fault) row.Error(header.Places.MinBy(place => place.Value).Key, fault);
        else if (row.Row.IsEmpty) row.Error(header.Places.MinBy(place => place.Value).Key, "The row is empty.");
        else if (row.Row.Cells.Skip(header.Names.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
            row.Error(header.Places.MinBy(place => place.Value).Key, $"The row has {row.Row.Cells.Count} cells under {header.Names.Count} headers: a separator stands in a cell without quotation marks.");
        return !row.Failed;
    }

    /// <summary>A row that breaks the program is no reason to lose the others: it is rejected, and what it had begun is taken back.</summary>
    private static Fate TakeWhole(Pass pass, RowView row, Batch batch)
    {
        var mark = batch.Bulk.Count;
        try
        {
            return pass.Taker.Take(row, batch);
        }
        catch (Exception broken) when (broken is not (OutOfMemoryException or OperationCanceledException))
        {
            batch.Bulk.RollBack(mark);
            (row.Locker, row.Person) = (null, null);
            row.Error(pass.Header.Places.MinBy(place => place.Value).Key, $"The row cannot be read ({broken.GetType().Name}).");
            return Fate.Rejected;
        }
    }

    private async Task Save(Pass pass, Batch batch, long position, bool last, CancellationToken cancel)
    {
        using var _ = batch;
        (pass.Imported, pass.Unchanged, pass.Rejected) = (pass.Imported + batch.Imported, pass.Unchanged + batch.Unchanged, pass.Rejected + batch.Rejected);
        var found = pass.OfHeader.Concat(batch.Problems).ToList();
        pass.OfHeader.Clear();
        if (pass.Import is not { } import)
        {
            problems.AddRange(found.Select(problem => (pass.File.Name, problem)));
            return;
        }
        AddProblems(batch.Bulk, pass.File.Id, found);
        db.Add(new ImportBatch
        {
            File = pass.File.Id,
            Number = ++pass.Number,
            LastLine = batch.Rows > 0 ? batch.LastLine : int.MaxValue,
            Imported = batch.Imported,
            Unchanged = batch.Unchanged,
            Rejected = batch.Rejected,
            BytesDone = position,
            Last = last,
            At = batch.Act.Now,
        });
        var taken = new Event(ExchangeAudit.Taken).About(import).About(batch.Subjects)
            .With("file", pass.File.Kind).With("hash", pass.File.Text.Hash).With("imported", batch.Imported).With("unchanged", batch.Unchanged).With("rejected", batch.Rejected);
        if (batch.Rows > 0) taken.With("first-line", batch.FirstLine).With("last-line", batch.LastLine).With("digest", batch.Digest());
        db.Append(batch.Act, taken);
        await db.SaveWith(batch.Bulk, cancel);
        db.ChangeTracker.Clear();
    }

    private async Task<FileSums> SumsOf(FileToRead file, CancellationToken cancel)
    {
        var batches = await db.Set<ImportBatch>().Where(row => row.File == file.Id).GroupBy(row => row.File)
            .Select(group => new { Imported = group.Sum(row => row.Imported), Unchanged = group.Sum(row => row.Unchanged), Rejected = group.Sum(row => row.Rejected) }).SingleOrDefaultAsync(cancel);
        return new(file.Name, batches?.Imported ?? 0, batches?.Unchanged ?? 0, batches?.Rejected ?? 0);
    }

    /// <summary>The bank's own types count; without any, and without types.csv, the usual ones are entered.</summary>
    private async Task TakeTypes(Import? import, bool hasOwn, CancellationToken cancel)
    {
        foreach (var type in await db.LockerTypes().ToListAsync(cancel)) bank.Types[TypesTaker.Folded(type.Code)] = type;
        if (hasOwn) return;
        using var batch = new Batch(NewAct());
        foreach (var (code, height, width, depth) in TakeBranches.UsualTypes.Where(usual => !bank.Types.ContainsKey(usual.Code)))
        {
            var type = batch.Bulk.TakeLockerType(batch.Act, code, height, width, depth, null);
            bank.Types.Add(code, type);
            batch.About(type.Id);
        }
        if (import is null || batch.Bulk.Count == 0) return;
        db.Append(batch.Act, new Event(ExchangeAudit.Taken).About(import.Id).About(batch.Subjects).With("file", RegisterFile.Types).With("imported", batch.Bulk.Count));
        await db.SaveWith(batch.Bulk, cancel);
        db.ChangeTracker.Clear();
    }
}
