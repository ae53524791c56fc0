using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Access;

internal static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddPolicy<AccessPolicy>();

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes) => routes;
}
