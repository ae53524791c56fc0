using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Authorization;

/// <summary>
/// A request sets what its own form has, and nothing else of the rows behind it: what is said beyond it, at whatever level of the body, is refused by its name.
/// </summary>
public sealed class OverPostingTests(MatrixWorld<Sqlite> world) : IClassFixture<MatrixWorld<Sqlite>>
{
    [Fact]
    public async Task What_a_body_says_beyond_its_form_is_refused_by_its_name()
    {
        List<HttpClient> people = [];
        foreach (var caller in world.Callers.Where(caller => caller.Person is not null)) people.Add(await world.ClientOf(caller));
        List<string> taken = [], unasked = [];
        foreach (var address in Written())
        {
            var body = world.Own.Body(address.BodyType!)!;
            HttpClient? asking = null;
            foreach (var client in people)
            {
                // Without an idempotency key nothing is done; whose door it is hears of the key.
                if ((await Send(client, address, body)).Status == HttpStatusCode.Forbidden) continue;
                asking = client;
                break;
            }
            if (asking is null) unasked.Add(address.ToString());
            else
                foreach (var (more, where) in With(body, "recordedBy"))
                    if (await Send(asking, address, more) is var (status, problem) && (status != HttpStatusCode.BadRequest || problem?["errors"]?[where] is null)) taken.Add($"{address} took {where}: {(int)status} {problem}");
        }

        taken.ShouldBeEmpty();
        unasked.ShouldBeEmpty("what nobody may ask proves nothing");
    }

    [Fact]
    public async Task No_column_of_any_table_is_read_from_a_body_that_does_not_name_it()
    {
        var columns = await world.Read(db => Task.FromResult(
            db.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Distinct().Order(StringComparer.Ordinal).ToList()));
        var json = world.App.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var (tried, taken) = (0, new List<string>());
        foreach (var type in Written().Select(address => address.BodyType!).Distinct())
        {
            var body = world.Own.Body(type)!;
            body.Deserialize(type, json).ShouldNotBeNull();
            var own = Names(type, []).ToHashSet(StringComparer.Ordinal);
            foreach (var (more, where) in columns.Where(column => !own.Contains(column)).SelectMany(column => With(body, column)))
            {
                tried++;
                try
                {
                    more.Deserialize(type, json);
                    taken.Add($"{type.Name}.{where}");
                }
                catch (JsonException)
                {
                }
            }
        }

        taken.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(10_000);
    }

    private IEnumerable<Address> Written() => Address.Of(world).Where(address => address is { IsApi: true, Reads: false, Uploads: false, BodyType: not null });

    private async Task<(HttpStatusCode Status, JsonNode? Problem)> Send(HttpClient client, Address address, JsonNode body)
    {
        using var request = new HttpRequestMessage(new(address.Method), address.Path(world.Own)) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null);
    }

    /// <summary>The body with one member more, in each object of it that has no such member.</summary>
    private static IEnumerable<(JsonNode Body, string Where)> With(JsonNode body, string member)
    {
        foreach (var path in Objects(body, []))
        {
            var copy = body.DeepClone();
            var at = path.Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!).AsObject();
            if (at.ContainsKey(member)) continue;
            at[member] = "019a0000-0000-7000-8000-00000000dead";
            yield return (copy, string.Concat(path.Append(member).Select((step, place) => step is int index ? $"[{index}]" : place == 0 ? $"{step}" : $".{step}")));
        }
    }

    private static IEnumerable<IReadOnlyList<object>> Objects(JsonNode? node, IReadOnlyList<object> path) => node switch
    {
        // A policy's values are a dictionary: which there are is the policy's own to say.
        JsonObject { Count: 0 } when path.Count > 0 => [],
        JsonObject one => [path, .. one.SelectMany(member => Objects(member.Value, [.. path, member.Key]))],
        JsonArray many => many.SelectMany((item, index) => Objects(item, [.. path, index])),
        _ => [],
    };

    private static IEnumerable<string> Names(Type type, HashSet<Type> seen)
    {
        if (type.Assembly != typeof(StrongroomApp).Assembly || !seen.Add(type)) yield break;
        foreach (var property in type.GetProperties())
        {
            yield return JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            foreach (var below in Names(property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType, seen)) yield return below;
        }
    }
}
