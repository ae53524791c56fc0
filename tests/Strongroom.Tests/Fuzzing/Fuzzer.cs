using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strongroom.Tests.Authorization;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Fuzzing;

internal sealed class Fuzzer<TEngine> where TEngine : IEngine
{
    private readonly MatrixWorld<TEngine> world;
    private readonly Random random;
    private readonly Hostile hostile;
    private readonly List<Address> addresses;
    private readonly Dictionary<string, HttpClient> clients = [];
    private readonly List<string> keys = [];
    private readonly HashSet<(string Address, string Caller)> shut;
    private Schemas schemas = null!;
    private string standing = "";
    private int sent;

    private Fuzzer(MatrixWorld<TEngine> world, int seed)
    {
        this.world = world;
        random = new Random(seed);
        hostile = new(random);
        // Signs everybody out: what came afterwards would all be asked by nobody.
        addresses = [.. Address.Of(world).Where(address => address.IsApi && address.Pattern != "/api/v1/sessions/end-all")];
        shut = [.. MatrixTests<TEngine>.DoorsShut(world.Callers)];
    }

    /// <summary>What was not as it must be, each with the request that showed it.</summary>
    public List<string> Faults { get; } = [];

    public Dictionary<int, int> Answers { get; } = [];

    public static async Task<Fuzzer<TEngine>> Begin(MatrixWorld<TEngine> world, int seed)
    {
        var fuzzer = new Fuzzer<TEngine>(world, seed);
        fuzzer.schemas = new(JsonNode.Parse(await world.Client().GetStringAsync("/openapi/v1.json"))!);
        fuzzer.standing = await world.Read(Invariants.Digest);
        return fuzzer;
    }

    public async Task Send()
    {
        sent++;
        var address = addresses[random.Next(addresses.Count)];
        var caller = CallerOf(address);
        var things = random.Next(10) switch { < 6 => world.Own, < 8 => world.Others, 8 => Examples.None, _ => world.Own.MixedWith(world.Others, random) };
        using var request = Request(address, things, out var straight);
        var said = $"#{sent} {caller.Column}: {request.Method} {Short(request.RequestUri!.ToString(), 200)} {Short(request.Content is null ? "" : await request.Content.ReadAsStringAsync(), 400)}";
        using var answer = await (await ClientOf(caller)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var status = (int)answer.StatusCode;
        Answers[status] = Answers.GetValueOrDefault(status) + 1;
        var type = answer.Content.Headers.ContentType?.MediaType;
        var body = type == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
        foreach (var fault in await Wrong(address, straight, caller, status, type, body)) Faults.Add($"{fault}\n  {said}\n  {status} {Short(body, 300)}");
    }

    private async Task<IReadOnlyList<string>> Wrong(Address address, bool straight, Caller caller, int status, string? type, string body)
    {
        List<string> wrong = [];
        if (status >= 500) wrong.Add("The server broke");
        if (!caller.Everywhere && body.Contains(MatrixWorld<TEngine>.Canary, StringComparison.OrdinalIgnoreCase) && !MatrixTests<TEngine>.IsOfTheWholeBank(address)) wrong.Add("Another branch's row was told");
        var now = await world.Read(Invariants.Digest);
        if (status is >= 200 and < 300)
        {
            // Another path may be another operation's.
            if (straight) wrong.AddRange(schemas.Faults(address.Method, address.Pattern, status, type, body).Take(3));
        }
        else
        {
            if (now != standing) wrong.Add("What was refused changed something");
            if (status is >= 400 and < 500 && Problem(status, type, body) is { } fault) wrong.Add(fault);
        }
        standing = now;
        return wrong;
    }

    /// <summary>A refusal of the API is problem details, and says nothing of our insides.</summary>
    private static string? Problem(int status, string? type, string body)
    {
        if (type != "application/problem+json") return $"A refusal is {type ?? "nothing"} and no problem details";
        using var problem = JsonDocument.Parse(body);
        if (!problem.RootElement.TryGetProperty("status", out var told) || told.GetInt32() != status) return "The problem's status is another one";
        if (!problem.RootElement.TryGetProperty("title", out var title) || title.GetString() is not { Length: > 0 }) return "The problem has no title";
        return new[] { "   at ", "Exception", "Strongroom.Modules", "SELECT ", "Npgsql", "SQLite" }.FirstOrDefault(word => body.Contains(word, StringComparison.Ordinal)) is { } inside ? $"A refusal speaks of {inside}" : null;
    }

    /// <summary>Mostly somebody whom the door lets in: what lies behind the doors is the larger part.</summary>
    private Caller CallerOf(Address address)
    {
        var letIn = world.Callers.Where(caller => !shut.Contains((address.ToString(), caller.Column))).ToList();
        var among = letIn.Count == 0 || random.Next(12) == 0 ? world.Callers : letIn;
        return among[random.Next(among.Count)];
    }

    /// <param name="straight">The path is the address's.</param>
    private HttpRequestMessage Request(Address address, Examples things, out bool straight)
    {
        var path = address.Path(things);
        straight = random.Next(10) > 0;
        if (!straight) path = SpoilPath(path);
        if (random.Next(6) == 0) path += $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{new[] { "limit", "from", "until", "after", "before", "q", "text", "branch", "page", "sort", "take" }[random.Next(11)]}={Uri.EscapeDataString(Cut(hostile.Text(), 1_500))}";
        var request = new HttpRequestMessage(new(random.Next(40) == 0 ? new[] { "PATCH", "HEAD", "OPTIONS", "DELETE" }[random.Next(4)] : address.Method), new Uri(path, UriKind.Relative));
        if (address.Reads) return request;

        var fresh = $"fuzz-{sent}";
        if (random.Next(20) is var luck and > 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", luck switch { 1 when keys.Count > 0 => keys[random.Next(keys.Count)], 2 => Plain(hostile.Text()), _ => fresh });
        keys.Add(fresh);
        request.Headers.TryAddWithoutValidation("If-Match", random.Next(12) switch { 0 => Plain(hostile.Text()), 1 => "*", 2 => "W/\"1\"", 3 => "\"-1\"", _ => $"\"{random.Next(1, 5)}\"" });
        if (address.Uploads)
        {
            request.Content = new ByteArrayContent(random.Next(4) switch { 0 => Pictures.Small, 1 => Pictures.Small[..random.Next(Pictures.Small.Length)], _ => hostile.Spoil(null) });
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(new[] { "image/jpeg", "image/png", "application/pdf", "text/html" }[random.Next(4)]);
        }
        else if (address.BodyType is { } type)
        {
            request.Content = new ByteArrayContent(hostile.Spoil(things.Body(type)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) switch { 0 => "text/plain", 1 => "application/json; charset=utf-16", 2 => "application/x-www-form-urlencoded", 3 => "nonsense", _ => "application/json" });
        }
        return request;
    }

    private string SpoilPath(string path)
    {
        var segments = path.Split('?')[0].Split('/');
        // Below /api/v1; what lies above it are pages.
        if (segments.Length < 4) return path;
        // A null never comes through to us: Kestrel refuses the request line, and the server in memory cannot be asked.
        segments[random.Next(3, segments.Length)] = random.Next(4) switch { 0 => Uri.EscapeDataString(Cut(hostile.Text(), 1_500).Replace("\0", "", StringComparison.Ordinal)), 1 => "01900000-0000-7000-8000-00000000000", 2 => "..%2f..", _ => "" };
        return string.Join('/', segments);
    }

    private async Task<HttpClient> ClientOf(Caller caller)
    {
        if (clients.TryGetValue(caller.Column, out var known)) return known;
        return clients[caller.Column] = await world.ClientOf(caller);
    }

    // What a header can carry at all; the rest never leaves a browser.
    private static string Plain(string text) => new([.. Cut(text, 12_000).Where(letter => letter is >= ' ' and < '\u007f')]);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static string Short(string text, int most) => Cut(text.ReplaceLineEndings(" "), most);
}
