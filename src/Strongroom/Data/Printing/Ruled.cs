namespace Strongroom.Data.Printing;

/// <summary>A table with a rule under each row. Its head stands again on every sheet.</summary>
internal sealed class Ruled
{
    private const float Gap = 8, Air = 3;

    private readonly Layout layout;
    private readonly IReadOnlyList<string> columns;
    private readonly float[] from, wide;

    public Ruled(Layout layout, IReadOnlyList<string> columns, IReadOnlyList<float> shares)
    {
        (this.layout, this.columns) = (layout, columns);
        var room = Layout.Inner - Gap * (columns.Count - 1);
        wide = [.. shares.Select(share => room * share / shares.Sum())];
        from = [.. wide.Select((_, column) => Layout.Margin + wide.Take(column).Sum() + Gap * column)];
    }

    public void Draw(IEnumerable<IReadOnlyList<string>> rows)
    {
        layout.Need(Style.SmallBold.Line * 3);
        Head();
        foreach (var row in rows)
        {
            var cells = Cells(row, Style.Small);
            if (layout.Need(cells.Max(cell => cell.Lines.Count) * Style.Small.Line + 2 * Air)) Head();
            Put(cells, Style.Small);
        }
        layout.Space(8);
    }

    private void Head() => Put(Cells(columns, Style.SmallBold), Style.SmallBold);

    private void Put(List<(IReadOnlyList<string> Lines, float X)> cells, Style style)
    {
        layout.Space(Air);
        layout.Row(cells, style);
        layout.Space(Air);
        layout.Line(Layout.Margin, Layout.Margin + Layout.Inner);
    }

    private List<(IReadOnlyList<string> Lines, float X)> Cells(IReadOnlyList<string> row, Style style)
    {
        if (row.Count != columns.Count) throw new ArgumentException($"A row has {row.Count} cells in a table of {columns.Count} columns.", nameof(row));
        return [.. row.Select((text, column) => (layout.Lines(text, style, wide[column]), from[column]))];
    }
}
