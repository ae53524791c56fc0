using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;
using Strongroom.AuditLog.Witnesses;
using Strongroom.Tests.AuditLog;
using Strongroom.Verifier.Witnessing;

namespace Strongroom.Tests.Verifier;

public sealed class WitnessTests : IAsyncLifetime
{
    private readonly BankLog bank = new();
    private readonly SigningKey key = SigningKey.Generate("witness.example/w1", SignatureType.Cosignature);
    private readonly FakeTimeProvider clock = new(new(2026, 11, 23, 4, 30, 0, TimeSpan.Zero));
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-witness-").FullName;
    private readonly HttpClient http = new();
    private WitnessBook book = null!;
    private WebApplication server = null!;

    public async ValueTask InitializeAsync()
    {
        book = new(key, [bank.Key.Verifier], folder, clock);
        server = WitnessServer.Build(book, ["http://127.0.0.1:0"], perSecond: 10_000);
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        book.Dispose();
        http.Dispose();
        key.Dispose();
        bank.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_witness_signs_each_checkpoint_that_goes_on_from_the_last()
    {
        await bank.GrowTo(100);
        var client = new WitnessClient(http, new(server.Urls.First()), key.Verifier);
        var signature = await client.Cosign(Opened(), Tree(100), 0, default);
        Opened().Note.With(signature).Check(key.Verifier).ShouldBe(new(SignatureState.Good, clock.GetUtcNow().UtcDateTime));

        await bank.GrowTo(300);
        clock.Advance(TimeSpan.FromMinutes(1));
        // The log has forgotten what the witness holds; the 409 tells it.
        signature = await client.Cosign(Opened(), Tree(300), 0, default);
        Opened().Note.With(signature).Check(key.Verifier).At.ShouldBe(clock.GetUtcNow().UtcDateTime);
        book.Size(bank.Key.Verifier.Name).ShouldBe(300);
        // And once more: the same checkpoint, a later hour.
        await client.Cosign(Opened(), Tree(300), 300, default);
    }

    [Fact]
    public async Task A_log_that_was_set_back_is_told_so()
    {
        await bank.GrowTo(100);
        var early = Opened();
        await bank.GrowTo(300);
        var client = new WitnessClient(http, new(server.Urls.First()), key.Verifier);
        await client.Cosign(Opened(), Tree(300), 0, default);
        (await Should.ThrowAsync<WitnessRefusedException>(() => client.Cosign(early, Tree(100), 0, default))).Holds.ShouldBe(300);
    }

    [Fact]
    public async Task Every_refusal_has_the_status_that_the_specification_gives_it()
    {
        await bank.GrowTo(100);
        var first = Opened();
        (await Ask(new CosignRequest(0, [], first.Note))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await bank.GrowTo(300);
        var proof = await Tree(300).Consistency(100, default);

        using var stranger = await new BankLog(SigningKey.Generate("other.example/log", SignatureType.Ed25519)).GrowTo(5);
        (await Ask(new CosignRequest(0, [], stranger.Checkpoint.Sign(stranger.Key)))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var thief = SigningKey.Generate(bank.Key.Verifier.Name, SignatureType.Ed25519);
        (await Ask(new CosignRequest(100, proof, bank.Checkpoint.Sign(thief)))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Ask(new CosignRequest(301, proof, Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Ask(new CosignRequest(100, [.. proof.Skip(1)], Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Ask(new CosignRequest(100, [], Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        foreach (var old in new[] { 0, 99, 101, 300 })
        {
            var conflict = await Ask(new CosignRequest(old, old == 0 ? [] : await Tree(300).Consistency(old, default), Opened().Note));
            conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            conflict.Content.Headers.ContentType!.ToString().ShouldBe("text/x.tlog.size");
            (await conflict.Content.ReadAsStringAsync()).ShouldBe("100\n");
        }
        // The same size and another root: a fork.
        var fork = new Checkpoint(bank.Key.Verifier.Name, 100, TreeHash.Empty).Sign(bank.Key);
        (await Ask(new CosignRequest(100, [], fork))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Ask(new CosignRequest(100, proof, Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.OK);
        book.Size(bank.Key.Verifier.Name).ShouldBe(300);
    }

    [Fact]
    public async Task The_first_word_of_a_log_is_taken_only_without_a_proof()
    {
        await bank.GrowTo(10);
        (await Ask(new CosignRequest(0, [TreeHash.Empty], Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Ask(new CosignRequest(0, [], new Checkpoint(bank.Key.Verifier.Name, 0, TreeHash.OfLeaf([])).Sign(bank.Key)))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Ask(new CosignRequest(0, [], new Checkpoint(bank.Key.Verifier.Name, 0, TreeHash.Empty).Sign(bank.Key)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Ask(new CosignRequest(0, [], Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("old 0\n"), InlineData("old 01\n\n"), InlineData("old -1\n\n"), InlineData("new 0\n\n"), InlineData("old 0\nAAAA\n\n"), InlineData("old 0\r\n\r\n"), InlineData(""), InlineData("old 0\n\nno checkpoint\n\n— k AAAAAAAA\n")]
    public async Task What_is_no_request_is_malformed(string body) => (await Post(Encoding.UTF8.GetBytes(body))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_request_beyond_the_limits_is_refused()
    {
        (await Post(new byte[CosignRequest.LongestBytes + 1])).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        await bank.GrowTo(10);
        (await Ask(new CosignRequest(5, [.. Enumerable.Repeat(TreeHash.Empty, 64)], Opened().Note))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await using var slow = WitnessServer.Build(book, ["http://127.0.0.1:0"], perSecond: 1);
        await slow.StartAsync();
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 40; i++) answers.Add((await http.PostAsync(slow.Urls.First() + "/add-checkpoint", new StringContent(""))).StatusCode);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Of_many_requests_at_once_none_sets_the_witness_back()
    {
        const int Sizes = 60;
        List<SignedCheckpoint> checkpoints = [];
        for (var size = 1; size <= Sizes; size++)
        {
            await bank.GrowTo(size);
            checkpoints.Add(Opened());
        }
        var proofs = new Dictionary<(long, long), IReadOnlyList<Strongroom.AuditLog.Merkle.Hash>>();
        for (var old = 1; old <= Sizes; old++)
            for (var size = old; size <= Sizes; size++) proofs[(old, size)] = await Tree(size).Consistency(old, default);

        // Everybody asks at once for another size, believing what the last answer told; each signature is noted with what the witness then held.
        var signed = new List<long>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 240), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (number, cancel) =>
        {
            var checkpoint = checkpoints[number * 7 % Sizes];
            var size = checkpoint.Checkpoint.Size;
            for (long believed = 0; believed <= size;)
            {
                using var answer = await Ask(new CosignRequest(believed, believed == 0 ? [] : proofs[(believed, size)], checkpoint.Note));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    lock (signed) signed.Add(size);
                    book.Size(bank.Key.Verifier.Name).ShouldBeGreaterThanOrEqualTo(size);
                    break;
                }
                answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
                believed = long.Parse(await answer.Content.ReadAsStringAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
            }
        });
        signed.Max().ShouldBe(Sizes);
        book.Size(bank.Key.Verifier.Name).ShouldBe(Sizes);
    }

    [Fact]
    public async Task A_witness_that_was_started_anew_remembers_and_one_whose_memory_was_changed_signs_nothing()
    {
        await bank.GrowTo(100);
        await Ask(new CosignRequest(0, [], Opened().Note));
        await server.StopAsync();
        book.Dispose();
        using (var again = new WitnessBook(key, [bank.Key.Verifier], folder, clock))
        {
            again.Size(bank.Key.Verifier.Name).ShouldBe(100);
            Should.Throw<IOException>(() => new WitnessBook(key, [bank.Key.Verifier], folder, clock));
            var file = Directory.GetFiles(folder, "*.checkpoint").ShouldHaveSingleItem();
            File.WriteAllText(file, File.ReadAllText(file).Replace("\n100\n", "\n50\n", StringComparison.Ordinal));
            Should.Throw<InvalidDataException>(() => again.Add(new CosignRequest(0, [], Opened().Note).ToBytes()));
        }
    }

    private TiledTree Tree(long size) => new(bank.Log, size);

    private SignedCheckpoint Opened() => SignedCheckpoint.Open(bank.Checkpoint.Sign(bank.Key), bank.Key.Verifier);

    private Task<HttpResponseMessage> Ask(CosignRequest request) => Post(request.ToBytes());

    private Task<HttpResponseMessage> Post(byte[] body) => http.PostAsync(server.Urls.First() + "/add-checkpoint", new ByteArrayContent(body));
}
