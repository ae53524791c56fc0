using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Strongroom.Tests.Architecture;

/// <summary>The server put together but not started: its routes and services can be looked at, it has neither keys nor a database.</summary>
public sealed class BuiltServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-built-").FullName;

    public BuiltServer()
    {
        App = StrongroomApp.Build(["--environment", "Development", "--data", folder, "--Logging:LogLevel:Default", "Warning"]);
        App.UseEndpoints(_ => { });
        Endpoints = App.Services.GetRequiredService<EndpointDataSource>().Endpoints;
    }

    public WebApplication App { get; }

    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints { get; }

    public IEnumerable<RouteEndpoint> Routes => Endpoints.OfType<RouteEndpoint>();

    public IEnumerable<RouteEndpoint> Api => Routes.Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal));

    /// <summary>"POST /api/v1/visits/{id}/admit".</summary>
    public static string Name(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        return $"{string.Join(',', methods)} /{route.RoutePattern.RawText!.TrimStart('/')}".Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
