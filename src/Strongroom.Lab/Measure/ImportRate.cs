using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Strongroom.Lab.Measure;

/// <summary>R5: the verb `import` into an empty copy of the bank, against COPY of the same lines, unread, into tables without a rule or an index.</summary>
internal sealed class ImportRate(BenchBank bank, string cluster, string server, LargeRegister register)
{
    private readonly string template = new NpgsqlConnectionStringBuilder(bank.Connection).Database!;
    private int run;

    /// <summary>The most memory that an import had, in bytes.</summary>
    public long Peak { get; private set; }

    /// <returns>Rows of all three files a second.</returns>
    public async Task<double> Import(CancellationToken cancel)
    {
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
        await BenchBank.Execute(cluster, $"DROP DATABASE {name}", cancel);
        return register.Rows / seconds;
    }

    public async Task<double> Copy(CancellationToken cancel)
    {
        await using var open = new NpgsqlConnection(bank.ConnectionForScripts);
        await open.OpenAsync(cancel);
        var seconds = 0.0;
        foreach (var file in new[] { register.Lockers, register.Hirers, register.Visits })
        {
            using var reader = new StreamReader(file);
            var columns = string.Join(", ", (await reader.ReadLineAsync(cancel))!.Split(',').Select((_, at) => $"c{at} text"));
            await BenchBank.Execute(bank.ConnectionForScripts, $"DROP TABLE IF EXISTS copied; CREATE TABLE copied ({columns})", cancel);
            var began = Stopwatch.GetTimestamp();
            await using (var copy = await open.BeginTextImportAsync("COPY copied FROM STDIN (FORMAT csv)", cancel))
            {
                var buffer = new char[1 << 16];
                for (int read; (read = await reader.ReadAsync(buffer, cancel)) > 0;) await copy.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        await BenchBank.Execute(bank.ConnectionForScripts, "DROP TABLE copied", cancel);
        return register.Rows / seconds;
    }
}
