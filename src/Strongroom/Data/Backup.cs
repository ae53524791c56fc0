using Microsoft.Data.Sqlite;

namespace Strongroom.Data;

internal static class Backup
{
    /// <summary>A consistent copy of a live SQLite file by the engine's own online backup.</summary>
    public static async Task CopySqlite(string connectionString, string target, CancellationToken cancel)
    {
        await using var source = new SqliteConnection(connectionString);
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString());
        await source.OpenAsync(cancel);
        await copy.OpenAsync(cancel);
        source.BackupDatabase(copy);
    }
}
