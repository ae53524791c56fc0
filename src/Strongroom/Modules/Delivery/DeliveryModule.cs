namespace Strongroom.Modules.Delivery;

internal static class DeliveryModule
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapDelivery(this IEndpointRouteBuilder routes) => routes;
}
