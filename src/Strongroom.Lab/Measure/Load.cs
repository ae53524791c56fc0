using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Strongroom.Lab.Measure;

/// <summary>Clients that each do one thing after the other for a given time.</summary>
internal static class Load
{
    public static async Task<double> PerSecond(int clients, TimeSpan time, Func<int, Task> one)
    {
        var done = new int[clients];
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (; Stopwatch.GetElapsedTime(started) < time; done[client]++) await one(client);
        })));
        return done.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

/// <summary>How long the slow ones take.</summary>
internal static class Slow
{
    /// <summary>Milliseconds that 99 of 100 stay under, of one client's questions one after the other.</summary>
    public static async Task<double> P99(TimeSpan time, Func<Task> one)
    {
        List<double> taken = [];
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time || taken.Count < 100)
        {
            var begun = Stopwatch.GetTimestamp();
            await one();
            taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        taken.Sort();
        return taken[(int)Math.Ceiling(taken.Count * .99) - 1];
    }
}

/// <summary>One signed-in client of a server, over a connection that stays open, as a proxy that ends the encryption passes it on.</summary>
internal sealed class BenchClient : IDisposable
{
    private static readonly byte[] Identify = Encoding.UTF8.GetBytes("""{"check":"PhotographCompared","sign":"SlipSigned"}""");

    private readonly HttpClient http;
    private readonly string visit;
    private long version;
    private bool identified;
    private long keys;

    private BenchClient(HttpClient http, Seat seat) => (this.http, visit, version) = (http, $"/api/v1/visits/{seat.Visit.Id}", seat.Visit.Version);

    public static async Task<BenchClient> Begin(Uri server, Seat seat)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1 }) { BaseAddress = server };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.Add("Cookie", $"__Host-strongroom={seat.Cookie}");
        using var who = await http.GetAsync("/api/v1/session");
        who.EnsureSuccessStatusCode();
        var antiforgery = who.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-antiforgery=", StringComparison.Ordinal)).Split(';')[0];
        http.DefaultRequestHeaders.Remove("Cookie");
        http.DefaultRequestHeaders.Add("Cookie", $"__Host-strongroom={seat.Cookie}; {antiforgery}");
        http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", (await who.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrfToken").GetString());
        return new(http, seat);
    }

    /// <summary>Identifies the visitor, and the next time takes that back: one act of a visit each time, without end.</summary>
    public async Task Step()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, identified ? $"{visit}/undo" : $"{visit}/identify");
        if (!identified) request.Content = new ByteArrayContent(Identify) { Headers = { ContentType = new("application/json") } };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{visit[^12..]}-{version}-{keys++}"));
        request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode}: {Encoding.UTF8.GetString(body)}");
        using var step = JsonDocument.Parse(body);
        version = step.RootElement.GetProperty("version").GetInt64();
        identified = !identified;
    }

    /// <summary>Asks the search box; the answer's length says that something was found.</summary>
    public async Task<int> Find(string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/find") { Content = JsonContent.Create(new { text }) };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"find-{keys++}"));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        using var found = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return found.RootElement.GetProperty("hits").GetArrayLength();
    }

    public async Task Read(string path)
    {
        using var answer = await http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => http.Dispose();
}
