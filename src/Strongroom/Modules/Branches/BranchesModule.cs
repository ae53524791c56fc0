namespace Strongroom.Modules.Branches;

internal static class BranchesModule
{
    public static IServiceCollection AddBranches(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapBranches(this IEndpointRouteBuilder routes) => routes;
}
