using System.Security.Cryptography;
using System.Text;

namespace Strongroom.Modules.Exchange.Reading;

/// <summary>What a first pass over a file finds: its hash, by which it is known again, and how its letters are written.</summary>
/// <param name="Hash">SHA-256 in hex.</param>
internal sealed record FileText(string Hash, long Length, Encoding Encoding)
{
    /// <summary>UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252, as older spreadsheets write.</summary>
    public static async Task<FileText> Of(string path, CancellationToken cancel)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = File.OpenRead(path);
        var (bytes, letters) = (new byte[65536], new char[65536 + 16]);
        Encoding? found = null;
        long length = 0;
        for (int read; (read = await stream.ReadAsync(bytes, cancel)) > 0; length += read)
        {
            hash.AppendData(bytes, 0, read);
            if (length == 0 && read >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) found = Encoding.Unicode;
            else if (length == 0 && read >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) found = Encoding.BigEndianUnicode;
            if (found is null && !IsUtf8(decoder, bytes.AsSpan(0, read), letters)) found = Encoding.GetEncoding(1252);
        }
        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), length, found ?? Encoding.UTF8);
    }

    private static bool IsUtf8(Decoder decoder, ReadOnlySpan<byte> bytes, char[] letters)
    {
        try
        {
            decoder.GetChars(bytes, letters, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
