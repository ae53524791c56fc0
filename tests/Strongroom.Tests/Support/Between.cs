using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Strongroom.Tests.Support;

/// <summary>Lets something happen right after a query was answered, once: the moment between reading and deciding.</summary>
public sealed class Between : DbCommandInterceptor
{
    private (string Sql, Func<Task> What)? next;

    /// <param name="sql">A part of the query's text, without quotation marks.</param>
    public void After(string sql, Func<Task> what) => next = (sql, what);

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (next is not { } one || !command.CommandText.Replace("\"", "", StringComparison.Ordinal).Contains(one.Sql, StringComparison.OrdinalIgnoreCase)) return result;
        next = null;
        await one.What();
        return result;
    }
}
