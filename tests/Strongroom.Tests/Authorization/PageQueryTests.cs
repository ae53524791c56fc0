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
