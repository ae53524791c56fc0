using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data;

/// <summary>How a relay takes messages out of the outbox so that no two relays have the same.</summary>
internal static class Outbox
{
    /// <summary>
    /// Takes what is due at <paramref name="now"/> for itself until <paramref name="until"/>, oldest first. PostgreSQL skips rows that
    /// another relay is just taking; SQLite has one relay. A relay that dies leaves its messages due again when the lease ends.
    /// </summary>
    public static async Task<IReadOnlyList<MessageId>> Take(StrongroomDb db, DateTime now, DateTime until, int limit, CancellationToken cancel)
    {
        var skip = db.OneWriter ? "" : "FOR UPDATE SKIP LOCKED";
        // Materialised, because a planner that ran the inner query twice would take more than the limit.
        var taken = await db.Database.SqlQueryRaw<Guid>(
            $$"""
            WITH due AS MATERIALIZED (
                SELECT id FROM message WHERE state = 'Waiting' AND next_attempt_at <= {0} ORDER BY next_attempt_at, id LIMIT {1} {{skip}})
            UPDATE message SET next_attempt_at = {2}, version = version + 1 WHERE id IN (SELECT id FROM due) RETURNING id AS "Value"
            """,
            now, limit, until).ToListAsync(cancel);
        return [.. taken.Select(id => new MessageId(id)).OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }
}
