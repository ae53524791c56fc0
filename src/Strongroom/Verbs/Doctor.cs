using System.CommandLine;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Strongroom.Verbs;

/// <summary>
/// Runs every check, prints a line each, and ends with 1 when one failed. It changes nothing. A module adds a check of its own
/// as one of the framework's: `services.AddHealthChecks().AddCheck&lt;MailCheck&gt;("mail", tags: [Doctor.Tag])`.
/// </summary>
internal static class Doctor
{
    public const string Tag = "doctor";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        List<(string Name, Finding Found)> results = [];
        foreach (var (name, look) in DoctorChecks.All.Concat(OfModules(app.Services)))
            results.Add((name, await Look(app.Services, look, cancel)));

        var width = results.Max(result => result.Name.Length);
        foreach (var (name, found) in results)
            await parsed.Output().WriteLineAsync($"{Sign(found.Grade)}  {name.PadRight(width)}  {found.Words}");
        var failures = results.Count(result => result.Found.Grade == FindingGrade.Failure);
        await parsed.Output().WriteLineAsync(failures == 0 ? "Nothing is broken." : $"{failures} of {results.Count} checks failed.");
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Each look has a scope of its own, so that one that breaks a connection does not break the next.</summary>
    private static async Task<Finding> Look(IServiceProvider root, Look look, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        await using var scope = root.CreateAsyncScope();
        try
        {
            return await look(scope.ServiceProvider, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Finding.Failure($"No answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            return Finding.Failure($"{broken.GetType().Name}: {broken.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static IEnumerable<(string Name, Look Look)> OfModules(IServiceProvider root) =>
        root.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Where(check => check.Tags.Contains(Tag)).Select(check =>
            (check.Name, (Look)(async (services, cancel) =>
            {
                var found = await check.Factory(services).CheckHealthAsync(new() { Registration = check }, cancel);
                return new(found.Status switch
                {
                    HealthStatus.Healthy => FindingGrade.Good,
                    HealthStatus.Degraded => FindingGrade.Warning,
                    HealthStatus.Unhealthy => FindingGrade.Failure,
                }, found.Description ?? found.Exception?.Message ?? "");
            })));

    private static string Sign(FindingGrade grade) => grade switch
    {
        FindingGrade.Good => "good",
        FindingGrade.Warning => "WARN",
        FindingGrade.Failure => "FAIL",
    };
}
