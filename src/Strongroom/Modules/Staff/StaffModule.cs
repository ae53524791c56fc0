namespace Strongroom.Modules.Staff;

internal static class StaffModule
{
    public static IServiceCollection AddStaff(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapStaff(this IEndpointRouteBuilder routes) => routes;
}
