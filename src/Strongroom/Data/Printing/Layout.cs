using QRCoder;
using SkiaSharp;

namespace Strongroom.Data.Printing;

/// <summary>Where each piece stands: from the top downwards, on a new sheet when the one is full. Nothing is drawn before all is laid, because the foot says how many sheets there are.</summary>
internal sealed class Layout
{
    private const float Short = 595.28f, Long = 841.89f, Top = 60, Millimetre = 72 / 25.4f;

    private readonly Typesetter type;
    private float y;

    /// <param name="landscape">The sheet lies on its long side: a register has many columns.</param>
    public Layout(Typesetter type, bool landscape = false)
    {
        this.type = type;
        (Width, Height, Margin) = landscape ? (Long, Short, 36) : (Short, Long, 57);
        Sheets = [];
        NewSheet();
    }

    /// <summary>A4 in points.</summary>
    public float Width { get; }

    public float Height { get; }

    public float Margin { get; }

    public float Inner => Width - 2 * Margin;

    private float Bottom => Height - 56;

    public List<List<Action<SKCanvas>>> Sheets { get; }

    public void NewSheet()
    {
        if (Sheets.Count == Paper.MostSheets) throw new InvalidOperationException($"A document has {Paper.MostSheets} sheets at most.");
        Sheets.Add([]);
        y = Top;
    }

    public void Space(float points) => y += points;

    /// <summary>So much stands together on one sheet.</summary>
    /// <returns>Whether a new one was begun for it.</returns>
    public bool Need(float points)
    {
        if (y + points <= Bottom || y <= Top) return false;
        NewSheet();
        return true;
    }

    public void Text(string text, Style style, float before, float after)
    {
        Space(before);
        Write(text, style, Margin, Inner);
        Space(after);
    }

    /// <summary>Never the last line of a sheet.</summary>
    public void Heading(string text)
    {
        Need(8 + Style.Heading.Line + 3 * Style.Body.Line);
        Text(text, Style.Heading, before: 8, after: 4);
    }

    public void Address(IReadOnlyList<string> lines)
    {
        y = 50 * Millimetre;
        foreach (var line in lines) Write(line, Style.Body, Margin, 80 * Millimetre);
        y = Math.Max(y, 95 * Millimetre);
    }

    public void Fact(string name, string value)
    {
        const float names = 150;
        var left = type.Lines(name, Style.Body, names - 10);
        var right = type.Lines(value, Style.Strong, Inner - names);
        var high = Math.Max(left.Count, right.Count) * Style.Body.Line;
        Need(high);
        var top = y;
        Put(left, Style.Body, Margin);
        y = top;
        Put(right, Style.Strong, Margin + names);
        y = top + high;
    }

    public void Code(string content, string words)
    {
        const float side = 84;
        Need(side + 16);
        Space(8);
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        // The matrix brings its quiet margin along.
        var modules = code.ModuleMatrix;
        var one = side / modules.Count;
        var (from, top) = (Margin, y);
        Draw(canvas =>
        {
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = false };
            for (var row = 0; row < modules.Count; row++)
            {
                for (var column = 0; column < modules.Count; column++)
                    if (modules[row][column]) canvas.DrawRect(from + column * one, top + row * one, one, one, ink);
            }
        });
        y += 12;
        Put(type.Lines(words, Style.Small, Inner - side - 12), Style.Small, Margin + side + 12);
        y = Math.Max(y, top + side) + 8;
    }

    public void Signatures(IReadOnlyList<string> who)
    {
        if (who.Count is 0 or > 3) throw new ArgumentOutOfRangeException(nameof(who), who.Count, "One to three sign side by side.");
        const float gap = 24, room = 46;
        var wide = (Inner - (who.Count - 1) * gap) / who.Count;
        Need(room + 2 * Style.Small.Line);
        y += room;
        var top = y;
        var lowest = y;
        for (var place = 0; place < who.Count; place++)
        {
            y = top;
            var x = Margin + place * (wide + gap);
            Line(x, x + wide);
            Put(type.Lines(who[place], Style.Small, wide), Style.Small, x);
            lowest = Math.Max(lowest, y);
        }
        y = lowest + 8;
    }

    /// <summary>A thin rule at this height.</summary>
    public void Line(float from, float to)
    {
        var at = y;
        Draw(canvas =>
        {
            using var ink = new SKPaint { Color = SKColors.Black, StrokeWidth = 0.5f, IsAntialias = true };
            canvas.DrawLine(from, at, to, at, ink);
        });
    }

    public IReadOnlyList<string> Lines(string text, Style style, float width) => type.Lines(text, style, width);

    /// <summary>Cells beside each other, each a few lines; the first of them may be struck through.</summary>
    public void Row(IReadOnlyList<SetCell> cells, Style style)
    {
        var top = y;
        foreach (var cell in cells)
        {
            y = top;
            for (var line = 0; line < cell.Struck; line++) Strike(cell.X, type.Width(cell.Lines[line], style), y + line * style.Line + style.Size * 0.8f);
            Put(cell.Lines, style, cell.X);
        }
        y = top + cells.Max(cell => cell.Lines.Count) * style.Line;
    }

    private void Strike(float x, float width, float at) => Draw(canvas =>
    {
        using var ink = new SKPaint { Color = SKColors.Black, StrokeWidth = 0.8f, IsAntialias = true };
        canvas.DrawLine(x, at, x + width, at, ink);
    });

    private void Write(string text, Style style, float x, float width)
    {
        foreach (var line in type.Lines(text, style, width))
        {
            Need(style.Line);
            Put([line], style, x);
        }
    }

    private void Put(IReadOnlyList<string> lines, Style style, float x)
    {
        foreach (var line in lines)
        {
            var baseline = y + style.Size * 1.1f;
            if (line.Length > 0) Draw(canvas => type.Draw(canvas, line, style, x, baseline));
            y += style.Line;
        }
    }

    private void Draw(Action<SKCanvas> draw) => Sheets[^1].Add(draw);
}

/// <summary>A cell whose text is broken into lines.</summary>
/// <param name="Struck">So many of the lines, from the first, are drawn through.</param>
internal readonly record struct SetCell(IReadOnlyList<string> Lines, float X, int Struck = 0);
