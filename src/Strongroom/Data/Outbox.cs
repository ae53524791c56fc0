using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data;

/// <summary>How a relay takes messages, or whatever else goes out, of the outbox so that no two relays have the same.</summary>
internal static class Outbox
{
    /// <summary>
    /// Takes of a table of waiting things what is due at <paramref name="now"/> for itself until <paramref name="until"/>, oldest first. PostgreSQL skips rows that
    /// another relay is just taking; SQLite has one relay. A relay that dies leaves its messages due again when the lease ends.
    /// </summary>
    /// <param name="table">Has the columns id, version, state ('Waiting') and next_attempt_at; the name comes from the program and from nowhere else.</param>
    public static async Task<IReadOnlyList<Guid>> Take(StrongroomDb db, string table, DateTime now, DateTime until, int limit, CancellationToken cancel)
    {
        var skip = db.OneWriter ? "" : "FOR UPDATE SKIP LOCKED";
        // Materialised, because a planner that ran the inner query twice would take more than the limit.
        var taken = await db.Database.SqlQueryRaw<Guid>(
            $$"""
            WITH due AS MATERIALIZED (
                SELECT id FROM {{table}} WHERE state = 'Waiting' AND next_attempt_at <= {0} ORDER BY next_attempt_at, id LIMIT {1} {{skip}})
            UPDATE {{table}} SET next_attempt_at = {2}, version = version + 1 WHERE id IN (SELECT id FROM due) RETURNING id AS "Value"
            """,
            now, limit, until).ToListAsync(cancel);
        return [.. taken.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }
}
