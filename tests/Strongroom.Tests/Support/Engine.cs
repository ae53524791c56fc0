using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Strongroom.Data;

namespace Strongroom.Tests.Support;

/// <summary>One of the two databases. Every data test runs on both: an abstract class of tests, and two empty classes that name the engine.</summary>
public interface IEngine
{
    /// <summary>A connection string to a migrated, empty database of its own.</summary>
    static abstract Task<string> NewDatabase(string folder);

    /// <summary>The database is done with. What pools still hold of it is let go, for the next ones need connections, too.</summary>
    static abstract Task Drop(string connection);

    /// <summary>The database from outside, past every server that works with it.</summary>
    static abstract StrongroomDb Open(string connection);
}

public sealed class Sqlite : IEngine
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);

    public static async Task<string> NewDatabase(string folder)
    {
        var file = Path.Combine(folder, "strongroom.db");
        File.Copy(await Template.Value, file);
        return $"Data Source={file}";
    }

    /// <summary>The file goes with its folder.</summary>
    public static Task Drop(string connection)
    {
        using var pooled = new SqliteConnection(connection);
        SqliteConnection.ClearPool(pooled);
        return Task.CompletedTask;
    }

    public static StrongroomDb Open(string connection)
    {
        var options = new DbContextOptionsBuilder<SqliteDb>();
        DataModule.Sqlite(options, connection);
        return new SqliteDb(options.Options);
    }

    private static async Task<string> MakeTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("strongroom-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var file = Path.Combine(folder, "template.db");
        var connection = $"Data Source={file};Pooling=False";
        await Schema.Migrate(new Settings(folder, folder, connection, null, null), DateTime.UnixEpoch, default);
        // One plain file to copy: no write-ahead log beside it.
        await using (var open = new SqliteConnection(connection))
        {
            await open.OpenAsync();
            await using var checkpoint = open.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
            await checkpoint.ExecuteNonQueryAsync();
        }
        return file;
    }
}

public sealed class Postgres : IEngine
{
    private const string Server = "STRONGROOM_TEST_POSTGRES";
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);
    private static int made;

    public static async Task<string> NewDatabase(string folder)
    {
        var name = $"{await Template.Value}_{Interlocked.Increment(ref made)}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {await Template.Value}");
        return To(name);
    }

    public static Task Drop(string connection) => Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public static StrongroomDb Open(string connection)
    {
        var options = new DbContextOptionsBuilder<PostgresDb>();
        DataModule.Postgres(options, connection);
        return new PostgresDb(options.Options);
    }

    private static string Maintenance => Environment.GetEnvironmentVariable(Server)
        ?? throw new InvalidOperationException($"{Server} is not set: run the tests by ./test, which starts a PostgreSQL.");

    private static async Task<string> MakeTemplate()
    {
        var name = $"t{Environment.ProcessId}";
        await Execute($"DROP DATABASE IF EXISTS {name}");
        await Execute($"CREATE DATABASE {name}");
        await Schema.Migrate(new Settings("", "", To(name), null, null), DateTime.UnixEpoch, default);
        NpgsqlConnection.ClearAllPools();
        return name;
    }

    private static string To(string database) =>
        new NpgsqlConnectionStringBuilder(Maintenance) { Database = database, MaxPoolSize = 20, IncludeErrorDetail = true }.ToString();

    private static async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Maintenance);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A role of the server's own, as a bank has it: no table is its own, so grants and row-level security hold for it.</summary>
    internal static async Task<string> NewDatabaseForTheServersRole(string folder)
    {
        var database = await NewDatabase(folder);
        var role = await Role.Value;
        var servers = new NpgsqlConnectionStringBuilder(database) { Username = role, Password = RolePassword }.ToString();
        await Schema.Migrate(new Settings("", "", servers, database, null), DateTime.UnixEpoch, default);
        return servers;
    }

    private const string RolePassword = "a-long-one-for-a-test";
    private static readonly Lazy<Task<string>> Role = new(async () =>
    {
        var role = $"server{Environment.ProcessId}";
        await Execute($"DROP ROLE IF EXISTS {role}");
        await Execute($"CREATE ROLE {role} LOGIN PASSWORD '{RolePassword}'");
        return role;
    });
}

/// <summary>PostgreSQL as a bank sets it up: the server's role is not the owner of its tables.</summary>
public sealed class PostgresByRole : IEngine
{
    public static Task<string> NewDatabase(string folder) => Postgres.NewDatabaseForTheServersRole(folder);

    public static Task Drop(string connection) => Postgres.Drop(connection);

    public static StrongroomDb Open(string connection) => Postgres.Open(connection);
}
