using System.CommandLine;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Strongroom.Web;

namespace Strongroom.Verbs;

internal static class WriteOpenApi
{
    public static readonly Option<string?> To = new("--to") { Description = "The file to write; without it the standard output." };

    public static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        // Shows the routes to the description without opening a port.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApi.Document).GetOpenApiDocumentAsync(cancel);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel);
        if (parsed.GetValue(To) is { } file) await File.WriteAllTextAsync(file, json + "\n", cancel);
        else await parsed.Output().WriteLineAsync(json.AsMemory(), cancel);
        return 0;
    }
}
