using System.Text;
using CsCheck;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;

namespace Strongroom.Tests.AuditLog;

public sealed class NoteTests : IDisposable
{
    // The key of Go's checksum database, which every Go installation has.
    private const string GoKey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

    private readonly SigningKey log = SigningKey.Generate("bank.example/log", SignatureType.Ed25519);
    private readonly SigningKey witness = SigningKey.Generate("witness.example/w1", SignatureType.Cosignature);

    public void Dispose()
    {
        log.Dispose();
        witness.Dispose();
    }

    [Fact]
    public void A_published_verifier_key_has_the_id_that_stands_in_it()
    {
        var key = VerifierKey.Parse(GoKey);
        key.Name.ShouldBe("sum.golang.org");
        key.Id.ShouldBe(0x033de0aeu);
        key.ToString().ShouldBe(GoKey);
    }

    [Fact]
    public void The_specifications_example_reads_and_writes_to_the_byte()
    {
        const string note = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
        var read = SignedNote.Parse(Encoding.UTF8.GetBytes(note));
        read.ToString().ShouldBe(note);
        read.Signatures[1].Bytes.Length.ShouldBe(8 + 64);
        var checkpoint = Checkpoint.Parse(read.Text);
        (checkpoint.Origin, checkpoint.Size).ShouldBe(("example.com/behind-the-sofa", 20_852_163));
        checkpoint.ToText().ShouldBe(read.Text);
    }

    [Fact]
    public void What_a_log_signs_its_verifier_key_accepts_and_no_other_does()
    {
        var note = Signed();
        SignedCheckpoint.Open(note.ToBytes(), log.Verifier).Checkpoint.Size.ShouldBe(5);
        using var other = SigningKey.Generate("bank.example/log", SignatureType.Ed25519);
        Should.Throw<UntrustedException>(() => SignedCheckpoint.Open(note.ToBytes(), other.Verifier)).Message.ShouldContain("not signed by the key");
        Should.Throw<UntrustedException>(() => SignedCheckpoint.Open(note.ToBytes(), log.Verifier, "bank.example/other")).Message.ShouldContain("of the log");
    }

    [Fact]
    public void A_key_survives_being_written_down()
    {
        using var again = SigningKey.Parse(log.Export());
        again.Verifier.ShouldBe(log.Verifier);
        again.ToString().ShouldNotContain("PRIVATE");
        VerifierKey.Parse(witness.Verifier.ToString()).ShouldBe(witness.Verifier);
        Should.Throw<MalformedException>(() => SigningKey.Parse(log.Verifier.ToString()));
        Should.Throw<MalformedException>(() => SigningKey.Parse(log.Export().Replace("bank", "tank", StringComparison.Ordinal))).Message.ShouldNotContain("+A");
    }

    [Fact]
    public void A_cosignature_tells_when_and_is_neither_a_logs_signature_nor_for_another_text()
    {
        var at = new DateTime(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc);
        var note = Signed();
        var both = note.With(witness.Cosign(note.Text, at));
        both.Check(witness.Verifier).ShouldBe(new(SignatureState.Good, at));
        both.Check(log.Verifier).State.ShouldBe(SignatureState.Good);
        var longer = new Checkpoint(log.Verifier.Name, 6, TreeHash.Empty).Sign(log);
        longer.With(both.Signatures[1]).Check(witness.Verifier).State.ShouldBe(SignatureState.Broken);
        note.Check(witness.Verifier).State.ShouldBe(SignatureState.Missing);
        Should.Throw<InvalidOperationException>(() => log.Cosign(note.Text, at));
        Should.Throw<InvalidOperationException>(() => witness.Sign(note.Text));
    }

    [Fact]
    public void Two_lines_by_one_key_count_once_and_a_forged_one_behind_a_good_one_is_seen()
    {
        var note = Signed();
        var twice = note with { Signatures = [note.Signatures[0], note.Signatures[0]] };
        SignedNote.Parse(twice.ToBytes()).Check(log.Verifier).State.ShouldBe(SignatureState.Good);
        var forged = note with { Signatures = [note.Signatures[0], note.Signatures[0] with { Bytes = new byte[64] }] };
        SignedNote.Parse(forged.ToBytes()).Check(log.Verifier).State.ShouldBe(SignatureState.Broken);
        note.With(log.Sign(note.Text)).Signatures.Count.ShouldBe(1);
    }

    [Fact]
    public void One_flipped_bit_anywhere_in_a_checkpoint_is_seen()
    {
        var bytes = Signed().ToBytes();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var thrown = Should.Throw<Exception>(() => SignedCheckpoint.Open(flipped, log.Verifier), $"bit {bit}");
            (thrown is MalformedException or UntrustedException).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("no blank line\n"), InlineData("text\n\n"), InlineData("text\r\n\r\n— k AAAAAAAA\r\n"), InlineData("text\n\n— k AAAAAAAA"), InlineData("text\n\n- k AAAAAAAA\n"), InlineData("text\n\n—  k AAAAAAAA\n")]
    [InlineData("text\n\n— k\n"), InlineData("text\n\n— k+l AAAAAAAA\n"), InlineData("text\n\n— k AAAAAA==\n"), InlineData("text\n\n— k AAAAAAAB \n"), InlineData("text\n\n— k AAAAAAA\n"), InlineData("text\n\n— k AAAAAAB=\n")]
    [InlineData("text\n\n— k\u00a0l AAAAAAAA\n"), InlineData("te\u0001xt\n\n— k AAAAAAAA\n"), InlineData("text\n\n— k AAAAAAAA\nmore\n"), InlineData("text\n\n— k AAAA\tAAAA\n"), InlineData("")]
    public void What_is_no_note_is_refused(string note) => Should.Throw<MalformedException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(note)));

    [Fact]
    public void A_note_beyond_the_limits_or_not_in_UTF_8_is_refused()
    {
        Should.Throw<MalformedException>(() => SignedNote.Parse(new byte[SignedNote.LongestBytes + 1]));
        Should.Throw<MalformedException>(() => SignedNote.Parse([.. "a\n\n"u8, 0xff, (byte)'\n']));
        Should.Throw<MalformedException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat("— k AAAAAAAA\n", 101)))));
        SignedNote.Parse(Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat("— k AAAAAAAA\n", 16)))).Signatures.Count.ShouldBe(16);
    }

    [Theory]
    [InlineData("a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"), InlineData("a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"), InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("a\n1\n"), InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"), InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n"), InlineData("a\n1\nAAAA\n"), InlineData("a\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"), InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void What_is_no_checkpoint_is_refused(string text) => Should.Throw<MalformedException>(() => Checkpoint.Parse(text));

    [Fact]
    public void A_checkpoint_with_extension_lines_keeps_them() =>
        Checkpoint.Parse("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n").Extensions.ShouldBe(["more"]);

    [Theory]
    [InlineData("nothing"), InlineData("a+00000000+AQ=="), InlineData("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"), InlineData("sum golang+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    [InlineData("sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"), InlineData("sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"), InlineData("+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    public void What_is_no_verifier_key_is_refused(string key) => Should.Throw<MalformedException>(() => VerifierKey.Parse(key));

    [Fact]
    public void Whatever_stands_in_a_note_reading_it_ends_with_a_note_or_a_refusal() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.String["—\n\n+ kAB=1"].Select(text => Encoding.UTF8.GetBytes("t\n\n" + text))).Sample(bytes =>
        {
            try
            {
                return SignedNote.Parse(bytes).ToBytes().AsSpan().SequenceEqual(bytes);
            }
            catch (MalformedException)
            {
                return true;
            }
        });

    private SignedNote Signed() => new Checkpoint(log.Verifier.Name, 5, TreeHash.OfLeaf([1])).Sign(log);
}
