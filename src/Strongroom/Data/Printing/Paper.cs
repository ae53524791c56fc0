using System.Globalization;
using SkiaSharp;

namespace Strongroom.Data.Printing;

/// <summary>
/// A document to print: what stands on it, in order, laid out on as many A4 sheets as it needs. The same words and the same
/// <paramref name="madeAt"/> give the same pages.
/// </summary>
/// <param name="title">Names the document in the reader's window; it is not printed by itself (<see cref="Title"/>).</param>
/// <param name="madeAt">UTC; stands in the file and on no page.</param>
internal sealed class Paper(string title, DateTime madeAt)
{
    /// <summary>The largest number of sheets: a fault in what is printed must not fill the memory.</summary>
    public const int MostSheets = 2_000;

    private readonly List<Action<Layout>> parts = [];
    private string left = "", right = "", foot = "", page = "{0} / {1}";
    private bool landscape;

    /// <summary>On top of each sheet: the bank on the left, what the paper is on the right.</summary>
    public Paper Head(string atLeft, string atRight = "")
    {
        (left, right) = (atLeft, atRight);
        return this;
    }

    /// <summary>At the bottom of each sheet, beside its number.</summary>
    /// <param name="numbered">{0} is the sheet and {1} how many there are.</param>
    public Paper Foot(string line, string numbered = "{0} / {1}")
    {
        (foot, page) = (line, numbered);
        return this;
    }

    /// <summary>The sheets lie on their long side.</summary>
    public Paper Landscape()
    {
        landscape = true;
        return this;
    }

    public Paper Title(string text) => With(layout => layout.Text(text, Style.Title, before: 6, after: 8));

    public Paper Heading(string text) => With(layout => layout.Heading(text));

    /// <summary>Line ends of the text are kept, empty lines too.</summary>
    public Paper Text(string text) => With(layout => layout.Text(text, Style.Body, before: 0, after: 8));

    /// <summary>Small print.</summary>
    public Paper Note(string text) => With(layout => layout.Text(text, Style.Small, before: 0, after: 6));

    /// <summary>Where a window of a DL envelope (220 x 110 mm, folded in three) shows it. Say it first: it stands at a place of its own on the first sheet.</summary>
    public Paper Address(IEnumerable<string> lines) => With(layout => layout.Address([.. lines]));

    /// <summary>Names at the left, what they are at the right.</summary>
    public Paper Facts(params IReadOnlyList<(string Name, string Value)> facts) => With(layout =>
    {
        foreach (var (name, value) in facts) layout.Fact(name, value);
        layout.Space(8);
    });

    /// <summary>A ruled table; its head stands again on each sheet, and no row is torn between two.</summary>
    /// <param name="shares">How wide the columns are beside each other.</param>
    public Paper Rows(IReadOnlyList<string> columns, IReadOnlyList<float> shares, IEnumerable<IReadOnlyList<string>> rows) =>
        Rows(columns, shares, rows.Select(row => new PaperRow([.. row.Select(text => new PaperCell(text))])));

    /// <summary>The same, with what was corrected: as it was written and drawn through, and beneath it what is right.</summary>
    public Paper Rows(IReadOnlyList<string> columns, IReadOnlyList<float> shares, IEnumerable<PaperRow> rows)
    {
        if (columns.Count != shares.Count) throw new ArgumentException("Each column has one share of the width.", nameof(shares));
        return With(layout => new Ruled(layout, columns, shares).Draw(rows));
    }

    /// <summary>A code to scan, with the words beside it.</summary>
    public Paper Code(string content, string words) => With(layout => layout.Code(content, words));

    /// <summary>Lines to sign on, side by side; three at most.</summary>
    public Paper Signatures(params IReadOnlyList<string> who) => With(layout => layout.Signatures(who));

    /// <summary>Goes on on a new sheet: a bundle of letters is one file.</summary>
    public Paper NewSheet() => With(layout => layout.NewSheet());

    public byte[] ToPdf()
    {
        using var type = new Typesetter();
        var layout = new Layout(type, landscape);
        foreach (var part in parts) part(layout);

        using var file = new MemoryStream();
        var made = DateTime.SpecifyKind(madeAt, DateTimeKind.Utc);
        using (var pdf = SKDocument.CreatePdf(file, new SKDocumentPdfMetadata { Title = title, Creator = "Strongroom", Producer = "Strongroom", Creation = made, Modified = made, RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi, EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality }))
        {
            for (var number = 1; number <= layout.Sheets.Count; number++)
            {
                var canvas = pdf.BeginPage(layout.Width, layout.Height);
                foreach (var draw in layout.Sheets[number - 1]) draw(canvas);
                Edges(type, layout, canvas, string.Format(CultureInfo.InvariantCulture, page, number, layout.Sheets.Count));
                pdf.EndPage();
            }
            pdf.Close();
        }
        return file.ToArray();
    }

    private Paper With(Action<Layout> part)
    {
        parts.Add(part);
        return this;
    }

    private void Edges(Typesetter type, Layout layout, SKCanvas canvas, string number)
    {
        const float top = 34;
        var bottom = layout.Height - 30;
        type.Draw(canvas, left, Style.SmallBold, layout.Margin, top);
        type.Draw(canvas, right, Style.Small, layout.Width - layout.Margin - type.Width(right, Style.Small), top);
        type.Draw(canvas, foot, Style.Small, layout.Margin, bottom);
        type.Draw(canvas, number, Style.Small, layout.Width - layout.Margin - type.Width(number, Style.Small), bottom);
    }
}

/// <param name="Instead">What is right, where the text is not: that is drawn through then, and this stands beneath.</param>
internal readonly record struct PaperCell(string Text, string? Instead = null);

/// <param name="Remark">Stands beneath the cells over the whole width: who corrected what, and why.</param>
internal sealed record PaperRow(IReadOnlyList<PaperCell> Cells, string? Remark = null);
