using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Exchange.Contracts;

/// <summary>A line of an old register that was taken over with a doubt: work for its branch.</summary>
public sealed record ImportWarning
{
    public ImportedFileId File { get; init; }

    public string FileName { get; init; } = "";

    public int Line { get; init; }

    public int Number { get; init; }

    public string Column { get; init; } = "";

    public string Message { get; init; } = "";

    public BranchId? Branch { get; init; }

    public LockerId? Locker { get; init; }

    public string? LockerNumber { get; init; }

    public PersonId? Person { get; init; }

    public string? PersonName { get; init; }
}

/// <summary>How many warnings wait that are of one file and column.</summary>
public sealed record WarningCount(string FileName, string Column, int Count);

public static class OpenWarningsContract
{
    /// <summary>
    /// Warnings that nobody has seen to. A file that was imported again says the same of the same line: only its first word is work, so that
    /// what was seen to does not come back.
    /// </summary>
    public static IQueryable<ImportWarning> OpenWarnings(this StrongroomDb db) =>
        from problem in db.Set<ImportProblem>().AsNoTracking()
        join file in db.Set<ImportedFile>() on problem.File equals file.Id
        join import in db.Set<Import>() on file.Import equals import.Id
        join locker in db.LockerFacts() on problem.Locker equals (LockerId?)locker.Id into lockers
        from locker in lockers.DefaultIfEmpty()
        join person in db.PersonFacts() on problem.Person equals (PersonId?)person.Id into persons
        from person in persons.DefaultIfEmpty()
        where problem.Severity == ProblemSeverity.Warning && problem.Branch != null
            && !db.Set<SettledWarning>().Any(settled => settled.File == problem.File && settled.Line == problem.Line && settled.Number == problem.Number)
            // By the file first: its hash and the key of its problems are indexed, and a register has many thousands of them.
            && !db.Set<ImportedFile>().Any(same => same.Hash == file.Hash && same.Id != file.Id
                && db.Set<Import>().Any(earlier => earlier.Id == same.Import && earlier.StartedAt < import.StartedAt)
                && db.Set<ImportProblem>().Any(before => before.File == same.Id && before.Line == problem.Line
                    && before.Column == problem.Column && before.Message == problem.Message))
        select new ImportWarning
        {
            File = problem.File,
            FileName = file.Name,
            Line = problem.Line,
            Number = problem.Number,
            Column = problem.Column,
            Message = problem.Message,
            Branch = problem.Branch,
            Locker = problem.Locker,
            LockerNumber = locker.Number,
            Person = problem.Person,
            PersonName = person.Name,
        };
}
