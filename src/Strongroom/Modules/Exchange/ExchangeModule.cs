using Strongroom.Web;

namespace Strongroom.Modules.Exchange;

internal static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddScoped<Importer>().AddScoped<StartImport>().AddScoped<ReadImports>()
        .AddSingleton<ImportFolders>().AddSingleton<ImportBell>()
        .AddSingleton<ImportWorker>().AddHostedService(root => root.GetRequiredService<ImportWorker>())
        .AddSingleton(new NavigationEntry(Face.Office, "Imports", "/office/imports", ExchangeRights.Import, 60));

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports").RequireAuthorization(ExchangeRights.Import);
        imports.MapGet("/", async (ReadImports read, CancellationToken cancel) => TypedResults.Ok(await read.All(cancel))).WithName("ListImports");
        imports.MapGet("/{id}", async (ImportId id, ReadImports read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).AnswerFound(http, "import")).WithName("ReadImport");
        return api;
    }
}
