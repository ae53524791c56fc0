using System.CommandLine;
using System.Diagnostics;

namespace Strongroom.Verbs;

/// <summary>Runs every check, prints one line each, and ends with 1 when one failed. It changes nothing.</summary>
internal static class Doctor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        List<(string Name, Finding Found)> results = [];
        foreach (var check in DoctorChecks.Of(app.Services))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var look = check(scope.ServiceProvider);
            results.Add((look.Name, await Look(look, cancel)));
        }

        var width = results.Max(result => result.Name.Length);
        foreach (var (name, found) in results)
            await parsed.Output().WriteLineAsync($"{Sign(found.Grade)}  {name.PadRight(width)}  {found.Words}");
        var failures = results.Count(result => result.Found.Grade == FindingGrade.Failure);
        await parsed.Output().WriteLineAsync(failures == 0 ? "Nothing is broken." : $"{failures} of {results.Count} checks failed.");
        return failures == 0 ? 0 : 1;
    }

    private static async Task<Finding> Look(IDoctorCheck check, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await check.Look(patience.Token);
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

    private static string Sign(FindingGrade grade) => grade switch
    {
        FindingGrade.Good => "good",
        FindingGrade.Warning => "WARN",
        FindingGrade.Failure => "FAIL",
    };
}
