using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Web;

namespace Strongroom.Tests.Authorization;

/// <summary>No page breaks over what an address asks of it. Nothing here is a database's, so one is enough.</summary>
public sealed class PageQueryTests(MatrixWorld<Support.Sqlite> world) : IClassFixture<MatrixWorld<Support.Sqlite>>
{
    [Fact]
    public async Task An_address_that_asks_a_page_for_what_is_no_number_and_no_id_is_malformed()
    {
        List<string> asked = [], broken = [];
        foreach (var caller in world.Callers)
        {
            using var client = await world.ClientOf(caller);
            foreach (var address in Address.Of(world).Where(address => address.Reads))
            {
                var path = address.Path(world.Own);
                foreach (var (name, type) in Query(address).Where(one => one.Type != typeof(string)))
                {
                    using var plain = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    if (plain.StatusCode != HttpStatusCode.OK) continue;
                    foreach (var value in new[] { "1'--", "99999999999", "%00" })
                    {
                        using var answer = await client.GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}{name}={value}", TestContext.Current.CancellationToken);
                        asked.Add(address.Pattern);
                        if (answer.StatusCode != HttpStatusCode.BadRequest) broken.Add($"{caller.Column} {address} {name}={value}: {(int)answer.StatusCode}");
                    }
                }
            }
        }
        string.Join('\n', broken).ShouldBeEmpty();
        asked.Distinct().Count().ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task What_is_left_empty_asks_for_nothing()
    {
        using var manager = await world.ClientOf(world.Callers.Single(caller => caller.Column == "manager"));
        (await manager.GetAsync("/desk/people?q=&page=", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.GetAsync("/desk?branch=", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private IReadOnlyList<(string Name, Type Type)> Query(Address address) =>
        world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => "/" + route.RoutePattern.RawText!.TrimStart('/') == address.Pattern)
            .Select(route => route.Metadata.GetMetadata<ComponentTypeMetadata>()).OfType<ComponentTypeMetadata>()
            .SelectMany(page => PageQuery.Of(page.Type)).ToList();
}
