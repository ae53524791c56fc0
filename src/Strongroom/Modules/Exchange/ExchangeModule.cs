namespace Strongroom.Modules.Exchange;

internal static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddScoped<Importer>();

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder api) => api;
}
