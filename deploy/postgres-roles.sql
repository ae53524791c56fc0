-- Once, as a superuser:  psql -d postgres -f postgres-roles.sql
-- Two roles: the owner migrates, the server works. The server's role is never a member of the owner's.
-- Passwords are not written here: \password strongroom_owner and \password strongroom_app ask for them.
\set ON_ERROR_STOP on

SELECT 'CREATE ROLE strongroom_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'strongroom_owner') \gexec
SELECT 'CREATE ROLE strongroom_app LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'strongroom_app') \gexec
ALTER ROLE strongroom_owner NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE strongroom_app NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- A forgotten transaction would hold its locks for ever.
ALTER ROLE strongroom_app SET idle_in_transaction_session_timeout = '60s';

SELECT 'CREATE DATABASE strongroom OWNER strongroom_owner ENCODING ''UTF8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'strongroom') \gexec
REVOKE ALL ON DATABASE strongroom FROM PUBLIC;
GRANT CONNECT ON DATABASE strongroom TO strongroom_app;

\connect strongroom
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO strongroom_app;
-- A table that somebody makes outside `migrate` can be read and added to, not changed. `migrate` itself gives the server's role what
-- each table needs: rows may be changed everywhere but in the log, which can only be read and added to.
ALTER DEFAULT PRIVILEGES FOR ROLE strongroom_owner IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO strongroom_app;
ALTER DEFAULT PRIVILEGES FOR ROLE strongroom_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO strongroom_app;
