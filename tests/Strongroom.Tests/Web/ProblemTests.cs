using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Delivery;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>A server with one endpoint that breaks, and callers whose rights a header names.</summary>
public sealed class ProblemWorld : World<Sqlite>
{
    public const string Secret = "Server=10.0.0.7;Password=hunter2";

    public CapturedLog Log { get; } = new();

    protected override void Configure(WebApplicationBuilder builder)
    {
        ByHeader.Use(builder);
        builder.Logging.AddProvider(Log);
        builder.Services.AddScoped<ReadMessages>(_ => throw new InvalidOperationException(Secret));
    }
}

public sealed class ProblemTests(ProblemWorld world) : IClassFixture<ProblemWorld>
{
    [Theory]
    [InlineData("GET", "/api/v1/nothing-here", 404, "not-found")]
    [InlineData("DELETE", "/api/v1/messages", 405, "wrong-method")]
    [InlineData("GET", "/api/v1/messages", 401, "not-signed-in")]
    [InlineData("POST", "/api/v1/people", 415, "wrong-content-type")]
    public async Task What_a_stranger_is_refused_is_a_problem_with_a_code_and_a_next_step(string method, string path, int status, string code)
    {
        using var client = world.Client();
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? new StringContent("name=Asha", Encoding.UTF8, "text/plain") : null };

        var problem = await Problem(await client.SendAsync(request), status);

        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("next").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Who_lacks_the_right_is_told_so_and_not_sent_elsewhere()
    {
        using var client = await SignedIn("access.serve");

        (await Problem(await client.GetAsync("/api/v1/messages"), 403)).GetProperty("code").GetString().ShouldBe("not-allowed");
    }

    [Fact]
    public async Task A_field_that_breaks_a_rule_of_its_form_is_named()
    {
        using var client = await SignedIn(CustomersRights.Write);

        var problem = await Problem(await client.PostAsJsonAsync("/api/v1/people", new { name = "A", language = "english" }), 400);

        problem.GetProperty("code").GetString().ShouldBe("malformed");
        problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order().ShouldBe(["language", "name"]);
    }

    [Theory]
    [InlineData("""{"name": 5}""", "name")]
    [InlineData("""{"name": "Asha Rao", "bornOn": "yesterday"}""", "bornOn")]
    [InlineData("""{"name": """, "name")]
    [InlineData("", "")]
    [InlineData("""{"name": "Asha\u0000Rao"}""", "name")]
    public async Task A_body_that_cannot_be_read_names_the_field_and_shows_no_insides(string body, string field)
    {
        using var client = await SignedIn(CustomersRights.Write);

        var problem = await Problem(await client.PostAsync("/api/v1/people", new StringContent(body, Encoding.UTF8, "application/json")), 400);

        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
        problem.ToString().ShouldNotContain("System.");
        problem.ToString().ShouldNotContain("Strongroom.Modules");
    }

    [Fact]
    public async Task A_bug_shows_its_number_and_nothing_of_our_insides()
    {
        using var client = await SignedIn(DeliveryRights.Read);

        var problem = await Problem(await client.GetAsync("/api/v1/messages"), 500);

        problem.GetProperty("code").GetString().ShouldBe("broken");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        problem.ToString().ShouldNotContain("hunter2");
        problem.ToString().ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("/api/v1/messages")]
    [InlineData("/desk/messages")]
    public async Task What_we_did_not_expect_stands_in_the_servers_log_with_where_it_broke(string path)
    {
        using var client = await SignedIn(DeliveryRights.Read);
        var before = world.Log.Records.Count;

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        var broken = world.Log.Records.Skip(before).Single(record => record.Level == LogLevel.Error);
        broken.Exception.ShouldBeOfType<InvalidOperationException>().StackTrace.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task What_is_not_readable_or_has_no_token_stands_in_the_servers_log_once_a_minute_without_what_was_said()
    {
        using var client = await SignedIn(CustomersRights.Write);
        for (var again = 0; again < 3; again++)
            await client.PostAsync("/api/v1/people", new StringContent("{\"name\": \"hunter2\" oops", Encoding.UTF8, "application/json"));
        client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        await client.PostAsJsonAsync("/api/v1/people", new { name = "hunter2" });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("Input.UserName", "hunter2")]);
        using var stranger = world.Client();
        (await stranger.PostAsync("/sign-in", form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var turned = world.Log.Records.Where(record => record.Message.StartsWith("Turned away", StringComparison.Ordinal)).Select(record => record.Message).ToList();
        turned.Count(line => line.StartsWith($"Turned away: not readable (400) at POST /api/v1/people", StringComparison.Ordinal) && line.EndsWith($"by {ByHeader.User}", StringComparison.Ordinal)).ShouldBe(1);
        turned.ShouldContain(line => line.StartsWith("Turned away: no antiforgery token (400) at POST /api/v1/people", StringComparison.Ordinal));
        turned.ShouldContain(line => line.StartsWith("Turned away: no antiforgery token (400) at POST /sign-in", StringComparison.Ordinal) && line.EndsWith("by nobody", StringComparison.Ordinal));
        turned.ShouldNotContain(line => line.StartsWith("Turned away: not readable", StringComparison.Ordinal) && line.Contains("no endpoint", StringComparison.Ordinal));
        turned.ShouldAllBe(line => !line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_without_its_key_or_its_token_is_told_which_header_to_send()
    {
        using var client = await SignedIn(CustomersRights.Write);
        client.DefaultRequestHeaders.Remove("Idempotency-Key");
        var problem = await Problem(await client.PostAsJsonAsync("/api/v1/people", new { name = "Asha Rao" }), 400);
        problem.ToString().ShouldContain("Idempotency-Key");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();

        client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        (await Problem(await client.PostAsJsonAsync("/api/v1/people", new { name = "Asha Rao" }), 400)).ToString().ShouldContain("X-CSRF-TOKEN");
    }

    [Fact]
    public async Task Browsers_are_told_to_load_nothing_from_elsewhere_and_no_server_is_named()
    {
        using var client = world.Client();
        var answer = await client.GetAsync("/sign-in");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.Server.ShouldBeEmpty();
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    private async Task<HttpClient> SignedIn(string rights)
    {
        var client = world.Client();
        client.DefaultRequestHeaders.Add(ByHeader.Header, rights);
        var session = await client.GetFromJsonAsync<JsonElement>("/api/v1/session");
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", session.GetProperty("csrfToken").GetString());
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"key-{rights}-{Interlocked.Increment(ref keys)}");
        return client;
    }

    private static int keys;

    private static async Task<JsonElement> Problem(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe((HttpStatusCode)status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        return problem;
    }
}
