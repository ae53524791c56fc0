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
}
