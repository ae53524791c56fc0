namespace Strongroom.Lab.Demo;

/// <summary>What is left to chance, by a seed: the same seed throws the same.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    public int Below(int end) => random.Next(end);

    public int Between(int first, int last) => random.Next(first, last + 1);

    public bool In(double share) => random.NextDouble() < share;

    public T Of<T>(params IReadOnlyList<T> some) => some[random.Next(some.Count)];

    /// <summary>The first whose share the throw falls into; the last one has the rest.</summary>
    public T By<T>(params IReadOnlyList<(double Share, T Value)> some)
    {
        var thrown = random.NextDouble();
        foreach (var (share, value) in some)
        {
            if (thrown < share) return value;
            thrown -= share;
        }
        return some[^1].Value;
    }

    public void Shuffle<T>(T[] some) => random.Shuffle(some);

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The time people spend inside: log-normal, half of them shorter than the median.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>
    /// How often in a year a hirer comes. Counts after this are negative binomial with mean 3, and three in ten hirers never come: a gamma of shape 3/4,
    /// by the way of Marsaglia and Tsang.
    /// </summary>
    public double VisitsAYear()
    {
        const double shape = 0.75, mean = 3, d = shape + 1 - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + c * x, 3);
            if (v <= 0 || Math.Log(1 - random.NextDouble()) >= 0.5 * x * x + d - d * v + d * Math.Log(v)) continue;
            return mean / shape * d * v * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }
    }
}
