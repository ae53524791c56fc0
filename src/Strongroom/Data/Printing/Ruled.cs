namespace Strongroom.Data.Printing;

/// <summary>A table with a rule under each row. Its head stands again on every sheet, and no row is torn between two.</summary>
internal sealed class Ruled
{
    private const float Gap = 8, Air = 3;

    private readonly Layout layout;
    private readonly IReadOnlyList<string> columns;
    private readonly float[] from, wide;

    public Ruled(Layout layout, IReadOnlyList<string> columns, IReadOnlyList<float> shares)
    {
        (this.layout, this.columns) = (layout, columns);
        var room = layout.Inner - Gap * (columns.Count - 1);
        wide = [.. shares.Select(share => room * share / shares.Sum())];
        from = [.. wide.Select((_, column) => layout.Margin + wide.Take(column).Sum() + Gap * column)];
    }

    public void Draw(IEnumerable<PaperRow> rows)
    {
        layout.Need(Style.SmallBold.Line * 3);
        Head();
        foreach (var row in rows)
        {
            var cells = Cells(row, Style.Small);
            var remark = row.Remark is { } words ? layout.Lines(words, Style.Small, layout.Inner - from[1] + layout.Margin) : [];
            if (layout.Need((cells.Max(cell => cell.Lines.Count) + remark.Count) * Style.Small.Line + 2 * Air)) Head();
            Put(cells, remark, Style.Small);
        }
        layout.Space(8);
    }

    private void Head() => Put(Cells(new([.. columns.Select(column => new PaperCell(column))]), Style.SmallBold), [], Style.SmallBold);

    private void Put(List<SetCell> cells, IReadOnlyList<string> remark, Style style)
    {
        layout.Space(Air);
        layout.Row(cells, style);
        if (remark.Count > 0) layout.Row([new(remark, from[1])], style);
        layout.Space(Air);
        layout.Line(layout.Margin, layout.Margin + layout.Inner);
    }

    private List<SetCell> Cells(PaperRow row, Style style)
    {
        if (row.Cells.Count != columns.Count) throw new ArgumentException($"A row has {row.Cells.Count} cells in a table of {columns.Count} columns.", nameof(row));
        return [.. row.Cells.Select((cell, column) =>
        {
            var written = layout.Lines(cell.Text, style, wide[column]);
            return cell.Instead is { } right
                ? new SetCell([.. written, .. layout.Lines(right, style, wide[column])], from[column], written.Count)
                : new SetCell(written, from[column]);
        })];
    }
}
