using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Strongroom.Lab.Measure;

/// <summary>PostgreSQL's own load generator.</summary>
internal static partial class PgBench
{
    public static async Task<double> PerSecond(string connection, int clients, TimeSpan time, params string[] options)
    {
        var said = await Run(connection,
            ["-n", "-c", Number(clients), "-j", "2", "-T", Number((int)time.TotalSeconds), .. options]);
        return double.Parse(Tps().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public static Task<string> Fill(string connection, int scale) => Run(connection, ["-i", "-q", "-s", Number(scale)]);

    private static async Task<string> Run(string connection, string[] options)
    {
        var server = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo("pgbench") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["-h", server.Host!, "-p", Number(server.Port), "-U", server.Username!, .. options, server.Database!];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"pgbench: {await error}");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
