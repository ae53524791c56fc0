using System.Net;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.AuditLog.Stores;

/// <summary>A log over HTTP. Reads no more than an honest file has, however it is packed, and asks again when the network fails.</summary>
/// <param name="client">Its handler should unpack gzip, and its timeout bounds one attempt.</param>
/// <param name="address">The log's prefix, "https://bank.example/log".</param>
public sealed class HttpLog(HttpClient client, Uri address, TimeProvider? time = null) : ILogReader
{
    private const int Attempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    private readonly Uri prefix = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + '/');

    public ValueTask<byte[]?> ReadCheckpoint(CancellationToken cancel) => Read("checkpoint", SignedNote.LongestBytes, cancel);

    public ValueTask<byte[]?> ReadTile(TilePath tile, CancellationToken cancel) => Read(tile.ToString(), tile.LongestBytes, cancel);

    private async ValueTask<byte[]?> Read(string path, int longest, CancellationToken cancel)
    {
        for (var (attempt, pause) = (1, FirstPause); ; attempt++, pause *= 2)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(prefix, path), HttpCompletionOption.ResponseHeadersRead, cancel);
                if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
                if (answer.IsSuccessStatusCode) return await Body(answer, path, longest, cancel);
                if (attempt == Attempts || answer.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                    throw new LogUnavailableException($"{path} was answered with {(int)answer.StatusCode}.");
            }
            catch (Exception e) when (!cancel.IsCancellationRequested && e is not LogUnavailableException && e is HttpRequestException or IOException or TaskCanceledException)
            {
                if (attempt == Attempts) throw new LogUnavailableException($"{path} could not be fetched: {e.Message}", e);
            }
            await Task.Delay(pause, time ?? TimeProvider.System, cancel);
        }
    }

    private static async Task<byte[]> Body(HttpResponseMessage answer, string path, int longest, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentLength > longest) throw TooLong(path, longest);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await body.ReadAsync(piece, cancel) is > 0 and var read)
        {
            if (bytes.Length + read > longest) throw TooLong(path, longest);
            bytes.Write(piece, 0, read);
        }
        return bytes.ToArray();
    }

    private static MalformedException TooLong(string path, int longest) => new($"{path} is longer than {longest} bytes, the most there can be.");
}
