using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Strongroom.Lab.Measure;

/// <summary>The real server as a process of its own on a free port of this machine. It can be killed as a power cut would kill it.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Returns when /health/ready answers 200.</summary>
    /// <param name="program">Strongroom.dll, wherever it was built.</param>
    /// <param name="options">As on the command line, without --urls.</param>
    public static async Task<ServerProcess> Start(string program, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [program, "serve", "--urls", "http://127.0.0.1:0", "--Api:PerMinuteByAddress", "0", "--Api:PerMinuteByCaller", "0", .. options];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        var process = Process.Start(start)!;
        try
        {
            using var late = new CancellationTokenSource(Patience);
            var address = await Listening(process, late.Token);
            await Ready(address, late.Token);
            return new(process, address);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nobody is told. Returns when the process is gone.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private static async Task<Uri> Listening(Process server, CancellationToken late)
    {
        while (await server.StandardOutput.ReadLineAsync(late) is { } line)
        {
            if (Told().Match(line) is not { Success: true } match) continue;
            // Whatever it says later must not fill the pipe.
            _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = server.StandardError.ReadToEndAsync(CancellationToken.None);
            return new Uri(match.Groups[1].Value);
        }
        throw new InvalidOperationException("The server ended: " + await server.StandardError.ReadToEndAsync(late));
    }

    private static async Task Ready(Uri address, CancellationToken late)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            using var answer = await client.GetAsync("/health/ready", late);
            if (answer.IsSuccessStatusCode) return;
        }
        while (await again.WaitForNextTickAsync(late));
    }

    [GeneratedRegex("Now listening on: (http://\\S+)")]
    private static partial Regex Told();
}
