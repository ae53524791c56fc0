using Strongroom.Modules.Customers.Pictures;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>A signature drawn on a screen, as it comes with a form.</summary>
public static class DrawnSignature
{
    public const string MediaType = "image/png";

    /// <summary>Of base64: some 200 KB of picture, ten times what a signature takes.</summary>
    public const int MostLetters = 280_000;

    private const string Mark = "data:image/png;base64,";

    /// <summary>Decoded, looked at, and encoded anew as our own PNG: nothing of a stranger's file is kept.</summary>
    /// <param name="drawn">Base64, as a canvas gives it; null where nothing was drawn.</param>
    public static Outcome<byte[]> Read(string? drawn)
    {
        if (string.IsNullOrWhiteSpace(drawn)) return new NothingDrawn();
        var text = drawn.StartsWith(Mark, StringComparison.Ordinal) ? drawn.AsSpan(Mark.Length) : drawn;
        if (text.Length > MostLetters) return new PictureTooLarge();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var length) ? Picture.Line(bytes[..length]) : new NotADrawing();
    }
}
