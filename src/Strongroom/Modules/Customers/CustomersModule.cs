namespace Strongroom.Modules.Customers;

internal static class CustomersModule
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes) => routes;
}
