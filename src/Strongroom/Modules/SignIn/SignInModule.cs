namespace Strongroom.Modules.SignIn;

internal static class SignInModule
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes) => routes;
}
