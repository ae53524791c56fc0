using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Web;

namespace Strongroom.Verbs;

/// <summary>What happens before the doors open: the schema is brought up or found right, keys are there, and Production's demands are met.</summary>
internal static class Opening
{
    /// <summary>What keeps the server from starting, in words with the mend; empty when it may.</summary>
    public static async Task<IReadOnlyList<string>> Prepare(WebApplication app, CancellationToken cancel)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        var production = app.Environment.IsProduction();
        if (!production && !KeyRing.Exists(settings.KeysFolder) && IsNew(settings)) KeyRing.Create(settings.KeysFolder);
        if (production && Production.Problems(app.Services) is { Count: > 0 } demands) return [.. demands.Select(demand => demand.ToString())];

        try
        {
            app.Services.GetRequiredService<KeyRing>();
            if (!settings.IsPostgres) await Schema.Migrate(settings, app.Services.GetRequiredService<TimeProvider>().UtcNow(), cancel);
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
            if (await Soundness.Unreachable(db, cancel) is { } why) return [$"The database does not answer: {why}"];
            if (await Schema.Problem(db, cancel) is { } wrong) return [wrong];
            if (!production && !LogKeys.Exist(settings.KeysFolder) && !await LogKeys.HasLog(db, cancel)) LogKeys.Create(settings.KeysFolder, LogKeys.OriginOf(app.Configuration));
            return production ? [.. (await Production.ProblemsInDatabase(db, cancel)).Select(demand => demand.ToString())] : [];
        }
        catch (KeyRingException closed)
        {
            return [closed.Message];
        }
    }

    public static async Task<bool> HasSealedRows(WebApplication app, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StrongroomDb>().Set<PersonKey>().AnyAsync(cancel);
    }

    public static async Task<bool> HasLog(WebApplication app, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await LogKeys.HasLog(scope.ServiceProvider.GetRequiredService<StrongroomDb>(), cancel);
    }

    // A data directory that has a database but no keys has lost them; making new ones would hide that.
    private static bool IsNew(Settings settings) => !settings.IsPostgres
        && !File.Exists(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(settings.ConnectionString).DataSource);
}
