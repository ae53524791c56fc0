using System.Runtime.CompilerServices;
using System.Text;

namespace Strongroom.Modules.Exchange.Reading;

/// <summary>One record of the file.</summary>
/// <param name="Line">Where it begins; the header is line 1.</param>
/// <param name="Fault">Why it cannot be read, in a sentence; its cells are then of no use.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells, string? Fault = null)
{
    public bool IsEmpty => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>
/// Separated values as spreadsheets really write them, streaming. A quotation mark that is never closed stops its own line and not the rest of the
/// file: that is why this is not a library's reader.
/// </summary>
internal static class CsvRows
{
    /// <summary>A cell with line breaks (an address) spans few lines; more is a quotation mark that somebody forgot.</summary>
    private const int LongestQuote = 12;

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>The separator that the header uses most, outside quotation marks.</summary>
    public static char SeparatorOf(string header)
    {
        var outside = new StringBuilder();
        var quoted = false;
        foreach (var c in header)
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted) outside.Append(c);
        }
        var text = outside.ToString();
        return Separators.MaxBy(separator => text.Count(c => c == separator));
    }

    public static async IAsyncEnumerable<CsvRow> Read(Lines lines, char separator, int firstLine, [EnumeratorCancellation] CancellationToken cancel)
    {
        var waiting = new Queue<Line>();
        var line = firstLine;
        while (await Next() is var (text, tooLong))
        {
            var begins = line++;
            if (tooLong)
            {
                yield return new(begins, [], $"The line has more than {Lines.Longest:N0} letters.");
                continue;
            }
            // A blank line is no row: spreadsheets leave them at the end, and older programs a control letter.
            if (text.All(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))) continue;
            if (!IsText(text))
            {
                yield return new(begins, [], "The line holds letters that are no text.");
                continue;
            }
            if (QuotesOf(text, separator) != Quotes.Open)
            {
                yield return new(begins, Split(text, separator));
                continue;
            }
            var (whole, taken) = await Close(text);
            if (whole is null)
            {
                yield return new(begins, [], "A quotation mark is opened and never closed.");
                continue;
            }
            line += taken;
            yield return new(begins, Split(whole, separator));
        }

        async ValueTask<Line?> Next() => waiting.TryDequeue(out var kept) ? kept : await lines.Next(cancel);

        // Looks ahead for the closing mark; what was looked at in vain is read again as lines of its own.
        async ValueTask<(string? Whole, int Taken)> Close(string text)
        {
            var ahead = new List<Line>();
            var whole = new StringBuilder(text);
            while (ahead.Count < LongestQuote && await Next() is { } more)
            {
                ahead.Add(more);
                if (more.TooLong || !IsText(more.Text)) break;
                whole.Append('\n').Append(more.Text);
                var quotes = QuotesOf(whole.ToString(), separator);
                if (quotes == Quotes.Closed) return (whole.ToString(), ahead.Count);
                if (quotes == Quotes.Broken) break;
            }
            var rest = waiting.ToArray();
            waiting.Clear();
            foreach (var one in ahead.Concat(rest)) waiting.Enqueue(one);
            return (null, 0);
        }
    }

    /// <summary>No control letters and no halves of letters: databases take neither.</summary>
    public static bool IsText(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter < ' ' && letter != '\t') return false;
            if (!char.IsSurrogate(letter)) continue;
            if (!char.IsHighSurrogate(letter) || at + 1 == text.Length || !char.IsLowSurrogate(text[++at])) return false;
        }
        return true;
    }

    private enum Quotes { Closed, Open, Broken }

    /// <summary>Broken: a closing mark with a letter behind it, as when the next line's opening mark seems to close this line's.</summary>
    private static Quotes QuotesOf(string text, char separator)
    {
        if (!text.Contains('"')) return Quotes.Closed;
        var (quoted, atStart, broken) = (false, true, false);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quoted && c == '"')
            {
                if (at + 1 < text.Length && text[at + 1] == '"') at++;
                else if (Behind(text, at + 1) is { } next && next != separator) (quoted, broken) = (false, true);
                else quoted = false;
            }
            else if (!quoted && c == '"' && atStart)
            {
                quoted = true;
            }
            atStart = !quoted && (c == separator || (atStart && c == ' '));
        }
        return quoted ? Quotes.Open : broken ? Quotes.Broken : Quotes.Closed;
    }

    /// <summary>The next letter that is no space; null at the end.</summary>
    private static char? Behind(string text, int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
        return at < text.Length ? text[at] : null;
    }

    public static IReadOnlyList<string> Split(string text, char separator)
    {
        if (!text.Contains('"')) return text.Split(separator);
        List<string> cells = [];
        var cell = new StringBuilder();
        var (quoted, wasQuoted) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
                else quoted = false;
            }
            else if (c == '"' && !wasQuoted && string.IsNullOrWhiteSpace(cell.ToString()))
            {
                // A mark opens only at a cell's beginning: 4.5" x 5" is inches.
                cell.Clear();
                (quoted, wasQuoted) = (true, true);
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
                wasQuoted = false;
            }
            else
            {
                cell.Append(c);
            }
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
