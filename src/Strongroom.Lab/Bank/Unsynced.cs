using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Strongroom.Lab.Bank;

/// <summary>After the server's own pragmas: the disk is not waited for. Thousands of small commits are then as quick as the processor.</summary>
internal sealed class Unsynced : DbConnectionInterceptor
{
    public static readonly Unsynced Instance = new();

    private const string Pragma = "PRAGMA synchronous=OFF;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
