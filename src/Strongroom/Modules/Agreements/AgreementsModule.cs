namespace Strongroom.Modules.Agreements;

internal static class AgreementsModule
{
    public static IServiceCollection AddAgreements(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapAgreements(this IEndpointRouteBuilder routes) => routes;
}
