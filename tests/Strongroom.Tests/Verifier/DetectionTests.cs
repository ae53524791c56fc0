using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.Tests.AuditLog;
using Hash = Strongroom.AuditLog.Merkle.Hash;

namespace Strongroom.Tests.Verifier;

/// <summary>Each way to tamper with the log that trust.md lists, done to a log in a folder, and what the auditor is told.</summary>
public sealed class DetectionTests : IAsyncLifetime
{
    private const int Size = 600;

    private readonly BankLog bank = new();
    private readonly SigningKey witness = SigningKey.Generate("witness.example/w1", SignatureType.Cosignature);

    public async ValueTask InitializeAsync() => await bank.GrowTo(Size);

    public ValueTask DisposeAsync()
    {
        bank.Dispose();
        witness.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_honest_log_holds_with_its_export_its_witness_and_its_older_checkpoint()
    {
        var older = bank.Keep("monday");
        await bank.GrowTo(Size + 200);
        await bank.Publish(witness);
        var run = await Verify("--since", older, "--events", bank.Export(), "--witness", witness.Verifier.ToString(), "--keep", Path.Combine(bank.Folder, "kept"));
        run.Output.ShouldContain("HOLDS");
        run.Output.ShouldContain("800 entries, each in its form");
        run.Output.ShouldContain("goes on from");
        run.Output.ShouldContain("The witness witness.example/w1 signed it on 2026-11-23 06:30:00 UTC");
        run.Output.ShouldContain("The 800 events of events.jsonl are those of the log");
        run.Code.ShouldBe(0);
        File.ReadAllBytes(Path.Combine(bank.Folder, "kept")).ShouldBe(File.ReadAllBytes(bank.CheckpointFile));
    }

    [Fact]
    public async Task A_log_that_holds_by_itself_says_what_could_not_be_checked()
    {
        var run = await Verify();
        run.Code.ShouldBe(0);
        run.Output.ShouldContain("only an older checkpoint (--since) or a witness (--witness) can show");
    }

    [Fact]
    public async Task An_edited_row_is_found() =>
        Broken(await Verify("--events", bank.Export(row: number => EventEncoding.Encode(number == 77 ? BankLog.Event(77) with { Kind = "access.visit-refused" } : BankLog.Event(number)))),
            "line 79: entry 77 (event 0000004d-0000-7000-8000-000000000001) was edited: it is not the event that was logged");

    [Fact]
    public async Task An_edited_column_beside_an_honest_payload_is_found() =>
        Broken(await Verify("--events", bank.Export(at: number => BankLog.Event(number).At.AddDays(number == 77 ? -1 : 0))),
            "the row of entry 77 (event 0000004d-0000-7000-8000-000000000001) was edited: its time is 2026-11-22 04:31:17.000, logged was 2026-11-23 04:31:17.000");

    [Fact]
    public async Task A_payload_edited_under_its_old_hash_is_found() =>
        Broken(await Verify("--events", bank.Export(
                row: number => EventEncoding.Encode(number == 77 ? BankLog.Event(77) with { Address = "10.0.0.8" } : BankLog.Event(number)), hash: number => TreeHash.OfLeaf(bank.Entries[number]))),
            "the payload of entry 77 (event 0000004d-0000-7000-8000-000000000001) was edited and its hash kept");

    [Fact]
    public async Task A_deleted_event_is_found() =>
        Broken(await Verify("--events", bank.Export(order: Enumerable.Range(0, Size).Where(number => number != 300))),
            "Entry 300 (event 0000012c-0000-7000-8000-000000000001) stands in the log and not in events.jsonl: it was deleted there");

    [Fact]
    public async Task Reordered_events_are_found() =>
        Broken(await Verify("--events", bank.Export(order: Enumerable.Range(0, Size).Select(number => number switch { 10 => 11, 11 => 10, _ => number }))),
            "at entry 10 the log has the event 0000000a-0000-7000-8000-000000000001, the export 0000000b-0000-7000-8000-000000000001: events were exchanged, reordered or replaced");

    [Fact]
    public async Task A_back_dated_event_is_found_even_when_the_bank_signed_it()
    {
        await bank.Forge(Enumerable.Range(0, Size).Select(number => EventEncoding.Encode(BankLog.Event(number, number == 500 ? BankLog.Morning.AddDays(-3) : null))));
        Broken(await Verify(), "Entry 500 (event 000001f4-0000-7000-8000-000000000001) is back-dated: it is dated 2026-11-20 04:30:00 UTC, and entries of 2026-11-23 04:38:19 stand before it");
    }

    [Fact]
    public async Task An_entry_edited_in_the_log_itself_is_found()
    {
        var file = Path.Combine(bank.Folder, "tile/entries/001");
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(bytes.AsSpan().IndexOf("10.0.0.7"u8), 8)[^1] = (byte)'8';
        File.WriteAllBytes(file, bytes);
        Broken(await Verify(), "Entry 256 (event 00000100-0000-7000-8000-000000000001) in tile/entries/001 is not what was logged");
    }

    [Fact]
    public async Task An_entry_that_was_damaged_is_still_named_by_the_id_that_it_says()
    {
        var file = Path.Combine(bank.Folder, "tile/entries/001");
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().IndexOf("\"kind\""u8) + 1] = (byte)'K';
        File.WriteAllBytes(file, bytes);
        Broken(await Verify(), "Entry 256 (event 00000100-0000-7000-8000-000000000001, as far as it can be read) in tile/entries/001 is not what was logged");
    }

    [Fact]
    public async Task A_log_whose_tiles_were_made_anew_without_the_key_is_found()
    {
        var honest = File.ReadAllBytes(bank.CheckpointFile);
        await bank.Forge(Enumerable.Range(0, Size).Select(number => EventEncoding.Encode(BankLog.Event(number) with { Address = "1.1.1.1" })));
        File.WriteAllBytes(bank.CheckpointFile, honest);
        Broken(await Verify(), "The tiles at the tree's edge", "the checkpoint was signed for");
    }

    [Fact]
    public async Task A_tail_cut_off_by_the_bank_is_found_against_an_older_checkpoint()
    {
        var older = bank.Keep("monday");
        await bank.Forge([.. bank.Entries.Take(550)]);
        Broken(await Verify("--since", older), "The log has shrunk", "was signed for 600 entries, now there are 550");
        (await Verify()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_old_checkpoint_shown_again_is_found_against_a_newer_one()
    {
        var replayed = File.ReadAllBytes(bank.CheckpointFile);
        await bank.GrowTo(Size + 100);
        var newer = bank.Keep("tuesday");
        File.WriteAllBytes(bank.CheckpointFile, replayed);
        Broken(await Verify("--since", newer), "an old checkpoint is shown again");
    }

    [Fact]
    public async Task A_tail_cut_off_is_found_against_an_export_of_the_whole()
    {
        var export = bank.Export();
        var kept = File.ReadAllText(export);
        await bank.Forge([.. bank.Entries.Take(550)]);
        File.WriteAllText(export, kept);
        Broken(await Verify("--events", export), "events.jsonl is of 600 entries, and the log has only 550");
    }

    [Theory]
    [InlineData(600)]
    [InlineData(700)]
    public async Task A_second_view_of_the_log_for_other_eyes_is_found_against_a_checkpoint_of_the_first(int size)
    {
        var older = bank.Keep("monday");
        await bank.Forge(Enumerable.Range(0, size).Select(number => EventEncoding.Encode(BankLog.Event(number) with { Address = number == 5 ? "1.1.1.1" : "10.0.0.7" })));
        Broken(await Verify("--since", older), "The log was forked");
        (await Verify()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_tree_that_a_thief_of_the_key_signed_is_found_by_asking_for_the_witness()
    {
        await bank.Publish(witness);
        var honest = SignedNote.Parse(File.ReadAllBytes(bank.CheckpointFile));
        (await Verify("--witness", witness.Verifier.ToString())).Code.ShouldBe(0);

        await bank.Forge(Enumerable.Range(0, Size).Select(number => EventEncoding.Encode(BankLog.Event(number) with { Address = "1.1.1.1" })));
        Broken(await Verify("--witness", witness.Verifier.ToString()), "did not sign the checkpoint: whoever stole the log's key could have made it");
        // Nor does it help to carry the witness's line over.
        File.WriteAllBytes(bank.CheckpointFile, SignedNote.Parse(File.ReadAllBytes(bank.CheckpointFile)).With(honest.Signatures[1]).ToBytes());
        Broken(await Verify("--witness", witness.Verifier.ToString()), "The signature of the witness witness.example/w1 on the checkpoint is wrong");
    }

    [Fact]
    public async Task A_checkpoint_by_another_key_is_found()
    {
        using var thief = new BankLog();
        await thief.GrowTo(10);
        File.Copy(thief.CheckpointFile, bank.CheckpointFile, overwrite: true);
        Broken(await Verify(), "The checkpoint is not signed by the key");
    }

    [Fact]
    public async Task One_flipped_bit_in_any_file_is_found()
    {
        // Partial tiles of an earlier checkpoint are there, too.
        await bank.GrowTo(Size + 20);
        (await Verify()).Code.ShouldBe(0);
        var random = new Random(7);
        foreach (var file in Directory.EnumerateFiles(bank.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            for (var i = 0; i < 12; i++)
            {
                var bit = random.Next(8 * bytes.Length);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(file, bytes);
                var run = await Verify();
                run.Code.ShouldBe(1, $"bit {bit} of {file}: {run.Output}");
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
            File.WriteAllBytes(file, bytes);
        }
        (await Verify()).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("tile/0/000", "tile/0/000, with the entries 0 to 255, is missing")]
    [InlineData("tile/entries/001", "tile/entries/001, with the entries 256 to 511, is missing")]
    [InlineData("tile/1/000.p/2", "tile/1/000.p/2 is missing, though the checkpoint promises it")]
    [InlineData("tile/entries/002.p/88", "tile/entries/002.p/88, with the entries 512 to 599, is missing")]
    public async Task A_deleted_file_is_found(string file, string said)
    {
        File.Delete(Path.Combine(bank.Folder, file));
        Broken(await Verify(), said);
    }

    [Fact]
    public async Task A_tile_of_hashes_that_alone_was_changed_is_told_apart_from_its_entries()
    {
        var file = Path.Combine(bank.Folder, "tile/0/001");
        var bytes = File.ReadAllBytes(file);
        bytes[100] ^= 1;
        File.WriteAllBytes(file, bytes);
        var run = await Verify();
        Broken(run, "tile/0/001 is not the tile that was logged", "It covers the entries 256 to 511");
        run.Output.ShouldNotContain("is not what was logged:");
    }

    [Fact]
    public async Task Something_that_was_logged_and_is_no_event_is_named()
    {
        await bank.Forge(Enumerable.Range(0, 20).Select(number => number == 9 ? "{\"hello\":1}"u8.ToArray() : bank.Entries[number]).ToList());
        Broken(await Verify(), "Entry 9 in tile/entries/000.p/20 was logged as it is, and is no event");
    }

    private Task<VerifierRun> Verify(params string[] more) => VerifierRun.Of(["verify", bank.Folder, "--key", bank.Key.Verifier.ToString(), .. more]);

    private static void Broken(VerifierRun run, params string[] words)
    {
        foreach (var said in words) run.Output.ShouldContain(said);
        run.Output.ShouldStartWith("BROKEN");
        run.Code.ShouldBe(1);
    }
}
