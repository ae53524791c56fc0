using System.Text;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Tests.AuditLog;

public sealed class ReceiptTests
{
    [Fact]
    public async Task A_receipt_proves_its_entry_and_no_other()
    {
        using var bank = await new BankLog().GrowTo(300);
        var receipt = await Of(bank, 123);
        var read = Receipt.Parse(receipt.ToBytes());
        read.ToBytes().ShouldBe(receipt.ToBytes());
        read.Check(TreeHash.OfLeaf(read.Extra!.Value.Span), bank.Key.Verifier)!.Checkpoint.Size.ShouldBe(300);
        read.Check(TreeHash.OfLeaf(bank.Entries[124]), bank.Key.Verifier).ShouldBeNull();
        (read with { Index = 124 }).Check(TreeHash.OfLeaf(bank.Entries[123]), bank.Key.Verifier).ShouldBeNull();
        using var other = SigningKey.Generate(bank.Key.Verifier.Name, SignatureType.Ed25519);
        Should.Throw<UntrustedException>(() => read.Check(TreeHash.OfLeaf(bank.Entries[123]), other.Verifier));
    }

    [Fact]
    public async Task A_receipt_without_extra_data_and_of_a_log_of_one_entry_is_the_shortest_there_is()
    {
        using var bank = await new BankLog().GrowTo(1);
        var receipt = new Receipt(0, [], bank.Checkpoint.Sign(bank.Key));
        Encoding.UTF8.GetString(receipt.ToBytes()).ShouldStartWith("c2sp.org/tlog-proof@v1\nindex 0\n\nbank.example/log\n1\n");
        Receipt.Parse(receipt.ToBytes()).Check(TreeHash.OfLeaf(bank.Entries[0]), bank.Key.Verifier).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"), InlineData("index 1", "index 01"), InlineData("index 1", "index -1"), InlineData("index 1", "number 1"), InlineData("index 1\n", "index 1\nAAAA\n"), InlineData("index 1", "extra A\nindex 1"), InlineData("\n", "\r\n"), InlineData("index 1\n", "")]
    public async Task What_is_no_receipt_is_refused(string part, string other)
    {
        using var bank = await new BankLog().GrowTo(2);
        var text = Encoding.UTF8.GetString((await Of(bank, 1) with { Extra = null }).ToBytes());
        Should.Throw<MalformedException>(() => Receipt.Parse(Encoding.UTF8.GetBytes(text.Replace(part, other, StringComparison.Ordinal))));
        Should.Throw<MalformedException>(() => Receipt.Parse(new byte[Receipt.LongestBytes + 1]));
    }

    internal static async Task<Receipt> Of(BankLog bank, int index) =>
        new(index, await new TiledTree(bank.Log, bank.Entries.Count).Inclusion(index, default), SignedNote.Parse((await bank.Log.ReadCheckpoint(default))!), bank.Entries[index]);
}
