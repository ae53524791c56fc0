using System.Globalization;
using CsvHelper;

namespace Strongroom.Web.Lists;

/// <summary>
/// The one way a list becomes a file: UTF-8 with a mark at its head, which spreadsheets ask for; RFC 4180 lines; and no cell that a spreadsheet
/// would take for a formula.
/// </summary>
internal static class CsvSheet
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Form = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static async Task Write(Stream to, IEnumerable<string> titles, IEnumerable<IReadOnlyList<string?>> rows, CancellationToken cancel)
    {
        await using var csv = CsvWriter.Create(to, Form, leaveOpen: true);
        await csv.WriteRecordAsync([.. titles], cancel);
        foreach (var row in rows) await csv.WriteRecordAsync([.. row.Select(Harmless)], cancel);
        await csv.FlushAsync(cancel);
    }

    // The writer knows the signs of ASCII; in an Asian locale a spreadsheet takes the wide ones as well.
    private static string? Harmless(string? cell) => cell is ['＝' or '＋' or '－' or '＠', ..] ? "'" + cell : cell;

    /// <summary>Machines read a file, too: dates by ISO 8601, numbers without groups, yes and no in words.</summary>
    public static string? Cell(object? value) => value switch
    {
        null => null,
        string words => words,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
