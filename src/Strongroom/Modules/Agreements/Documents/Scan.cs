using SkiaSharp;

namespace Strongroom.Modules.Agreements.Documents;

internal sealed record ScanTooLarge() : Refusal("agreements.scan-too-large", 422, "The file is larger than 10 MB.", "Scan it in black and white, or with 200 dots an inch.");

internal sealed record NotAScan() : Refusal("agreements.not-a-scan", 422, "The file is not a PDF, JPEG or PNG that can be read.", "Scan the paper again and save it as PDF.");

/// <summary>What a file is, by what it holds: its name and what the sender says of it count for nothing. The paper is evidence, so its bytes stay as they are.</summary>
internal static class Scan
{
    public const int MaxBytes = 10 * 1024 * 1024;

    // A few kilobytes can declare a picture of gigabytes; an A3 sheet at 600 dots an inch has 70 million pixels.
    private const long MaxPixels = 80_000_000;

    // Readers accept junk after a PDF's end, and so do we, this much of it.
    private const int TailOfPdf = 1024;

    public static Outcome<string> MediaTypeOf(byte[] upload)
    {
        if (upload.Length > MaxBytes) return new ScanTooLarge();
        if (upload.AsSpan().StartsWith("%PDF-"u8))
            return upload.AsSpan(Math.Max(0, upload.Length - TailOfPdf)).IndexOf("%%EOF"u8) >= 0 ? "application/pdf" : new NotAScan();
        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is 0 or > MaxPixels) return new NotAScan();
        using var pixels = new SKBitmap(codec.Info);
        if (codec.GetPixels(pixels.Info, pixels.GetPixels()) != SKCodecResult.Success) return new NotAScan();
        return codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => "image/jpeg",
            SKEncodedImageFormat.Png => "image/png",
            _ => new NotAScan(),
        };
    }
}
