using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit;

namespace Strongroom.Data;

/// <summary>Questions that `doctor` and the start-up checks put to the database.</summary>
internal static class Soundness
{
    /// <summary>How far the database server's clock is ahead of ours; null where it has none of its own (SQLite).</summary>
    public static async Task<TimeSpan?> ClockAhead(StrongroomDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (db.OneWriter) return null;
        var before = clock.GetUtcNow();
        var theirs = await db.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'UTC' AS \"Value\"").SingleAsync(cancel);
        var middle = before + (clock.GetUtcNow() - before) / 2;
        return DateTime.SpecifyKind(theirs, DateTimeKind.Utc) - middle.UtcDateTime;
    }

    public static Task<DateTime?> NewestEvent(StrongroomDb db, CancellationToken cancel) =>
        db.Set<AuditEvent>().AsNoTracking().OrderByDescending(row => row.Id).Select(row => (DateTime?)row.At).FirstOrDefaultAsync(cancel);

    /// <summary>One row for each version of the bank's key that anything of a person is wrapped with.</summary>
    public static async Task<IReadOnlyList<PersonKey>> OneOfEachKekVersion(StrongroomDb db, CancellationToken cancel)
    {
        var versions = await db.Set<PersonKey>().Select(row => row.KekVersion).Distinct().ToListAsync(cancel);
        List<PersonKey> rows = [];
        foreach (var version in versions.Order())
            rows.Add(await db.Set<PersonKey>().AsNoTracking().FirstAsync(row => row.KekVersion == version, cancel));
        return rows;
    }

    /// <summary>Data Protection keys that anyone who reads the database could use.</summary>
    public static Task<int> ReadableKeys(StrongroomDb db, CancellationToken cancel) =>
        db.DataProtectionKeys.CountAsync(row => row.Xml == null || !row.Xml.Contains("encryptedSecret"), cancel);

    /// <summary>Since when SQLite's migration lock is held; null when it is free. A process that died while migrating leaves it for ever.</summary>
    public static async Task<DateTime?> MigrationLockedSince(StrongroomDb db, CancellationToken cancel)
    {
        if (!db.OneWriter) return null;
        const string there = "SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (await db.Database.SqlQueryRaw<int>(there).SingleAsync(cancel) == 0) return null;
        var stamp = await db.Database.SqlQueryRaw<string>("SELECT \"Timestamp\" AS \"Value\" FROM \"__EFMigrationsLock\"").FirstOrDefaultAsync(cancel);
        return stamp is null ? null : DateTime.Parse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
    }

    /// <summary>Which tables show the server's own role everything, fenced or not: it owns them, or nobody has run `migrate` since. Always empty on SQLite, which has no fence.</summary>
    public static async Task<IReadOnlyList<string>> TablesWithoutFence(StrongroomDb db, CancellationToken cancel)
    {
        if (db.OneWriter) return [];
        List<string> open = [];
        foreach (var table in Fence.Tables.Keys)
        {
            if (!await db.Database.SqlQueryRaw<bool>("SELECT row_security_active({0}) AS \"Value\"", table).SingleAsync(cancel)) open.Add(table);
        }
        return open;
    }

    /// <summary>Which append-only tables the server's own role could change, against the grants that `migrate` gives. Always empty on SQLite, which has no roles.</summary>
    public static async Task<IReadOnlyList<string>> LogTablesOpenToUs(StrongroomDb db, CancellationToken cancel)
    {
        if (db.OneWriter) return [];
        List<string> open = [];
        foreach (var table in AppendOnly.Tables)
        {
            var may = await db.Database.SqlQueryRaw<bool>(
                "SELECT has_table_privilege(current_user, {0}, 'UPDATE') OR has_table_privilege(current_user, {0}, 'DELETE') AS \"Value\"", table).SingleAsync(cancel);
            if (may) open.Add(table);
        }
        return open;
    }

    public static async Task<string?> Unreachable(StrongroomDb db, CancellationToken cancel)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancel);
            await db.Database.CloseConnectionAsync();
            return null;
        }
        catch (DbException closed)
        {
            return closed.Message;
        }
    }
}
