namespace Strongroom.Modules.Contact;

internal static class ContactModule
{
    public static IServiceCollection AddContact(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapContact(this IEndpointRouteBuilder routes) => routes;
}
