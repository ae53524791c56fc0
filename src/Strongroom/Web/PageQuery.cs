using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Primitives;

namespace Strongroom.Web;

/// <summary>
/// Reads what an address, or a form, asks of a page before the page is drawn. Blazor throws where a number or an id is none, as if something had broken here, and writes
/// what was asked into the log.
/// </summary>
internal static class PageQuery
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<(string Name, Type Type)>> Pages = new();

    /// <summary>After the doors: who may not see the page is told that, whatever they ask of it.</summary>
    public static void UsePageQuery(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (IsRead(http) && !await PostsZero(http)) await next(http);
        else http.Response.StatusCode = StatusCodes.Status400BadRequest;
    });

    // After the antiforgery middleware, which has read the form.
    private static async Task<bool> PostsZero(HttpContext http) =>
        http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && http.Request.HasFormContentType
        && (await http.Request.ReadFormAsync(http.RequestAborted)).Any(HasZero);

    // PostgreSQL keeps no text with a zero in it and breaks when asked for one; nobody types it, whatever the address is.
    private static bool HasZero(KeyValuePair<string, StringValues> pair) => pair.Value.Any(value => value?.Contains('\0') == true);

    private static bool IsRead(HttpContext http) =>
        !http.Request.Query.Any(HasZero)
        && (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { } page || Of(page.Type).All(asked => Reads(http.Request.Query[asked.Name], asked.Type)));

    /// <summary>What the page takes from its address.</summary>
    public static IReadOnlyList<(string Name, Type Type)> Of(Type page) => Pages.GetOrAdd(page, static page =>
    [
        .. from property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
           let query = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
           where query is not null
           select (query.Name ?? property.Name, property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType),
    ]);

    private static bool Reads(StringValues values, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type);
        return values.All(value => (string.IsNullOrEmpty(value) && bare is not null) || IsA(bare ?? type, value));
    }

    private static bool IsA(Type type, string? value) =>
        type == typeof(string)
        || (type == typeof(Guid) ? Guid.TryParse(value, CultureInfo.InvariantCulture, out _)
            : type == typeof(int) ? int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            : type == typeof(bool) ? bool.TryParse(value, out _)
            : throw new InvalidOperationException($"A page reads a {type.Name} from its address: say here how."));
}
