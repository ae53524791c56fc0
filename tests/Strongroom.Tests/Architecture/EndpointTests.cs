using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Strongroom.Tests.Architecture;

// The framework still calls its validation's look-up experimental; the promise that it found our records is worth more than that.
#pragma warning disable ASP0029

/// <summary>What the world can reach, walked endpoint by endpoint.</summary>
public sealed class EndpointTests(BuiltServer server) : IClassFixture<BuiltServer>
{
    private static readonly string Open = Repository.At("tests", "Strongroom.Tests", "Architecture", "open-endpoints.txt");

    [Fact]
    public void Every_address_is_a_route_that_authorization_sees() =>
        server.Endpoints.Where(endpoint => endpoint is not RouteEndpoint).Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();

    /// <summary>Addresses of the framework that name no policy: the fallback closes them to everyone, and we have no use for them.</summary>
    private static readonly string[] ClosedToAll = ["GET /_framework/opaque-redirect", "GET,HEAD /{**path:file}"];

    [Fact]
    public void Every_address_names_a_right_or_is_open_on_purpose() =>
        server.Routes.Where(route => !IsOpen(route) && Rights(route).Count == 0).Select(BuiltServer.Name).Except(ClosedToAll).ShouldBeEmpty();

    [Fact]
    public async Task What_names_no_right_is_closed_to_everyone()
    {
        var fallback = await server.App.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        var everyone = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity("test"));
        await using var scope = server.App.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(everyone, null, fallback!)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public void Addresses_that_are_open_to_anyone_are_those_on_the_list()
    {
        var files = server.Routes.Where(route => route.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null).ToHashSet();
        var open = server.Routes.Where(route => IsOpen(route) && !files.Contains(route)).Select(BuiltServer.Name).Distinct().Order(StringComparer.Ordinal);
        open.ShouldBe(File.ReadLines(Open).Where(line => line.Length > 0 && line[0] != '#').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_write_of_the_API_is_open_to_anyone_but_by_its_own_demand() =>
        server.Api.Where(route => IsOpen(route) && !BuiltServer.Name(route).StartsWith("GET", StringComparison.Ordinal)).Select(BuiltServer.Name)
            .Except(File.ReadLines(Open)).ShouldBeEmpty();

    [Fact]
    public void Every_endpoint_of_the_API_has_a_name_of_its_own_and_a_tag()
    {
        server.Api.Where(route => route.Metadata.GetMetadata<IEndpointNameMetadata>() is null).Select(BuiltServer.Name).ShouldBeEmpty();
        server.Api.Where(route => route.Metadata.GetMetadata<ITagsMetadata>() is not { Tags.Count: > 0 }).Select(BuiltServer.Name).ShouldBeEmpty();
        server.Api.GroupBy(route => route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_and_endpoint_answers_at_one_place() =>
        server.Routes.GroupBy(route => BuiltServer.Name(route)).Where(group => group.Count() > 1 && group.Select(route => route.Order).Distinct().Count() < group.Count())
            .Where(group => group.Any(route => route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)).Select(group => group.Key).ShouldBeEmpty();

    [Fact]
    public void Every_request_that_says_what_it_allows_is_public_and_checked_by_the_framework()
    {
        var options = server.App.Services.GetRequiredService<IOptions<ValidationOptions>>().Value;
        List<string> broken = [];
        var bodies = server.Api.Select(route => (Route: BuiltServer.Name(route), Body: route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)).Where(one => one.Body is not null);
        foreach (var (route, body) in bodies)
        {
            foreach (var type in Reached(body!, []))
            {
                if (!type.IsVisible) broken.Add($"{route}: {type.Name} is not public, so the framework would not check it");
                else if (HasAnnotations(type) && !options.TryGetValidatableTypeInfo(type, out _)) broken.Add($"{route}: {type.Name} has annotations and is not checked");
            }
        }
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_of_a_request_has_a_longest_length()
    {
        var broken =
            from route in server.Api
            let body = route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
            where body is not null
            from type in Reached(body, [])
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.PropertyType == typeof(string) && property.GetCustomAttribute<StringLengthAttribute>() is null
                && property.GetCustomAttribute<MaxLengthAttribute>() is null && property.GetCustomAttribute<LengthAttribute>() is null
                && property.GetCustomAttribute<AllowedValuesAttribute>() is null && property.GetCustomAttribute<RegularExpressionAttribute>() is null
            select $"{BuiltServer.Name(route)}: {type.Name}.{property.Name}";
        broken.Distinct().ShouldBeEmpty();
    }

    private static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static List<string> Rights(RouteEndpoint route) =>
        [.. route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>()];

    private static bool HasAnnotations(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(property => property.GetCustomAttributes<ValidationAttribute>(inherit: true).Any())
        || typeof(IValidatableObject).IsAssignableFrom(type);

    /// <summary>The body's type and every type of ours below it, through lists and dictionaries.</summary>
    private static HashSet<Type> Reached(Type type, HashSet<Type> seen)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.HasElementType) return Reached(bare.GetElementType()!, seen);
        if (bare.IsGenericType)
            foreach (var argument in bare.GetGenericArguments().Where(argument => argument.Assembly == typeof(StrongroomApp).Assembly && !argument.IsAbstract)) Reached(argument, seen);
        if (bare.Assembly != typeof(StrongroomApp).Assembly || bare.IsEnum || bare.IsValueType || !seen.Add(bare)) return seen;
        foreach (var property in bare.GetProperties(BindingFlags.Public | BindingFlags.Instance)) Reached(property.PropertyType, seen);
        return seen;
    }
}
