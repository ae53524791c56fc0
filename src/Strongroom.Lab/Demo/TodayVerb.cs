using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;

namespace Strongroom.Lab.Demo;

/// <summary>`today`: the demo bank goes on while somebody looks: hirers come, are served and leave, in the machine's own time.</summary>
internal static class TodayVerb
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    public static async Task<int> GoOn(string data, CancellationToken cancel)
    {
        await using var lab = LabBank.Beside(data, cancel);
        var branches = (await BranchesToday.Read(data, cancel)).Select(branch => new BranchToday(lab, branch, Step)).ToList();
        using var steps = new PeriodicTimer(Step);
        try
        {
            do
            {
                foreach (var branch in branches) await Try(branch.GoOn);
            }
            while (await steps.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
        return 0;
    }

    /// <summary>The visitor acts at the same branches: what does not fit any more is said and left.</summary>
    private static async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception refused) when (refused is InvalidOperationException or DbUpdateException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
        }
    }
}

/// <summary>Who serves which branch: what the filling leaves for the days after it.</summary>
/// <param name="Visited">The visitor serves here: hirers arrive, and wait to be admitted by whoever sits at the screen.</param>
internal sealed record BranchOfficers(BranchId Branch, bool Visited, Player Admin, Player Manager, Player Custodian, Player CounterOfficer);

internal static class BranchesToday
{
    private const string File = "branches.json";

    public static Task Write(string data, IReadOnlyList<DemoBranch> branches, CancellationToken cancel) => System.IO.File.WriteAllTextAsync(Path.Combine(data, File), JsonSerializer.Serialize(
        branches.Select((one, at) => new BranchOfficers(one.Branch, Visited: at == 0, one.Admin, one.Manager, one.Custodian, one.CounterOfficer))), cancel);

    public static async Task<IReadOnlyList<BranchOfficers>> Read(string data, CancellationToken cancel) =>
        JsonSerializer.Deserialize<List<BranchOfficers>>(await System.IO.File.ReadAllTextAsync(Path.Combine(data, File), cancel))!;
}
