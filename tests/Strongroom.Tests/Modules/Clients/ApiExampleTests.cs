using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Tests.Architecture;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>Every example of docs/api.md, run one after the other as its reader would type it.</summary>
public sealed partial class ApiExampleTests(ClientWorld<Sqlite> world) : IClassFixture<ClientWorld<Sqlite>>
{
    private static readonly string Manual = File.ReadAllText(Repository.At("docs", "api.md"));

    [Fact]
    public async Task Every_example_answers_as_the_manual_says()
    {
        var client = await world.Register([.. Scopes.All]);
        var hire = await world.NewHire();
        await world.Bank.CheckIn(hire);
        await world.Sequence();
        Dictionary<string, string> known = new() { ["BANK"] = "https://localhost", ["CLIENT"] = client.Id.ToString(), ["SECRET"] = client.Secret, ["NUMBER"] = $"MGR/{hire.Number}" };
        using var programs = world.Programs();
        var ran = 0;
        JsonElement last = default;

        foreach (Match block in Blocks().Matches(Manual))
        {
            if (block.Groups["kind"].Value == "json")
            {
                foreach (var member in Members(JsonDocument.Parse(block.Groups["text"].Value).RootElement)) Members(last).ShouldContain(member, block.Value);
                continue;
            }
            foreach (var line in block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var request = Read(line, known, out var status);
                using var answer = await programs.SendAsync(request);
                ((int)answer.StatusCode).ShouldBe(status, $"{line}\n{await answer.Content.ReadAsStringAsync()}");
                last = await answer.Content.ReadFromJsonAsync<JsonElement>();
                Learn(request.RequestUri!.AbsolutePath, last, known);
                ran++;
            }
        }
        ran.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void The_manual_names_every_scope_and_every_kind_of_webhook()
    {
        foreach (var word in Scopes.All.Concat(WebhookKinds.All)) Manual.ShouldContain($"`{word}`");
    }

    private static void Learn(string path, JsonElement answer, Dictionary<string, string> known)
    {
        if (path == "/connect/token") known["TOKEN"] = answer.GetProperty("access_token").GetString()!;
        if (path == "/api/v1/agreements") known["AGREEMENT"] = answer.GetProperty("id").GetString()!;
        if (path == "/api/v1/webhooks") known["WEBHOOK"] = answer.GetProperty("id").GetString()!;
    }

    private static HttpRequestMessage Read(string line, Dictionary<string, string> known, out int status)
    {
        var (command, expected) = line.Split('#') is [var left, var right] ? (left, right) : throw new FormatException($"No status: {line}");
        status = int.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);
        var words = Words().Matches(Variable().Replace(command, name => known[name.Groups[1].Value])).Select(word => word.Value.Trim('"', '\'')).ToList();
        words[0].ShouldBe("curl");
        string? method = null, address = null;
        List<string> headers = [], data = [];
        for (var at = 1; at < words.Count; at++)
        {
            if (words[at] == "-X") method = words[++at];
            else if (words[at] == "-H") headers.Add(words[++at]);
            else if (words[at] == "-d") data.Add(words[++at]);
            else address = words[at];
        }
        var request = new HttpRequestMessage(new(method ?? "GET"), address);
        var type = "application/x-www-form-urlencoded";
        foreach (var header in headers)
        {
            var (name, value) = (header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..].Trim());
            if (name == "Content-Type") type = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        if (data.Count > 0) request.Content = new StringContent(string.Join('&', data), System.Text.Encoding.UTF8, type);
        return request;
    }

    /// <summary>The members' names; of a list, its first element's.</summary>
    private static List<string> Members(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.GetArrayLength() == 0 ? [] : Members(json[0]),
        JsonValueKind.Object => [.. json.EnumerateObject().Select(member => member.Name)],
        _ => [],
    };

    [GeneratedRegex("^```(?<kind>sh|json)\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\$([A-Z]+)")]
    private static partial Regex Variable();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Words();
}
