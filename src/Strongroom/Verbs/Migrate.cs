using System.CommandLine;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Verbs;

internal static class Migrate
{
    public static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        var settings = app.Services.GetRequiredService<Settings>();
        Directory.CreateDirectory(settings.DataDirectory);
        await Schema.Migrate(settings, app.Services.GetRequiredService<TimeProvider>().UtcNow(), cancel);
        await parsed.Output().WriteLineAsync("The database is at this version.");

        // After the schema: whether this is a new bank, the rows say.
        if (KeyRing.Exists(settings.KeysFolder)) return 0;
        if (await Opening.HasSealedRows(app, cancel))
        {
            await parsed.Error().WriteLineAsync($"There are no keys in {settings.KeysFolder}, and this bank has sealed data. Restore its own keys: new ones open nothing.");
            return 1;
        }
        KeyRing.Create(settings.KeysFolder);
        await parsed.Output().WriteLineAsync($"New keys were made in {settings.KeysFolder}. Keep a copy apart from the backups: without them the sealed data is lost.");
        return 0;
    }
}
