using System.Text;
using CsCheck;
using Strongroom.AuditLog.Merkle;
using Hash = Strongroom.AuditLog.Merkle.Hash;

namespace Strongroom.Tests.AuditLog;

public sealed class TreeHashTests
{
    // The eight entries of the test data that RFC 6962's reference implementation came with, and the roots of their first n.
    private static readonly string[] Entries =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void The_known_trees_have_their_known_roots(int size)
    {
        var range = new CompactRange();
        foreach (var entry in Entries.Take(size)) range.Append(TreeHash.OfLeaf(Convert.FromHexString(entry)));
        Convert.ToHexStringLower(range.Root().Bytes).ShouldBe(Roots[size]);
    }

    [Fact]
    public void Sixteen_lanes_hash_as_one_does() =>
        Gen.Byte.Array[0, 700].Array[16, 300].Sample(entries =>
        {
            var (bytes, ranges) = Laid(entries);
            var leaves = new Hash[entries.Length];
            TreeHash.OfLeaves(bytes, ranges, leaves);
            return leaves.SequenceEqual(entries.Select(entry => TreeHash.OfLeaf(entry)));
        }, iter: 60);

    [Theory]
    [InlineData(53), InlineData(54), InlineData(55), InlineData(62), InlineData(63), InlineData(64), InlineData(118), InlineData(4095), InlineData(4096), InlineData(4097), InlineData(65_535)]
    public void An_entry_at_the_border_of_a_block_is_hashed_as_any_other(int length)
    {
        byte[][] entries = [.. Enumerable.Range(0, 17).Select(i => Encoding.ASCII.GetBytes(new string((char)('a' + i), Math.Max(0, length - (i % 2)))))];
        var (bytes, ranges) = Laid(entries);
        var leaves = new Hash[entries.Length];
        TreeHash.OfLeaves(bytes, ranges, leaves);
        leaves.ShouldBe(entries.Select(entry => TreeHash.OfLeaf(entry)));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4), InlineData(16), InlineData(32), InlineData(64), InlineData(256), InlineData(1024)]
    public void A_perfect_tree_is_hashed_as_the_RFC_says(int size) => TreeHash.OfPerfectTree(SmallTree.Leaves(size)).ShouldBe(SmallTree.Root(SmallTree.Leaves(size)));

    [Fact]
    public void A_range_that_grows_by_leaves_or_by_neighbours_has_the_same_root() =>
        Gen.Select(Gen.Int[0, 70], Gen.Int[0, 70], Gen.Int[0, 70]).Sample((a, b, c) =>
        {
            int[] ends = [.. new[] { a, b, c }.Order()];
            CompactRange[] pieces = [Range(0, ends[0]), Range(ends[0], ends[1]), Range(ends[1], ends[2])];
            // From either side, because merging is associative.
            if (a % 2 == 0)
            {
                pieces[1].Merge(pieces[2]);
                pieces[0].Merge(pieces[1]);
            }
            else
            {
                pieces[0].Merge(pieces[1]);
                pieces[0].Merge(pieces[2]);
            }
            var again = new CompactRange(0, ends[2], pieces[0].Hashes);
            return pieces[0].Root() == SmallTree.Root(SmallTree.Leaves(ends[2])) && again.Root() == pieces[0].Root();
        });

    [Fact]
    public void A_range_takes_no_neighbour_that_leaves_a_gap() => Should.Throw<ArgumentException>(() => Range(0, 4).Merge(Range(5, 6)));

    private static CompactRange Range(int begin, int end)
    {
        var range = new CompactRange(begin);
        for (var i = begin; i < end; i++) range.Append(SmallTree.Leaf(i));
        return range;
    }

    private static (byte[] Bytes, Range[] Ranges) Laid(byte[][] entries)
    {
        var at = 0;
        return (entries.SelectMany(entry => entry).ToArray(), [.. entries.Select(entry => at..(at += entry.Length))]);
    }
}
