using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Authorization;

/// <summary>One address with one method, and how it is asked for.</summary>
internal sealed class Address(RouteEndpoint route, string method)
{
    /// <summary>Parameters that are no ids, by name.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kind"] = "AccessPolicy",
        ["token"] = "nonsense",
        ["credential"] = "nonsense",
        ["path"] = "0/000",
        ["documentName"] = "v1",
        ["name"] = "visits",
        ["language"] = "en",
        ["date"] = "2026-12-24",
    };

    /// <summary>What the id in a page's address names, by the word before it.</summary>
    private static readonly Dictionary<string, Type> PageNouns = new()
    {
        ["people"] = typeof(Noun.Person),
        ["agreements"] = typeof(Noun.Agreement),
        ["visits"] = typeof(Noun.Visit),
        ["lockers"] = typeof(Noun.Locker),
        ["branches"] = typeof(Noun.Branch),
        ["vaults"] = typeof(Noun.Vault),
        ["staff"] = typeof(Noun.Officer),
        ["letters"] = typeof(Noun.Message),
        ["messages"] = typeof(Noun.Message),
        ["imports"] = typeof(Noun.Import),
        ["approvals"] = typeof(Noun.Approval),
        ["delegations"] = typeof(Noun.Delegation),
        ["break-glass"] = typeof(Noun.Emergency),
        ["events"] = typeof(Noun.Event),
        ["custody"] = typeof(Noun.Key),
        ["keys"] = typeof(HirersKey),
        ["key-losses"] = typeof(Noun.KeyLoss),
        ["envelopes"] = typeof(Noun.Envelope),
        ["key-checks"] = typeof(Noun.KeyCheck),
        ["holds"] = typeof(Noun.Hold),
        ["agents"] = typeof(Noun.Agent),
        ["channels"] = typeof(Noun.Channel),
        ["addresses"] = typeof(Noun.Channel),
        ["sign"] = typeof(Noun.Signature),
        ["clients"] = typeof(Noun.Client),
        ["webhooks"] = typeof(Noun.Webhook),
    };

    private readonly MethodInfo? handler = route.Metadata.GetMetadata<MethodInfo>();

    /// <summary>Everything that the server answers to but files, the description of the API, and pages that the framework keeps for itself.</summary>
    public static IReadOnlyList<Address> Of<TEngine>(World<TEngine> world) where TEngine : IEngine =>
    [
        .. from route in world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where route.Metadata.GetMetadata<StaticAssetDescriptor>() is null
           let path = route.RoutePattern.RawText!.TrimStart('/')
           where !path.StartsWith('_') && !path.StartsWith("reference", StringComparison.Ordinal) && !path.StartsWith("openapi", StringComparison.Ordinal) && !path.StartsWith("{**", StringComparison.Ordinal)
           let methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           // A page's forms are asked for by the page, and do what the API's writes do.
           from method in route.Metadata.GetMetadata<ComponentTypeMetadata>() is null ? methods : ["GET"]
           orderby path, method
           select new Address(route, method),
    ];

    public string Method => method;

    public bool Reads => method is "GET" or "HEAD";

    public Type? BodyType => route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    /// <summary>The body is a picture or a paper, as it is.</summary>
    public bool Uploads => route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("image/jpeg") == true;

    public string Pattern => "/" + route.RoutePattern.RawText!.TrimStart('/');

    public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>Whether it is asked for something at all.</summary>
    public bool NamesThings => Nouns().Any();

    /// <summary>With its query: ids that the handler asks for beside those in the path.</summary>
    public string Path(Examples things)
    {
        var path = string.Concat(route.RoutePattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => Value(parameter, things),
            _ => throw new InvalidOperationException($"{this} has a part of a kind that nobody knew."),
        }))));
        var query = Queried().Select(asked => $"{asked.Name}={things.Of(asked.Noun)}").Concat(Demanded()).ToList();
        return (path.Length == 0 ? "/" : path) + (query.Count == 0 ? "" : $"?{string.Join('&', query)}");
    }

    public override string ToString() => $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}";

    private string Value(RoutePatternParameterPart parameter, Examples things) =>
        NounOf(parameter) is { } noun ? things.Of(noun).ToString()
        : handler?.GetParameters().FirstOrDefault(one => string.Equals(one.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))?.ParameterType is { IsEnum: true } choice ? Enum.GetNames(choice)[0]
        : Texts.TryGetValue(parameter.Name, out var text) ? text
        : throw new InvalidOperationException($"{this}: nobody knows what {{{parameter.Name}}} is. Say it in {nameof(Texts)} or {nameof(PageNouns)}.");

    private Type? NounOf(RoutePatternParameterPart parameter)
    {
        if (handler?.GetParameters().FirstOrDefault(one => string.Equals(one.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)) is { } given)
            return Examples.Noun(given.ParameterType) is { } noun ? noun == typeof(Noun.Key) && Pattern.StartsWith("/api/v1/keys/", StringComparison.Ordinal) ? typeof(HirersKey) : noun : null;
        if (!parameter.ParameterPolicies.Any(policy => policy.Content == "guid")) return null;
        var words = route.RoutePattern.RawText!.TrimStart('/').Split('/');
        var before = words[Array.FindIndex(words, word => word.StartsWith($"{{{parameter.Name}", StringComparison.Ordinal)) - 1];
        // A hirer's locker is the one that they hire.
        if (Pattern.StartsWith("/account/lockers/", StringComparison.Ordinal)) return typeof(Noun.Agreement);
        return PageNouns.TryGetValue(before, out var named) ? named : throw new InvalidOperationException($"{this}: nobody knows what the id behind {before} names. Say it in {nameof(PageNouns)}.");
    }

    private IEnumerable<Type> Nouns() =>
        route.RoutePattern.Parameters.Select(NounOf).OfType<Type>().Concat(Queried().Select(asked => asked.Noun)).Concat(BodyType is { } body ? InBody(body, []) : []);

    private IEnumerable<(string Name, Type Noun)> Queried()
    {
        var inPath = route.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (handler is not null)
            return handler.GetParameters().Where(one => !inPath.Contains(one.Name!) && Examples.Noun(one.ParameterType) is not null).Select(one => (one.Name!, Examples.Noun(one.ParameterType)!));
        var page = route.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        return page?.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(Guid))
            .Where(property => typeof(Noun).GetNestedType(property.Name) is not null)
            .Select(property => (property.Name.ToLowerInvariant(), typeof(Noun).GetNestedType(property.Name)!)) ?? [];
    }

    /// <summary>What else a handler wants in the query.</summary>
    private IEnumerable<string> Demanded() =>
        from one in handler?.GetParameters() ?? []
        where !route.RoutePattern.Parameters.Any(parameter => string.Equals(parameter.Name, one.Name, StringComparison.OrdinalIgnoreCase))
        where one.ParameterType.IsEnum || one.ParameterType == typeof(DateOnly)
        select $"{one.Name}={(one.ParameterType.IsEnum ? Enum.GetNames(one.ParameterType)[0] : "2026-11-23")}";

    private static IEnumerable<Type> InBody(Type type, HashSet<Type> seen)
    {
        foreach (var property in type.GetProperties().Where(_ => type.Assembly == typeof(StrongroomApp).Assembly))
        {
            var bare = property.PropertyType.IsGenericType && Examples.Noun(property.PropertyType) is null ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            if (Examples.Noun(bare) is { } noun) yield return noun;
            else if (seen.Add(bare))
                foreach (var below in InBody(bare, seen)) yield return below;
        }
    }
}
