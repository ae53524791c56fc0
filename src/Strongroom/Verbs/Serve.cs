using System.CommandLine;
using Strongroom.Data;
using Strongroom.Web;

namespace Strongroom.Verbs;

internal static class Serve
{
    public static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = StrongroomApp.Build(parsed.Rest());
        if (await Opening.Prepare(app, cancel) is { Count: > 0 } problems)
        {
            await parsed.Error().WriteLineAsync("The server does not start:");
            foreach (var problem in problems) await parsed.Error().WriteLineAsync($"- {problem}");
            return 1;
        }
        if (app.Environment.IsProduction())
            foreach (var warning in Production.Warnings(app.Services.GetRequiredService<Settings>()))
                app.Logger.LogWarning("{Warning}", warning);
        await app.RunAsync(cancel);
        return 0;
    }
}
