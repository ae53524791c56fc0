namespace Strongroom.Tests.Support;

/// <summary>An open answer of Server-Sent Events. A stream that says nothing at all fails the test instead of holding it up.</summary>
public sealed class StreamLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private StreamLine(HttpResponseMessage response, StreamReader reader) => (this.response, this.reader) = (response, reader);

    public static async Task<StreamLine> Open(HttpClient desk, string path)
    {
        var response = await desk.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new(response, new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event's name; null at the end.</summary>
    public async Task<string?> Next() => (await NextEvent())?.Name;

    public async Task Hears(string name, string? data = null)
    {
        while (await NextEvent() is { } heard)
        {
            if (heard.Name == name && (data is null || heard.Data == data)) return;
        }
        throw new EndOfStreamException($"The line ended without {name} {data}.");
    }

    /// <summary>All names until one of them, that one included.</summary>
    public async Task<IReadOnlyList<string>> Until(string name)
    {
        List<string> all = [];
        while (await Next() is { } heard)
        {
            all.Add(heard);
            if (heard == name) return all;
        }
        throw new EndOfStreamException($"The line ended without {name}.");
    }

    public async Task Ends() => (await Next()).ShouldBeNull();

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private async Task<(string Name, string Data)?> NextEvent()
    {
        string? name = null;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) is { } text)
        {
            if (text.StartsWith("event: ", StringComparison.Ordinal)) name = text["event: ".Length..];
            else if (text.StartsWith("data: ", StringComparison.Ordinal) && name is not null) return (name, text["data: ".Length..]);
        }
        return null;
    }
}
