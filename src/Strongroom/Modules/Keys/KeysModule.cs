namespace Strongroom.Modules.Keys;

internal static class KeysModule
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder routes) => routes;
}
