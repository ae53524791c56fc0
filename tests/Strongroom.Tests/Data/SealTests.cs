using System.Security.Cryptography;
using Strongroom.Data.Sealing;

namespace Strongroom.Tests.Data;

/// <summary>What sealing leans on: nonces that come once, and a generator that holds under load.</summary>
public sealed class SealTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-seals-").FullName;
    private readonly Seals seals;

    public SealTests()
    {
        KeyRing.Create(folder);
        seals = new Seals(KeyRing.Open(folder));
    }

    [Fact]
    public void The_same_value_sealed_many_times_under_one_key_has_another_nonce_each_time()
    {
        const int Times = 50_000;
        // Version of the key, format, then twelve bytes.
        var nonces = Enumerable.Range(0, Times).Select(_ => Convert.ToHexString(seals.SealForBank("test", [1, 2, 3]).AsSpan(2, 12)));

        nonces.Distinct().Count().ShouldBe(Times);
    }

    [Fact]
    public void A_sealed_value_that_was_changed_anywhere_or_moved_does_not_open()
    {
        var envelope = seals.SealForBank("here", [1, 2, 3]);

        seals.OpenForBank("here", envelope).ShouldBe([1, 2, 3]);
        Should.Throw<CryptographicException>(() => seals.OpenForBank("there", envelope));
        for (var at = 1; at < envelope.Length; at++)
        {
            var changed = envelope.ToArray();
            changed[at] ^= 1;
            Should.Throw<CryptographicException>(() => seals.OpenForBank("here", changed));
        }
    }

    [Fact]
    public void Random_numbers_for_many_at_once_are_all_different()
    {
        const int Each = 50_000, Callers = 8;

        var drawn = Enumerable.Range(0, Callers).AsParallel().WithDegreeOfParallelism(Callers)
            .SelectMany(_ => Enumerable.Range(0, Each).Select(_ => new Guid(RandomNumberGenerator.GetBytes(16)))).ToHashSet();

        drawn.Count.ShouldBe(Each * Callers);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
