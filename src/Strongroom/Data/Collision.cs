using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Strongroom.Data;

/// <summary>Why a save was turned down by the database, in words that are the same for both.</summary>
internal abstract record Collision
{
    /// <summary>A version moved, or two saves waited for each other: read again and decide again.</summary>
    public sealed record LostRace : Collision;

    /// <summary>An "only one" rule, by table and columns (SQLite names columns, not the index).</summary>
    public sealed record NotUnique(string Table, string Columns) : Collision;

    /// <summary>
    /// A number left its bounds (a CHECK): what it was counted from was read before another commit, and the number itself after it. A new look tells;
    /// where the bounds are broken again it is a bug and stays an exception.
    /// </summary>
    public sealed record OutOfBounds : Collision;

    /// <summary>A lock was not to be had in time.</summary>
    public sealed record TimedOut : Collision;

    public static Collision? Of(Exception broken, StrongroomDb db) => broken switch
    {
        DbUpdateConcurrencyException => new LostRace(),
        { InnerException: PostgresException postgres } => Of(postgres, db),
        { InnerException: SqliteException sqlite } => Of(sqlite),
        PostgresException postgres => Of(postgres, db),
        SqliteException sqlite => Of(sqlite),
        _ => null,
    };

    private static Collision? Of(PostgresException e, StrongroomDb db) => e.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => new NotUnique(e.TableName!, ColumnsOf(e.TableName!, e.ConstraintName!, db)),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => new LostRace(),
        PostgresErrorCodes.CheckViolation => new OutOfBounds(),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => new TimedOut(),
        _ => null,
    };

    // 275 is a CHECK, 2067 a unique index, 1555 a primary key: "UNIQUE constraint failed: visit.locker_id, visit.day_id".
    private static Collision? Of(SqliteException e) => e.SqliteExtendedErrorCode switch
    {
        275 => new OutOfBounds(),
        2067 or 1555 => Parse(e.Message),
        _ => e.SqliteErrorCode is 5 or 6 ? new TimedOut() : null,
    };

    private static NotUnique Parse(string message)
    {
        const string lead = "UNIQUE constraint failed: ";
        var from = message.IndexOf(lead, StringComparison.Ordinal) + lead.Length;
        var columns = message[from..message.IndexOf('\'', from)].Split(", ");
        return new(columns[0][..columns[0].IndexOf('.')], Join(columns.Select(column => column[(column.IndexOf('.') + 1)..])));
    }

    private static string ColumnsOf(string table, string constraint, StrongroomDb db)
    {
        var mapped = db.Model.GetRelationalModel().FindTable(table, null);
        var index = mapped?.Indexes.FirstOrDefault(index => index.Name == constraint);
        var key = mapped?.UniqueConstraints.FirstOrDefault(key => key.Name == constraint);
        return Join((index?.Columns ?? key?.Columns ?? []).Select(column => column.Name));
    }

    internal static string Join(IEnumerable<string> columns) => string.Join(',', columns.Order(StringComparer.Ordinal));
}

/// <summary>
/// The table (table, columns → refusal) of every "only one" rule, filled by the modules at start.
/// A collision that is not in it is a bug and stays an exception.
/// </summary>
public sealed record OnlyOne(string Table, string[] Columns, Func<Refusal> Refuse);

internal sealed class OnlyOneRules(IEnumerable<OnlyOne> rules)
{
    public IReadOnlyList<OnlyOne> All { get; } = [.. rules];

    public Refusal? For(Collision.NotUnique collision) =>
        All.FirstOrDefault(rule => rule.Table == collision.Table && Collision.Join(rule.Columns) == collision.Columns)?.Refuse();
}

public static class OnlyOneRegistration
{
    public static IServiceCollection AddOnlyOne(this IServiceCollection services, string table, string[] columns, Func<Refusal> refuse) =>
        services.AddSingleton(new OnlyOne(table, columns, refuse));
}
