using SkiaSharp;

namespace Strongroom.Modules.Customers.Pictures;

internal sealed record PictureTooLarge() : Refusal("customers.picture-too-large", 422, "The picture is larger than 5 MB.", "Send a smaller one: 800 pixels are enough.");

internal sealed record NotAPicture() : Refusal("customers.not-a-picture", 422, "The file is not a JPEG or PNG picture that can be read.", "Save the picture as JPEG and send it again.");

internal sealed record NothingDrawn() : Refusal(
    "customers.nothing-drawn", 422, "Nothing was drawn on the screen.", "Let the customer sign in the white field, or choose another way: sign the paper slip.");

internal sealed record NotADrawing() : Refusal("customers.not-a-drawing", 422, "What came is not a signature drawn on our screen.", "Clear the field and sign again, or sign the paper slip.");

/// <summary>The face, and the signature that a slip is compared with.</summary>
public enum PictureKind { Photograph, Specimen }

/// <summary>What became of an uploaded picture: only ever our own JPEG, so that nothing of a stranger's file is kept or served.</summary>
internal static class Picture
{
    public const int MaxBytes = 5 * 1024 * 1024;
    public const string MediaType = "image/jpeg";

    private const int Longest = 800, Quality = 85;

    // A few kilobytes can declare a picture of gigabytes; so many pixels no camera has that a counter uses.
    private const long MaxPixels = 50_000_000;

    /// <summary>Decodes, turns it as the camera says, scales it to at most 800 pixels and encodes it anew, without place, time and camera.</summary>
    public static Outcome<byte[]> Normalise(byte[] upload)
    {
        if (upload.Length > MaxBytes) return new PictureTooLarge();
        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png }
            || (long)codec.Info.Width * codec.Info.Height is 0 or > MaxPixels)
            return new NotAPicture();
        using var decoded = SKBitmap.Decode(codec);
        if (decoded is null) return new NotAPicture();

        var turned = codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;
        var (width, height) = turned ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        var scale = Math.Min(1f, (float)Longest / Math.Max(width, height));
        using var surface = SKSurface.Create(new SKImageInfo(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale))));
        using var picture = SKImage.FromBitmap(decoded);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(scale);
        surface.Canvas.Concat(Upright(codec.EncodedOrigin, decoded.Width, decoded.Height));
        surface.Canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var snapshot = surface.Snapshot();
        using var jpeg = snapshot.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    /// <summary>
    /// A line drawn on a screen: a PNG of at most 1600 by 800, with ink on it, encoded anew as ink on white.
    /// </summary>
    public static Outcome<byte[]> Line(byte[] drawn)
    {
        using var data = SKData.CreateCopy(drawn);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Png, Info: { Width: > 0 and <= 1600, Height: > 0 and <= 800 } }) return new NotADrawing();
        using var decoded = SKBitmap.Decode(codec);
        if (decoded is null) return new NotADrawing();
        using var surface = SKSurface.Create(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.DrawBitmap(decoded, 0, 0);
        using var snapshot = surface.Snapshot();
        using var pixels = snapshot.PeekPixels();
        // A touch by mistake leaves a dot; a name, however short, is more.
        if (pixels.GetPixelSpan<byte>().Count(static grey => grey < 128) < LeastInk) return new NothingDrawn();
        using var png = snapshot.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private const int LeastInk = 60;

    private static int Count(this ReadOnlySpan<byte> pixels, Func<byte, bool> counts)
    {
        var found = 0;
        foreach (var pixel in pixels) if (counts(pixel)) found++;
        return found;
    }

    // EXIF orientation, 1 to 8: where the camera's first row and first column stand.
    private static SKMatrix Upright(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
