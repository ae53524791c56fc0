using System.Globalization;

namespace Strongroom.Lab.Measure;

/// <summary>One line of the table: ours and what it is held against, measured in turn.</summary>
/// <param name="Reach">The ratio that must be reached; with a time, the limit in seconds.</param>
/// <param name="Growth">What happens at ten times the data.</param>
internal sealed record Measured(string Id, string Ours, string Against, string Unit, IReadOnlyList<double> Us, IReadOnlyList<double> Them, double Reach, double Goal, string Growth)
{
    public double Ratio => Median(Us.Zip(Them, (us, them) => us / them));

    public string Row() => string.Create(CultureInfo.InvariantCulture,
        $"| {Id} | {Ours} | {Against} | {Median(Us):#,0.##} {Unit} | {Median(Them):#,0.##} {Unit} | **{Ratio:0.00}** | {Spread()} | {Reach:0.00} | {Goal:0.00} |");

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private string Spread()
    {
        var ratios = Us.Zip(Them, (us, them) => us / them).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[0]:0.00} to {ratios[^1]:0.00}");
    }

    /// <summary>A B A B …, after one round that does not count.</summary>
    public static async Task<(List<double> Us, List<double> Them)> InTurn(int rounds, Func<Task<double>> us, Func<Task<double>> them, CancellationToken cancel)
    {
        (List<double> ours, List<double> theirs) = ([], []);
        for (var round = 0; round <= rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var (one, other) = (await us(), await them());
            if (round == 0) continue;
            ours.Add(one);
            theirs.Add(other);
        }
        return (ours, theirs);
    }
}
