-- After every migration, as the owner:  psql -U strongroom_owner -d strongroom -f postgres-grants.sql
-- Plain SQL that may run as often as one likes: it ends in the same rights whatever they were before.
DO $$
DECLARE
    -- What is only ever appended to. audit_pending is not here: the sequencer takes away what it has put into the tree.
    append_only CONSTANT text[] := ARRAY['audit_event', 'audit_subject', 'audit_disclosure'];
    -- What the server only looks at, to refuse an old schema.
    read_only CONSTANT text[] := ARRAY['__EFMigrationsHistory'];
    item record;
BEGIN
    -- Partitions get no rights of their own: a row goes through the parent, whose rights count.
    FOR item IN
        SELECT c.relname, c.relispartition FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE public.%I FROM strongroom_app', item.relname);
        IF item.relispartition THEN
            CONTINUE;
        END IF;
        EXECUTE format('GRANT %s ON TABLE public.%I TO strongroom_app',
            CASE
                WHEN item.relname = ANY (read_only) THEN 'SELECT'
                WHEN item.relname = ANY (append_only) THEN 'SELECT, INSERT'
                ELSE 'SELECT, INSERT, UPDATE, DELETE'
            END, item.relname);
    END LOOP;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO strongroom_app;
END
$$;
