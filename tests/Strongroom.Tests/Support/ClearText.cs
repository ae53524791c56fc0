using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Tests.Support;

/// <summary>Looks for a word in every value of every row of the database, as a thief of the disk would.</summary>
internal static class ClearText
{
    /// <returns>"table.column" of each column that holds the word in the clear.</returns>
    public static async Task<List<string>> ColumnsWith(StrongroomDb db, string canary)
    {
        var sought = Encoding.UTF8.GetBytes(canary);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetRelationalModel().Tables.Select(table => table.Name))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    var bytes = rows.GetValue(column) switch { byte[] raw => raw, var other => Encoding.UTF8.GetBytes(other.ToString()!) };
                    if (bytes.AsSpan().IndexOf(sought) >= 0) found.Add($"{table}.{rows.GetName(column)}");
                }
            }
        }
        return [.. found];
    }
}
