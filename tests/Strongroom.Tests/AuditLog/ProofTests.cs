using System.Text.Json;
using CsCheck;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.Tests.Architecture;
using Hash = Strongroom.AuditLog.Merkle.Hash;

namespace Strongroom.Tests.AuditLog;

public sealed class ProofTests
{
    private const int Sizes = 130;

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proved_to_stand_where_it_stands_and_nowhere_else()
    {
        var leaves = SmallTree.Leaves(Sizes);
        for (var size = 1; size <= Sizes; size += size < 20 ? 1 : 11)
        {
            var root = SmallTree.Root(leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = Roots(leaves, Proofs.Inclusion(index, 0, size));
                Proofs.IsIncluded(leaves[index], index, size, root.Bytes, proof).ShouldBeTrue();
                Proofs.IsIncluded(leaves[(index + 1) % Sizes], index, size, root.Bytes, proof).ShouldBeFalse();
                if (size > 1) Proofs.IsIncluded(leaves[index], (index + 1) % size, size, root.Bytes, proof).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_small_tree_is_proved_to_be_the_beginning_of_every_larger_one()
    {
        var leaves = SmallTree.Leaves(40);
        for (var size = 1; size <= 40; size++)
        {
            var root = SmallTree.Root(leaves.AsSpan(0, size));
            for (var old = 1; old <= size; old++)
            {
                var oldRoot = SmallTree.Root(leaves.AsSpan(0, old));
                var proof = Roots(leaves, Proofs.Consistency(0, old, size));
                Proofs.IsConsistent(old, oldRoot.Bytes, size, root.Bytes, proof).ShouldBeTrue();
                if (old < size) Proofs.IsConsistent(old, root.Bytes, size, root.Bytes, proof).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_subtree_of_a_small_tree_is_proved()
    {
        var leaves = SmallTree.Leaves(27);
        for (var size = 1; size <= 27; size++)
            for (var start = 0; start < size; start++)
                for (var end = start + 1; end <= size; end++)
                {
                    if (!Proofs.IsSubtree(start, end)) continue;
                    var (root, subtree) = (SmallTree.Root(leaves.AsSpan(0, size)), SmallTree.Root(leaves.AsSpan(start, end - start)));
                    Proofs.IsConsistent(start, end, subtree.Bytes, size, root.Bytes, Roots(leaves, Proofs.Consistency(start, end, size))).ShouldBeTrue($"[{start}, {end}) of {size}");
                    for (var index = start; index < end; index++)
                        Proofs.IsIncluded(leaves[index], index, start, end, subtree.Bytes, Roots(leaves, Proofs.Inclusion(index, start, end))).ShouldBeTrue();
                }
    }

    [Fact]
    public void A_proof_with_one_flipped_bit_proves_nothing() =>
        (from size in Gen.Int[2, 100] from old in Gen.Int[1, size - 1] from bit in Gen.Int[0, 1 << 16] select (size, old, bit)).Sample(at =>
        {
            var leaves = SmallTree.Leaves(at.size);
            var (root, oldRoot) = (SmallTree.Root(leaves), SmallTree.Root(leaves.AsSpan(0, at.old)));
            var consistency = Flipped(Roots(leaves, Proofs.Consistency(0, at.old, at.size)), at.bit);
            var inclusion = Flipped(Roots(leaves, Proofs.Inclusion(at.old, 0, at.size)), at.bit);
            return !Proofs.IsConsistent(at.old, oldRoot.Bytes, at.size, root.Bytes, consistency) && !Proofs.IsIncluded(leaves[at.old], at.old, at.size, root.Bytes, inclusion);
        });

    [Fact]
    public void Sizes_that_no_tree_has_are_answered_with_no()
    {
        var root = TreeHash.Empty;
        foreach (var number in new[] { long.MinValue, -1, 0, 1, long.MaxValue - 1, long.MaxValue })
            foreach (var other in new[] { long.MinValue, -1, 0, 1, long.MaxValue })
            {
                Proofs.IsIncluded(root, number, other, root.Bytes, [root]).ShouldBeFalse();
                Proofs.IsIncluded(root, number, other, long.MaxValue, root.Bytes, [root]).ShouldBeFalse();
                Proofs.IsConsistent(number, other, root.Bytes, long.MaxValue, root.Bytes, [root]).ShouldBeFalse();
                Proofs.IsConsistent(number, root.Bytes, 0, root.Bytes, []).ShouldBeFalse();
            }
        Proofs.IsIncluded(root, 0, 1L << 62, root.Bytes, new Hash[10_000]).ShouldBeFalse();
    }

    /// <summary>The 518 published cases, where they lie beside the repository; the properties above need none of them.</summary>
    [Fact]
    public void The_published_vectors_are_decided_as_told()
    {
        var folder = Repository.At("..", "shared", "vectors", "merkle");
        List<string> wrong = [];
        var decided = 0;
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories) : [])
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var told = !json.RootElement.GetProperty("wantErr").GetBoolean();
            if (Decide(Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0], json.RootElement) != told) wrong.Add(file);
            decided++;
        }
        wrong.ShouldBeEmpty();
        if (Directory.Exists(folder)) decided.ShouldBe(518);
    }

    private static bool Decide(string kind, JsonElement given)
    {
        long Number(string name) => given.GetProperty(name).TryGetInt64(out var number) ? number : -1;
        byte[] Bytes(string name) => given.GetProperty(name).ValueKind == JsonValueKind.Null ? [] : given.GetProperty(name).GetBytesFromBase64();
        List<Hash> proof;
        Hash leaf;
        try
        {
            proof = given.GetProperty("proof").ValueKind == JsonValueKind.Null ? [] : [.. given.GetProperty("proof").EnumerateArray().Select(hash => Hash.Parse(hash.GetString()!))];
            leaf = given.TryGetProperty("leafHash", out var hash) ? Hash.Parse(hash.GetString() ?? "") : default;
        }
        catch (MalformedException)
        {
            // What is no hash never reaches the proof.
            return false;
        }
        return kind switch
        {
            "inclusion" => Proofs.IsIncluded(leaf, Number("leafIdx"), Number("treeSize"), Bytes("root"), proof),
            "subtreeinclusion" => Proofs.IsIncluded(leaf, Number("leafIdx"), Number("start"), Number("end"), Bytes("root"), proof),
            "consistency" => Proofs.IsConsistent(Number("size1"), Bytes("root1"), Number("size2"), Bytes("root2"), proof),
            "subtreeconsistency" => Proofs.IsConsistent(Number("start"), Number("end"), Bytes("root1"), Number("size"), Bytes("root2"), proof),
            _ => throw new InvalidOperationException($"What is {kind}?"),
        };
    }

    private static List<Hash> Roots(Hash[] leaves, List<(long Start, long End)> ranges) =>
        [.. ranges.Select(range => SmallTree.Root(leaves.AsSpan((int)range.Start, (int)(range.End - range.Start))))];

    private static List<Hash> Flipped(List<Hash> proof, int bit)
    {
        var bytes = proof[bit / 256 % proof.Count].Bytes.ToArray();
        bytes[bit / 8 % Hash.Size] ^= (byte)(1 << (bit % 8));
        proof[bit / 256 % proof.Count] = Hash.Of(bytes);
        return proof;
    }
}
