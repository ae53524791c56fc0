using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Authorization;

/// <summary>No page breaks over what an address asks of it.</summary>
public abstract class PageQueryTests<TEngine>(MatrixWorld<TEngine> world) : IClassFixture<MatrixWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task An_address_that_asks_a_page_for_what_it_cannot_read_breaks_nothing()
    {
        HashSet<string> asked = [];
        List<string> broken = [];
        foreach (var caller in world.Callers)
        {
            using var client = await world.ClientOf(caller);
            foreach (var (address, query) in Address.Of(world).Where(address => address.Reads && !asked.Contains(address.Pattern)).Select(address => (address, Query(address))).Where(one => one.Item2.Count > 0))
            {
                var path = address.Path(world.Own);
                using var plain = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                if (plain.StatusCode != HttpStatusCode.OK) continue;
                asked.Add(address.Pattern);
                foreach (var (name, isText, value) in from one in query from value in new[] { "1'--", "99999999999", "6751", "%00" } select (one.Name, one.IsText, value))
                {
                    // What is no number at all, or too large for one, is no id either; a small number may be a page or a week.
                    using var answer = await client.GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}{name}={value}", TestContext.Current.CancellationToken);
                    if (isText || value == "6751" ? (int)answer.StatusCode >= 500 : answer.StatusCode != HttpStatusCode.BadRequest)
                        broken.Add($"{caller.Column} {address} {name}={value}: {(int)answer.StatusCode}");
                }
            }
        }
        string.Join('\n', broken).ShouldBeEmpty();
        asked.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task What_is_left_empty_asks_for_nothing()
    {
        using var manager = await world.ClientOf(world.Callers.Single(caller => caller.Column == "manager"));
        (await manager.GetAsync("/desk/people?q=&page=", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.GetAsync("/desk?branch=", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Fields and files alike: a scanner took the forms with files for unguarded, because it never got one of them through.</summary>
    [Fact]
    public async Task No_form_is_taken_with_a_token_that_nobody_gave()
    {
        HashSet<(string, string)> forms = [];
        List<string> taken = [];
        var files = 0;
        foreach (var caller in world.Callers)
        {
            using var client = await world.ClientOf(caller);
            client.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
            foreach (var address in Address.Of(world).Where(address => address.Reads && !address.Pattern.StartsWith("/api/", StringComparison.Ordinal)))
            {
                var path = address.Path(world.Own);
                using var page = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                if (page.StatusCode != HttpStatusCode.OK || page.Content.Headers.ContentType?.MediaType != "text/html") continue;
                foreach (var form in Forms.PostedBy(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), path))
                {
                    // These two are no pages: without the token they do nothing and lead back, which the pages after this one show.
                    if (form.Action is "/sign-out" or "/lock" || !forms.Add((address.Pattern, form.Name))) continue;
                    if (form.Files) files++;
                    if (!form.Fields.Any(field => field.Name == Forms.Token)) taken.Add($"{caller.Column} {address} {form.Name} has no token");
                    using var answer = await client.PostAsync(form.Action, form.With(Forms.Token, "CfDJ8" + new string('A', 150)), TestContext.Current.CancellationToken);
                    if (answer.StatusCode != HttpStatusCode.BadRequest) taken.Add($"{caller.Column} {address} {form.Name}: {(int)answer.StatusCode}");
                }
            }
        }
        string.Join('\n', taken).ShouldBeEmpty();
        forms.Count.ShouldBeGreaterThan(50);
        files.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task A_zero_in_a_form_is_no_text()
    {
        using var anybody = world.Client();
        (await anybody.PostForm("/sign-in", "sign-in", ("Input.UserName", "asha\0"), ("Input.Password", "anything"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>What the page reads from its address.</summary>
    private List<(string Name, bool IsText)> Query(Address address) =>
    [
        .. world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => "/" + route.RoutePattern.RawText!.TrimStart('/') == address.Pattern)
            .Select(route => route.Metadata.GetMetadata<ComponentTypeMetadata>()).OfType<ComponentTypeMetadata>()
            .SelectMany(page => PageQuery.Of(page.Type)).Select(one => (one.Name, one.Type == typeof(string))).Distinct(),
    ];
}

public sealed class What_addresses_ask_of_pages_on_sqlite(MatrixWorld<Sqlite> world) : PageQueryTests<Sqlite>(world);

public sealed class What_addresses_ask_of_pages_on_postgres(MatrixWorld<Postgres> world) : PageQueryTests<Postgres>(world);
