using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Exchange.Contracts;
using Strongroom.Modules.Exchange.Merging;
using Strongroom.Web;

namespace Strongroom.Modules.Exchange;

internal static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddScoped<Importer>().AddScoped<StartImport>().AddScoped<ReadImports>().AddScoped<ReadWarnings>().AddScoped<SettleWarnings>()
        .AddScoped<MergePersons>().AddScoped<ReadMerge>()
        .AddOnlyOne("person_merge", ["goes"], () => new MergedAlready())
        .AddOnlyOne("settled_warning", ["file", "line", "number"], () => new WarningSettledAlready())
        .AddSingleton<ImportFolders>().AddSingleton<ImportBell>()
        .AddSingleton<ImportWorker>().AddHostedService(root => root.GetRequiredService<ImportWorker>())
        .AddSingleton(new NavigationEntry(Face.Office, "Imports", "/office/imports", ExchangeRights.Import, 60));

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports").RequireAuthorization(ExchangeRights.Import);
        imports.MapGet("/", async (ReadImports read, CancellationToken cancel) => TypedResults.Ok(await read.All(cancel))).WithName("ListImports");
        imports.MapGet("/{id}", async (ImportId id, ReadImports read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).AnswerFound(http, "import")).WithName("ReadImport");
        var warnings = api.MapGroup("").WithTags("Imports").RequireAuthorization(ExchangeRights.Settle);
        warnings.MapGet("/branches/{id}/import-warnings", async (BranchId id, string? file, string? column, int? page, ReadWarnings read, HttpContext http, CancellationToken cancel) =>
            (await read.Open(id, file, column, (Math.Clamp(page ?? 1, 1, 1_000_000) - 1) * ReadWarnings.PageSize, cancel)).AnswerFound(http, "branch")).WithName("ListImportWarnings");
        warnings.MapPost("/import-warnings/settle", async (SettleWarningsRequest request, SettleWarnings slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).WithName("SettleImportWarnings");
        var merges = api.MapGroup("/person-merges").WithTags("Customers").RequireAuthorization(ExchangeRights.Merge);
        merges.MapPost("/", async (AskMergeRequest request, MergePersons slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(request, cancel)).Answer(http)).WithName("AskMergeOfPersons");
        merges.MapPost("/{id}/carry-out", async (MergeId id, MergePersons slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("MergePersons");
        return api;
    }
}
