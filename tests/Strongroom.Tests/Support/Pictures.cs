using SkiaSharp;

namespace Strongroom.Tests.Support;

internal static class Pictures
{
    /// <summary>A valid photograph, small enough to be quick.</summary>
    public static readonly byte[] Small = Draw(120, 160);

    public static byte[] Draw(int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.SlateGray);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 90);
        return png.ToArray();
    }

    /// <summary>A signature as the pad sends it: ink on white, as a data address.</summary>
    public static string Signature(int width = 720, int height = 288, bool signed = true)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.White);
        using var pen = new SKPaint { Color = SKColors.Black, StrokeWidth = 4, IsAntialias = true };
        if (signed) surface.Canvas.DrawLine(40, 200, 600, 60, pen);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 90);
        return $"data:image/png;base64,{Convert.ToBase64String(png.ToArray())}";
    }
}
