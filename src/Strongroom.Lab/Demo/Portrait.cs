using SkiaSharp;

namespace Strongroom.Lab.Demo;

/// <summary>Draws a plain portrait, different for each person, so that the counter's screens look as they do in a bank. No real face is used.</summary>
internal static class Portrait
{
    // Drawn on 480 by 600, and kept at two thirds of it: a face on the counter's screen is no larger.
    private const int Width = 320, Height = 400;
    private const float Scale = 2f / 3;

    private static readonly string[] Skins = ["#8d5524", "#a86b3c", "#c68642", "#d9a066", "#e0ac69"];
    private static readonly string[] Hairs = ["#1c1512", "#2b1d16", "#3d2b1f", "#5c5550", "#8f8a86"];
    private static readonly string[] Clothes = ["#2f5d62", "#6b4f7d", "#8a3b3b", "#3b5b8a", "#7a6a2f", "#4f6b3b"];
    private static readonly string[] Walls = ["#dcd6c8", "#cfd8d3", "#d9d2d8", "#d3d8de"];

    /// <summary>Some faces that many share, because drawing takes longer than all else of a person.</summary>
    public static IReadOnlyList<byte[]> Some(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
    }

    public static byte[] Draw(Random random)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        using var paint = new SKPaint { IsAntialias = true };
        SKColor Pick(string[] colours) => SKColor.Parse(colours[random.Next(colours.Length)]);
        void Fill(SKColor colour) => paint.Color = colour;

        canvas.Clear(Pick(Walls));
        canvas.Scale(Scale);
        var skin = Pick(Skins);
        var hair = Pick(Hairs);
        var longHair = random.Next(2) == 0;
        var face = 104 + random.Next(16);

        Fill(hair);
        if (longHair) canvas.DrawRoundRect(240 - face - 22, 150, 2 * (face + 22), 330, 110, 110, paint);
        Fill(Pick(Clothes));
        canvas.DrawRoundRect(60, 450, 360, 260, 120, 120, paint);
        Fill(skin);
        canvas.DrawRoundRect(200, 380, 80, 110, 30, 30, paint);
        canvas.DrawOval(240, 285, face, 138, paint);
        Fill(hair);
        using (var fringe = new SKPath())
        {
            fringe.AddArc(new SKRect(240 - face - 8, 132, 240 + face + 8, 360), 180, 180);
            fringe.Close();
            canvas.DrawPath(fringe, paint);
        }
        Fill(new SKColor(0x22, 0x1a, 0x16));
        canvas.DrawOval(200, 285, 9, 11, paint);
        canvas.DrawOval(280, 285, 9, 11, paint);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = 6;
        paint.StrokeCap = SKStrokeCap.Round;
        using (var mouth = new SKPath())
        {
            mouth.MoveTo(205, 352);
            mouth.QuadTo(240, 370 + random.Next(12), 275, 352);
            canvas.DrawPath(mouth, paint);
        }
        if (random.Next(3) == 0)
        {
            canvas.DrawCircle(200, 285, 30, paint);
            canvas.DrawCircle(280, 285, 30, paint);
            canvas.DrawLine(230, 285, 250, 285, paint);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 90);
        return png.ToArray();
    }
}
