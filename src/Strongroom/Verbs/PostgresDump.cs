using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Strongroom.Data;

namespace Strongroom.Verbs;

/// <summary>PostgreSQL is copied by its own tool: one consistent snapshot, readable by every later version.</summary>
internal static class PostgresDump
{
    /// <summary>Null when the dump was written, else what to do.</summary>
    public static async Task<string?> Write(Settings settings, string file, CancellationToken cancel)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.OwnerConnectionString ?? settings.ConnectionString);
        var start = new ProcessStartInfo("pg_dump") { RedirectStandardError = true };
        string[] arguments =
        [
            // Without it a role that does not own the tables is refused; with nobody's fence up it sees every row.
            "--format=custom", "--no-owner", "--no-password", "--enable-row-security",
            "--host", connection.Host!, "--port", connection.Port.ToString(CultureInfo.InvariantCulture),
            "--username", connection.Username ?? "", "--dbname", connection.Database ?? "", "--file", file,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (connection.Password is { } password) start.Environment["PGPASSWORD"] = password;
        if (connection.Passfile is { } passfile) start.Environment["PGPASSFILE"] = passfile;

        try
        {
            using var dump = Process.Start(start)!;
            var said = await dump.StandardError.ReadToEndAsync(cancel);
            await dump.WaitForExitAsync(cancel);
            return dump.ExitCode == 0 ? null : $"pg_dump ended with code {dump.ExitCode}: {said.Trim()}";
        }
        catch (Win32Exception)
        {
            // The last argument names our own unfinished folder.
            return "pg_dump is not installed here. On a machine that has it, run:\n  pg_dump "
                + string.Join(' ', arguments[..^1]) + " strongroom.dump\nand copy the keys and the blobs' folder yourself.";
        }
    }
}
