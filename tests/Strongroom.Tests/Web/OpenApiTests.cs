using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

public sealed partial class OpenApiTests(World<Sqlite> world) : IClassFixture<World<Sqlite>>
{
    [Fact]
    public async Task Every_operation_has_a_name_a_tag_and_the_problems_it_may_answer_with()
    {
        foreach (var (path, method, operation) in await Operations())
        {
            operation.TryGetProperty("operationId", out _).ShouldBeTrue($"{method} {path}");
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1);
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            operation.GetProperty("responses").GetProperty("500").GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Every_write_asks_for_its_key_and_its_token()
    {
        foreach (var (path, method, operation) in (await Operations()).Where(one => one.Method != "get"))
        {
            var headers = operation.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "header")
                .ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.TryGetProperty("required", out var required) && required.GetBoolean());
            headers["Idempotency-Key"].ShouldBeTrue($"{method} {path}");
            headers["X-CSRF-TOKEN"].ShouldBe(!operation.TryGetProperty("security", out _), $"{method} {path}: clients show a token instead");
            headers.ShouldContainKey("If-Match");
        }
    }

    [Fact]
    public async Task Ids_are_UUIDs_states_are_words_and_numbers_are_numbers()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");

        var person = schemas.GetProperty("SessionFacts").GetProperty("properties").GetProperty("person");
        var text = (person.TryGetProperty("$ref", out var named) ? schemas.GetProperty(named.GetString()!.Split('/')[^1]) : person).ToString();
        text.ShouldContain("uuid");
        schemas.GetProperty("MessageState").GetProperty("enum").EnumerateArray().ShouldAllBe(state => state.ValueKind == JsonValueKind.String);
        schemas.ToString().ShouldNotContain("\"pattern\": \"^-?(?:0|[1-9]\\\\d*)$\"");
    }

    [Fact]
    public async Task The_reference_page_needs_nothing_from_elsewhere_and_its_scripts_carry_the_nonce()
    {
        using var client = world.Client();
        var answer = await client.GetAsync("/reference/");
        var page = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Script().Matches(page).Count.ShouldBeGreaterThan(0);
        Script().Matches(page).ShouldAllBe(script => WebUtility.HtmlDecode(script.Value).Contains($"nonce=\"{nonce}\"", StringComparison.Ordinal));
        policy.ShouldNotContain("http");
        policy.ShouldContain("connect-src 'self'");
        page.ShouldNotContain("cdn.");
        page.ShouldNotContain("fonts.scalar");
        (await client.GetAsync("/reference/scalar.js")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_verb_writes_the_same_description_without_opening_a_port()
    {
        var folder = Directory.CreateTempSubdirectory("strongroom-openapi-").FullName;
        var file = Path.Combine(folder, "openapi.json");

        var run = await VerbRun.Of("openapi", "--to", file, "--environment", "Development", "--data", folder);

        run.Code.ShouldBe(0, run.Error);
        var written = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        written.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order()
            .ShouldBe((await Document()).GetProperty("paths").EnumerateObject().Select(path => path.Name).Order());
        Directory.EnumerateFiles(folder).ShouldBe([file]);
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonElement> Document()
    {
        using var client = world.Client();
        return JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;
    }

    private async Task<List<(string Path, string Method, JsonElement Operation)>> Operations()
    {
        var all = (await Document()).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (path.Name, method.Name, method.Value))).ToList();
        all.Count.ShouldBeGreaterThan(20);
        return all;
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
