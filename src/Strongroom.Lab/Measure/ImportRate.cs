using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Strongroom.Lab.Measure;

/// <summary>R5: the verb `import` into an empty copy of the bank, against COPY of the visits that it stored.</summary>
internal sealed class ImportRate(BenchBank bank, string cluster, string server, LargeRegister register)
{
    private readonly string template = new NpgsqlConnectionStringBuilder(bank.Connection).Database!;
    private int run;
    private string? last;

    /// <summary>The most memory that an import had, in bytes.</summary>
    public long Peak { get; private set; }

    /// <returns>Rows of all three files a second.</returns>
    public async Task<double> Import(CancellationToken cancel)
    {
        if (last is not null) await BenchBank.Execute(cluster, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(last).Database} WITH (FORCE)", cancel);
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_import_{++run}");
        NpgsqlConnection.ClearAllPools();
        await BenchBank.Execute(cluster, $"CREATE DATABASE {name} TEMPLATE {template}", cancel);
        var connection = new NpgsqlConnectionStringBuilder(cluster) { Database = name }.ToString();
        var start = new ProcessStartInfo("dotnet",
            [server, "import", register.Folder, "--data", bank.Data, "--ConnectionStrings:Strongroom", connection, "--environment", "Development", "--Logging:LogLevel:Default", "Warning"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(cancel);
        var complained = process.StandardError.ReadToEndAsync(cancel);
        using (var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200)))
        {
            while (!process.HasExited && await look.WaitForNextTickAsync(cancel))
            {
                process.Refresh();
                if (!process.HasExited) Peak = Math.Max(Peak, process.PeakWorkingSet64);
            }
        }
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (process.ExitCode != 0) throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await said}{await complained}");
        last = connection;
        return register.Rows / seconds;
    }

    /// <summary>
    /// COPY of the visits as the import stored them, into a table with the same columns, indexes and foreign keys: what the database alone needs for
    /// them, when nothing is read, matched, sealed or logged.
    /// </summary>
    public async Task<double> Copy(CancellationToken cancel)
    {
        if (last is null) throw new InvalidOperationException("There is nothing to copy before an import.");
        await BenchBank.Execute(last, "DROP TABLE IF EXISTS copied; CREATE TABLE copied (LIKE register_entry INCLUDING ALL)", cancel);
        await BenchBank.Execute(last, """
            DO $$ DECLARE rule text; BEGIN
              FOR rule IN SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'register_entry'::regclass AND contype = 'f' LOOP
                EXECUTE 'ALTER TABLE copied ADD ' || rule;
              END LOOP;
            END $$
            """, cancel);
        var rows = Path.Combine(register.Folder, "stored");
        await using var open = new NpgsqlConnection(last);
        await open.OpenAsync(cancel);
        await using (var from = await open.BeginRawBinaryCopyAsync("COPY register_entry TO STDOUT (FORMAT binary)", cancel))
        await using (var file = File.Create(rows)) await from.CopyToAsync(file, cancel);
        var began = Stopwatch.GetTimestamp();
        await using (var to = await open.BeginRawBinaryCopyAsync("COPY copied FROM STDIN (FORMAT binary)", cancel))
        await using (var file = File.OpenRead(rows)) await file.CopyToAsync(to, cancel);
        return register.VisitRows / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
