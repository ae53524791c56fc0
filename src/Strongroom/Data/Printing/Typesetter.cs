using System.Globalization;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Strongroom.Data.Printing;

/// <param name="Size">In points, 1/72 inch.</param>
internal readonly record struct Style(float Size, bool Bold = false)
{
    public static readonly Style Body = new(10.5f), Strong = new(10.5f, Bold: true), Title = new(17, Bold: true), Heading = new(12.5f, Bold: true),
        Small = new(8.5f), SmallBold = new(8.5f, Bold: true);

    /// <summary>From one line to the next: Devanagari has signs above and below, so it is the same generous step for both scripts.</summary>
    public float Line => Size * 1.5f;
}

/// <summary>
/// Shapes text: which glyphs stand for it and where, which in Devanagari is not one a letter. A line is cut into pieces of one font, because
/// neither has the other's letters. For one document and one thread.
/// </summary>
internal sealed class Typesetter : IDisposable
{
    private static readonly Lazy<SKTypeface>[] Faces =
        [Load("NotoSans-Regular"), Load("NotoSans-Bold"), Load("NotoSansDevanagari-Regular"), Load("NotoSansDevanagari-Bold")];

    private readonly SKShaper?[] shapers = new SKShaper?[Faces.Length];
    private readonly Dictionary<Style, SKFont[]> fonts = [];
    // A register says the same names, dates and states over and over.
    private readonly Dictionary<(string, Style), float> widths = [];
    private readonly SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };

    public float Width(string text, Style style)
    {
        if (widths.TryGetValue((text, style), out var width)) return width;
        foreach (var (piece, devanagari) in Pieces(text)) width += Shape(piece, style, devanagari).Shaped.Width;
        widths.Add((text, style), width);
        return width;
    }

    public void Draw(SKCanvas canvas, string text, Style style, float x, float baseline)
    {
        foreach (var (piece, devanagari) in Pieces(text))
        {
            var (shaped, font) = Shape(piece, style, devanagari);
            using var builder = new SKTextBlobBuilder();
            builder.AddPositionedRun([.. shaped.Codepoints.Select(glyph => (ushort)glyph)], font, shaped.Points);
            // Nothing but spaces has no blob.
            using var blob = builder.Build();
            if (blob is not null) canvas.DrawText(blob, x, baseline, ink);
            x += shaped.Width;
        }
    }

    /// <summary>Broken between words; a word wider than the line is broken where it is full, never within what the eye takes for one letter.</summary>
    public IReadOnlyList<string> Lines(string text, Style style, float width)
    {
        var lines = new List<string>();
        var space = Width(" ", style);
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            var used = 0f;
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Fitting(word, style, width)))
            {
                var wide = Width(word, style);
                if (line.Length > 0 && used + space + wide > width)
                {
                    lines.Add(line);
                    (line, used) = ("", 0);
                }
                used += line.Length == 0 ? wide : space + wide;
                line = line.Length == 0 ? word : $"{line} {word}";
            }
            lines.Add(line);
        }
        return lines;
    }

    public void Dispose()
    {
        foreach (var shaper in shapers) shaper?.Dispose();
        foreach (var font in fonts.Values.SelectMany(each => each)) font.Dispose();
        ink.Dispose();
    }

    private List<string> Fitting(string word, Style style, float width)
    {
        if (Width(word, style) <= width) return [word];
        var parts = new List<string>();
        var part = "";
        foreach (var letter in Letters(word))
        {
            if (part.Length > 0 && Width(part + letter, style) > width)
            {
                parts.Add(part);
                part = "";
            }
            part += letter;
        }
        parts.Add(part);
        return parts;
    }

    private static IEnumerable<string> Letters(string word)
    {
        var letters = StringInfo.GetTextElementEnumerator(word);
        while (letters.MoveNext()) yield return letters.GetTextElement();
    }

    private (SKShaper.Result Shaped, SKFont Font) Shape(string text, Style style, bool devanagari)
    {
        var face = (devanagari ? 2 : 0) + (style.Bold ? 1 : 0);
        if (!fonts.TryGetValue(style, out var both))
        {
            // Hinting is for screens: on paper it would move the glyphs off their places.
            both = [New(style.Bold ? 1 : 0), New(style.Bold ? 3 : 2)];
            fonts.Add(style, both);
        }
        var font = both[devanagari ? 1 : 0];
        var shaper = shapers[face] ??= new SKShaper(Faces[face].Value);
        return (shaper.Shape(text, font), font);

        SKFont New(int of) => new(Faces[of].Value, style.Size) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };
    }

    // Digits, spaces and signs go with the letters before them, so that a Hindi sentence does not change its font for a comma.
    private static IEnumerable<(string Text, bool Devanagari)> Pieces(string text)
    {
        var from = 0;
        var devanagari = text.Length > 0 && IsDevanagari(text[0]);
        for (var at = 0; at < text.Length; at++)
        {
            var now = IsDevanagari(text[at]) || devanagari && Faces[2].Value.ContainsGlyph(text[at]);
            if (now == devanagari) continue;
            if (at > from) yield return (text[from..at], devanagari);
            (from, devanagari) = (at, now);
        }
        if (from < text.Length) yield return (text[from..], devanagari);
    }

    private static bool IsDevanagari(char letter) => letter is (>= '\u0900' and <= '\u097F') or (>= '\uA8E0' and <= '\uA8FF') or (>= '\u1CD0' and <= '\u1CFF');

    private static Lazy<SKTypeface> Load(string name) => new(() =>
    {
        using var file = typeof(Typesetter).Assembly.GetManifestResourceStream($"Strongroom.Data.Printing.Fonts.{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the program.");
        return SKTypeface.FromStream(file);
    });
}
