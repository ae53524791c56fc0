using System.Security.Cryptography;
using Strongroom.Data.Sealing;

namespace Strongroom.Tests.Data;

/// <summary>What sealing leans on: nonces that come once, and also under load.</summary>
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
        var nonces = Enumerable.Range(0, Times).Select(_ => Nonce());

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
    public void Nonces_drawn_by_many_at_once_are_all_different()
    {
        const int Each = 25_000, Callers = 8;
        var drawn = new string[Callers][];

        var callers = Enumerable.Range(0, Callers).Select(caller => new Thread(() => drawn[caller] = [.. Enumerable.Range(0, Each).Select(_ => Nonce())])).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());

        drawn.SelectMany(nonces => nonces).Distinct().Count().ShouldBe(Each * Callers);
    }

    // Version of the key, format, then twelve bytes.
    private string Nonce() => Convert.ToHexString(seals.SealForBank("test", [1, 2, 3]).AsSpan(2, 12));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
