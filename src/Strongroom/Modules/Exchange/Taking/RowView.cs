using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>What became of a row.</summary>
internal enum Fate { Imported, Unchanged, Rejected }

/// <param name="Column">The header as the file has it.</param>
internal sealed record Problem(int Line, string Column, ProblemSeverity Severity, string Message, BranchId? Branch, LockerId? Locker = null, PersonId? Person = null);

/// <summary>One row under its header, and what is found wrong with it.</summary>
internal sealed class RowView(CsvRow row, Header header)
{
    private readonly List<Problem> problems = [];

    public int Line => row.Line;

    public CsvRow Row => row;

    /// <summary>Set as soon as it is known: the branch whose work the problems are.</summary>
    public BranchId? Branch { get; set; }

    /// <summary>What the row became, or was matched with: where the branch looks.</summary>
    public LockerId? Locker { get; set; }

    public PersonId? Person { get; set; }

    public IReadOnlyList<Problem> Problems => [.. problems.Select(problem => problem with { Branch = Branch, Locker = Locker, Person = Person })];

    public bool Failed => problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>The cell without white space around it; null when it is empty or the file has no such column.</summary>
    public string? this[Column column] =>
        header.Places.TryGetValue(column, out var at) && at < row.Cells.Count && row.Cells[at].Trim().Trim('\u00A0') is { Length: > 0 } text ? text : null;

    public bool Has(Column column) => header.Places.ContainsKey(column);

    public string NameOf(Column column) => header.NameOf(column);

    public void Error(Column column, string message) => problems.Add(new(Line, header.NameOf(column), ProblemSeverity.Error, message, null));

    public void Warn(Column column, string message) => problems.Add(new(Line, header.NameOf(column), ProblemSeverity.Warning, message, null));

    /// <summary>A date beside the point of the row: one that cannot be read is left unknown.</summary>
    public DateOnly? DateOrWarn(Column column, DateOnly today)
    {
        if (this[column] is not { } text) return null;
        if (DateReading.Date(text, today) is { } date) return date;
        if (!Placeholder(text)) Warn(column, $"There is no such date as {Short(text)}; left unknown.");
        return null;
    }

    public Money? MoneyOrWarn(Column column)
    {
        if (this[column] is not { } text) return null;
        if (CellReading.MoneyOf(text) is { } money) return money;
        if (!Placeholder(text)) Warn(column, $"This amount cannot be read: {Short(text)}; left unknown.");
        return null;
    }

    /// <summary>A word of the file in a message: short, and on one line.</summary>
    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return $"“{(line.Length > 40 ? line[..40] + "…" : line)}”";
    }

    private static bool Placeholder(string text) => text.All(c => c is '-' or '.' or ' ') || text.ToUpperInvariant() is "NA" or "N/A" or "N.A." or "NIL";
}
