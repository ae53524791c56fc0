using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Strongroom.Data;

/// <summary>Brings a database to this program's schema, and tells whether it is there.</summary>
internal static class Schema
{
    /// <summary>Migrates with the owner's connection (PostgreSQL) or the file's (SQLite, copied beside itself before it is changed).</summary>
    public static async Task Migrate(Settings settings, DateTime now, CancellationToken cancel)
    {
        if (settings.IsPostgres) await MigratePostgres(settings, cancel);
        else await MigrateSqlite(settings, now, cancel);
    }

    /// <summary>What keeps the server from starting, in words with the mend; null when the schema is right.</summary>
    public static async Task<string?> Problem(StrongroomDb db, CancellationToken cancel)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (pending.Count > 0) return $"The database lacks {pending.Count} migration(s), the first is {pending[0]}. Run `migrate`.";
        var triggers = await db.Database.SqlQueryRaw<int>(db.OneWriter ? AppendOnly.CountSqlite() : AppendOnly.CountPostgres()).SingleAsync(cancel);
        return triggers < AppendOnly.Expected(postgres: !db.OneWriter)
            ? $"The log's append-only triggers are missing ({triggers} of {AppendOnly.Expected(!db.OneWriter)}). Find out who removed them, then run `migrate`."
            : null;
    }

    private static async Task MigrateSqlite(Settings settings, DateTime now, CancellationToken cancel)
    {
        var options = new DbContextOptionsBuilder<SqliteDb>();
        DataModule.Sqlite(options, settings.ConnectionString);
        await using var db = new SqliteDb(options.Options);
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (File.Exists(file) && (await db.Database.GetPendingMigrationsAsync(cancel)).Any())
            await Backup.CopySqlite(settings.ConnectionString, $"{file}.before-{now:yyyyMMddHHmmss}", cancel);
        await db.Database.MigrateAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancel);
        await db.Database.ExecuteSqlRawAsync(AppendOnly.Sqlite(), cancel);
    }

    private static async Task MigratePostgres(Settings settings, CancellationToken cancel)
    {
        var options = new DbContextOptionsBuilder<PostgresDb>();
        DataModule.Postgres(options, settings.OwnerConnectionString ?? settings.ConnectionString);
        await using var db = new PostgresDb(options.Options);
        await db.Database.MigrateAsync(cancel);
        await db.Database.ExecuteSqlRawAsync(AppendOnly.Postgres(), cancel);
        await db.Database.ExecuteSqlRawAsync(Fence.Sql(), cancel);
        var app = new NpgsqlConnectionStringBuilder(settings.ConnectionString).Username;
        var owner = settings.OwnerConnectionString is { } own ? new NpgsqlConnectionStringBuilder(own).Username : app;
        if (app != owner) await db.Database.ExecuteSqlRawAsync(Grants(app!), cancel);
    }

    /// <summary>The server's role works on rows; it cannot alter tables, and of the log's tables it can only read and insert.</summary>
    private static string Grants(string role)
    {
        var quoted = "\"" + role.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        return $"""
            GRANT USAGE ON SCHEMA public TO {quoted};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted};
            REVOKE INSERT, UPDATE, DELETE ON schema_history FROM {quoted};
            REVOKE UPDATE, DELETE ON {string.Join(", ", AppendOnly.Tables)} FROM {quoted};
            """.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
    }
}
