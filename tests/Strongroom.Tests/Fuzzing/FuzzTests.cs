using System.Globalization;
using Strongroom.Tests.Authorization;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Fuzzing;

/// <summary>
/// Every operation of the API under generated, hostile input, in a bank that goes on changing: nothing breaks the server, what is refused changes nothing and tells
/// nothing, and what is answered is what our own description promises. Seeded: the same every time. STRONGROOM_FUZZ says how many requests (eng/fuzz sends
/// 100,000), STRONGROOM_FUZZ_SEED begins elsewhere.
/// </summary>
public abstract class FuzzTests<TEngine>(ITestOutputHelper output) where TEngine : IEngine
{
    /// <summary>Of one bank: after so many everybody has been closed out of it, and there is little left to find.</summary>
    private const int OneBank = 2_000;

    [Fact]
    public async Task Whatever_is_sent_breaks_nothing_and_what_is_refused_changes_and_tells_nothing()
    {
        var many = Number("STRONGROOM_FUZZ", 500);
        var seed = Number("STRONGROOM_FUZZ_SEED", 20261123);
        var tally = new SortedDictionary<int, int>();
        List<string> faults = [];
        for (var sent = 0; sent < many; sent += OneBank)
        {
            await using var world = new MatrixWorld<TEngine>();
            await world.InitializeAsync();
            var fuzzer = await Fuzzer<TEngine>.Begin(world, seed + sent);
            for (var request = 0; request < Math.Min(OneBank, many - sent); request++) await fuzzer.Send();
            faults.AddRange(fuzzer.Faults);
            foreach (var (status, count) in fuzzer.Answers) tally[status] = tally.GetValueOrDefault(status) + count;
            if (faults.Count > 50) break;
        }

        output.WriteLine($"{many:N0} requests, seed {seed}: {string.Join(", ", tally.Select(one => $"{one.Value:N0} × {one.Key}"))}");
        faults.ShouldBeEmpty();
        tally.Where(one => one.Key is >= 200 and < 300).Sum(one => one.Value).ShouldBeGreaterThan(many / 50, "a bank in which nothing is ever done proves little");
    }

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

public sealed class Fuzzing_on_sqlite(ITestOutputHelper output) : FuzzTests<Sqlite>(output);

public sealed class Fuzzing_on_postgres(ITestOutputHelper output) : FuzzTests<Postgres>(output);
