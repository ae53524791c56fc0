namespace Strongroom.Modules.Policies;

internal static class PoliciesModule
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder routes) => routes;
}
