namespace Strongroom.Data;

/// <summary>
/// Triggers that refuse to change what was written to the log, to decisions, approvals and policies. Made anew at each migration and asserted at start,
/// because a rebuilt SQLite table loses its triggers.
/// </summary>
internal static class AppendOnly
{
    public static readonly string[] Tables =
    [
        "audit_event", "audit_subject", "audit_disclosure", "audit_leaf", "audit_tile", "audit_checkpoint", "audit_cosignature", "audit_log_key",
        "access_decision", "visit_correction", "policy_version", "approval_request", "approval_subject", "approval_event",
        "death", "death_reversal", "recertification", "file_taken",
        "approval_delegation", "approval_delegation_event", "emergency", "emergency_event",
    ];

    private static readonly string[] Verbs = ["update", "delete"];

    public static string Sqlite() => string.Concat(Tables.SelectMany(table => Verbs.Select(verb => $"""
        CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.ToUpperInvariant()} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;

        """)));

    public static string Postgres() => """
        CREATE OR REPLACE FUNCTION strongroom_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

        """ + string.Concat(Tables.Select(table => $"""
        CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION strongroom_append_only();

        """));

    public static string CountSqlite() =>
        $"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({Quoted()}) AND sql LIKE '%append-only%'";

    public static string CountPostgres() =>
        $"SELECT count(*)::int AS \"Value\" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relname IN ({Quoted()}) AND t.tgname LIKE '%append_only' AND t.tgenabled <> 'D'";

    public static int Expected(bool postgres) => Tables.Length * (postgres ? 1 : 2);

    private static string Quoted() => string.Join(", ", Tables.Select(table => $"'{table}'"));
}
