using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Strongroom.Lab.Measure;

/// <summary>R14: how long ./run takes on a built tree, with its data in place, until the page for signing in is there.</summary>
internal static class FirstPage
{
    private const double Limit = 10, Goal = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<Measured> Measure(string run, string data, int rounds, CancellationToken cancel)
    {
        // The first one fills the data and does not count.
        await Once(run, data, cancel);
        List<double> seconds = [];
        for (var round = 0; round < rounds; round++) seconds.Add(await Once(run, data, cancel));
        return BenchVerb.Said(new("R14", "./run to the first page", "the limit", "s", seconds, [.. seconds.Select(_ => Limit)], 1, Goal / Limit,
            "The start looks at the schema, the keys and the triggers, and at no row of business: the size of the bank does not matter."));
    }

    private static async Task<double> Once(string run, string data, CancellationToken cancel)
    {
        var port = FreePort();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(run, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", data]) { RedirectStandardOutput = true })!;
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await Answers(new Uri($"http://localhost:{port}/sign-in"), process, late.Token);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            // The script stops its server when it is told to stop.
            using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task Answers(Uri page, Process process, CancellationToken late)
    {
        using var client = new HttpClient();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await again.WaitForNextTickAsync(late))
        {
            if (process.HasExited) throw new InvalidOperationException("./run ended");
            try
            {
                using var answer = await client.GetAsync(page, late);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
