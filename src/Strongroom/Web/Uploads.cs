namespace Strongroom.Web;

/// <summary>Files as they come in: one byte over the limit is enough to refuse, the rest of a large one is not read.</summary>
internal static class Uploads
{
    /// <summary>What a body may have over the largest file, so that our own refusal, which says what to do, comes before the server's.</summary>
    public const int Beside = 1_000_000;

    public static async Task<byte[]> ReadAtMost(this HttpRequest request, int limit, CancellationToken cancel)
    {
        var buffer = new byte[limit];
        return buffer[..await request.Body.ReadAtLeastAsync(buffer, limit, throwOnEndOfStream: false, cancel)];
    }

    public static async Task<byte[]> ReadAtMost(this IFormFile file, int limit, CancellationToken cancel)
    {
        await using var stream = file.OpenReadStream();
        var buffer = new byte[Math.Min(file.Length, limit)];
        await stream.ReadExactlyAsync(buffer, cancel);
        return buffer;
    }
}
