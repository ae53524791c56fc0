using System.CommandLine;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;

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
        if (!KeyRing.Exists(settings.KeysFolder) && await MakeKeyRing(parsed, app, settings, cancel) is not 0 and var trouble) return trouble;
        if (LogKeys.Exist(settings.KeysFolder)) return 0;
        if (await Opening.HasLog(app, cancel))
        {
            await parsed.Error().WriteLineAsync($"There is no log key in {settings.KeysFolder}, and this bank has a log. Restore its own key, log-1.key: another would be another log.");
            return 1;
        }
        var key = LogKeys.Create(settings.KeysFolder, LogKeys.OriginOf(app.Configuration));
        await parsed.Output().WriteLineAsync($"A key for the log was made. Give this line to your auditors, on paper:\n{key}");
        return 0;
    }

    private static async Task<int> MakeKeyRing(ParseResult parsed, WebApplication app, Settings settings, CancellationToken cancel)
    {
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
