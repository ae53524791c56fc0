using CsCheck;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Stores;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Tests.AuditLog;

public sealed class TiledTreeTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(255), InlineData(256), InlineData(257), InlineData(65_535), InlineData(65_536), InlineData(65_537), InlineData(70_000)]
    public async Task A_log_of_any_size_is_kept_in_its_tiles_and_taken_up_from_them(int size)
    {
        using var bank = new BankLog();
        await bank.GrowTo(size, number => BitConverter.GetBytes(number));
        var range = new CompactRange();
        for (var i = 0; i < size; i++) range.Append(SmallTree.Leaf(i));
        bank.Checkpoint.Root.ShouldBe(range.Root());

        (await new TiledTree(bank.Log, size).Root(default)).ShouldBe(range.Root());
        var again = await GrowingTree.Open(bank.Log, size, range.Root(), default);
        for (var i = size; i < size + 300; i++)
        {
            again.Append(BitConverter.GetBytes(i)).ShouldBe(i);
            range.Append(SmallTree.Leaf(i));
        }
        again.Root().ShouldBe(range.Root());
        await bank.Log.WriteTiles(again.TakeTiles(), default);
        (await new TiledTree(bank.Log, size + 300).Root(default)).ShouldBe(range.Root());
        again.TakeTiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_log_grown_in_any_steps_has_the_same_tree_and_tiles()
    {
        using var whole = await new BankLog().GrowTo(1_000);
        using var steps = new BankLog();
        foreach (var size in new[] { 0, 1, 3, 255, 256, 257, 511, 512, 700, 1_000 }) await steps.GrowTo(size);
        steps.Checkpoint.Root.ShouldBe(whole.Checkpoint.Root);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(whole.Folder, "tile"), "*", SearchOption.AllDirectories))
            File.ReadAllBytes(Path.Combine(steps.Folder, Path.GetRelativePath(whole.Folder, file))).ShouldBe(File.ReadAllBytes(file));
    }

    [Fact]
    public async Task The_tiles_give_every_proof_and_entry()
    {
        const int Size = 66_000;
        using var bank = await new BankLog().GrowTo(Size, BitConverter.GetBytes);
        var tree = new TiledTree(new CachedLog(bank.Log), Size);
        var root = bank.Checkpoint.Root;
        await Gen.Select(Gen.Int[0, Size - 1], Gen.Int[1, Size]).SampleAsync(async (index, old) =>
        {
            var inclusion = await tree.Inclusion(index, default);
            Proofs.IsIncluded(SmallTree.Leaf(index), index, Size, root.Bytes, inclusion).ShouldBeTrue();
            var (oldRoot, consistency) = (await tree.Root(default, old), await tree.Consistency(old, default));
            Proofs.IsConsistent(old, oldRoot.Bytes, Size, root.Bytes, consistency).ShouldBeTrue();
            (await tree.Entry(index, default)).ToArray().ShouldBe(BitConverter.GetBytes(index));
            (await tree.Leaf(index, default)).ShouldBe(SmallTree.Leaf(index));
        }, iter: 60);
    }

    [Fact]
    public async Task A_partial_tile_that_was_thrown_away_is_cut_out_of_the_full_one()
    {
        using var bank = await new BankLog().GrowTo(300);
        var early = new BankLog();
        await early.GrowTo(200);
        foreach (var partial in Directory.EnumerateDirectories(bank.Folder, "*.p", SearchOption.AllDirectories).Where(folder => folder.EndsWith("000.p", StringComparison.Ordinal))) Directory.Delete(partial, true);
        (await new TiledTree(bank.Log, 200).Root(default)).ShouldBe(early.Checkpoint.Root);
        (await new TiledTree(bank.Log, 200).Entry(199, default)).ToArray().ShouldBe(bank.Entries[199]);
        early.Dispose();
    }

    [Fact]
    public async Task Nothing_is_appended_to_a_log_whose_tiles_are_missing_or_wrong()
    {
        using var bank = await new BankLog().GrowTo(300);
        var root = bank.Checkpoint.Root;
        await Should.ThrowAsync<MalformedException>(() => GrowingTree.Open(bank.Log, 300, TreeHash.Empty, default));
        await Should.ThrowAsync<TileMissingException>(() => GrowingTree.Open(bank.Log, 301, root, default));
        var entries = Path.Combine(bank.Folder, "tile/entries/001.p/44");
        var bytes = File.ReadAllBytes(entries);
        bytes[^1] ^= 1;
        File.WriteAllBytes(entries, bytes);
        (await Should.ThrowAsync<MalformedException>(() => GrowingTree.Open(bank.Log, 300, root, default))).Message.ShouldContain("tile/entries/001.p/44");
    }

    [Fact]
    public void An_entry_of_the_longest_length_fits_and_a_longer_one_is_refused()
    {
        var tree = new GrowingTree();
        tree.Append(new byte[TilePath.LongestEntry]);
        Should.Throw<ArgumentException>(() => tree.Append(new byte[TilePath.LongestEntry + 1]));
        var bundle = tree.TakeTiles().Single(tile => tile.Path.IsBundle);
        EntryBundle.Entry(bundle.Bytes, 1, 0).Length.ShouldBe(TilePath.LongestEntry);
    }

    [Theory]
    [InlineData("0001aa", 1, true), InlineData("0001aa00", 1, false), InlineData("0001", 1, false), InlineData("00", 1, false), InlineData("", 1, false), InlineData("0000", 1, true), InlineData("00000000", 1, false), InlineData("ffffaa", 1, false)]
    public void A_bundle_holds_exactly_its_entries(string hex, int width, bool holds)
    {
        var split = () => EntryBundle.Split(Convert.FromHexString(hex), new Range[width]);
        if (holds) split();
        else Should.Throw<MalformedException>(split);
    }

    [Fact]
    public async Task A_file_that_is_longer_than_it_can_be_is_not_read()
    {
        using var bank = await new BankLog().GrowTo(10);
        File.WriteAllBytes(Path.Combine(bank.Folder, "tile/0/000.p/10"), new byte[10 * 32 + 1]);
        await Should.ThrowAsync<MalformedException>(() => new TiledTree(bank.Log, 10).Root(default).AsTask());
        File.WriteAllBytes(Path.Combine(bank.Folder, "tile/0/000.p/10"), new byte[9 * 32]);
        await Should.ThrowAsync<MalformedException>(() => new TiledTree(bank.Log, 10).Root(default).AsTask());
        File.WriteAllBytes(bank.CheckpointFile, new byte[1 << 20]);
        await Should.ThrowAsync<MalformedException>(() => bank.Log.ReadCheckpoint(default).AsTask());
    }
}
