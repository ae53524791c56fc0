using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.Data;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Tests.Support;
using Strongroom.Tests.Verifier;

namespace Strongroom.Tests.Modules.Audit;

/// <summary>
/// Each row of trust.md's list, done by the owner of the database: triggers dropped, constraints not looked at, SQL by hand. The auditor's program says what it was.
/// The key and other people's memory are not the owner's: forging with the key is in Verifier/DetectionTests.
/// </summary>
public abstract class TamperTests<TEngine> : IAsyncLifetime where TEngine : IEngine
{
    private readonly LogWorld<TEngine> world = new();
    private string older = "";

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        await world.Happen(280);
        await world.Sequence();
        await world.Export();
        older = Path.Combine(world.DataFolder, "monday");
        File.Copy(Path.Combine(world.CopyFolder, "checkpoint"), older);
        await world.Happen(40);
        await world.Sequence();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return world.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_was_done_and_the_log_holds_also_from_the_older_checkpoint()
    {
        var run = await world.Verify("--since", older);
        run.Code.ShouldBe(0, run.Output);
        run.Output.ShouldContain("The 321 events of events.jsonl are those of the log");
    }

    [Fact]
    public async Task An_edited_column_is_found()
    {
        await world.AsOwner($"UPDATE audit_event SET kind = 'access.checked-out' WHERE id = (SELECT event FROM audit_leaf WHERE \"index\" = 77)");
        await Broken("the row of entry 77", "was edited: its kind is access.checked-out, logged was test.happened");
    }

    [Fact]
    public async Task A_back_dated_row_is_found()
    {
        await world.AsOwner("UPDATE audit_event SET at = (SELECT at FROM audit_event WHERE kind = 'audit.log-key-listed') WHERE id = (SELECT event FROM audit_leaf WHERE \"index\" = 77)");
        await Broken("the row of entry 77", "was edited: its time is");
    }

    [Fact]
    public async Task A_payload_edited_under_its_old_hash_is_found()
    {
        await EditBody(77, keepHash: true);
        await Broken("the payload of entry 77", "was edited and its hash kept");
    }

    [Fact]
    public async Task A_payload_edited_with_its_hash_is_found()
    {
        await EditBody(77, keepHash: false);
        await Broken("entry 77", "was edited: it is not the event that was logged");
    }

    [Fact]
    public async Task A_deleted_row_is_found()
    {
        await world.AsOwner(
            "DELETE FROM audit_subject WHERE event = (SELECT event FROM audit_leaf WHERE \"index\" = 200)",
            "DELETE FROM audit_event WHERE id = (SELECT event FROM audit_leaf WHERE \"index\" = 200)");
        await Broken("Entry 200", "stands in the log and not in events.jsonl: it was deleted there");
    }

    [Fact]
    public async Task Two_rows_that_were_exchanged_are_found()
    {
        await world.AsOwner(
            "CREATE TABLE swap AS SELECT \"index\", event FROM audit_leaf WHERE \"index\" IN (10, 11)",
            "DELETE FROM audit_leaf WHERE \"index\" IN (10, 11)",
            "INSERT INTO audit_leaf (\"index\", event) SELECT 21 - \"index\", event FROM swap");
        await Broken("at entry 10 the log has the event", "events were exchanged, reordered or replaced");
    }

    [Fact]
    public async Task A_tail_cut_off_is_found_against_an_older_checkpoint()
    {
        // The checkpoint of then is put back as the newest: everything that came after is gone.
        var newer = Path.Combine(world.DataFolder, "tuesday");
        await world.Export();
        File.Copy(Path.Combine(world.CopyFolder, "checkpoint"), newer);
        await world.AsOwner("DELETE FROM audit_checkpoint WHERE size > 281");
        await Broken(["--since", newer], "The log has shrunk", "was signed for 321 entries, now there are 281");
    }

    [Fact]
    public async Task A_replayed_checkpoint_is_found_against_a_newer_one()
    {
        await world.Export();
        var newer = Path.Combine(world.DataFolder, "tuesday");
        File.Copy(Path.Combine(world.CopyFolder, "checkpoint"), newer);
        File.Copy(older, Path.Combine(world.CopyFolder, "checkpoint"), overwrite: true);
        var run = await VerifierRun.Of("verify", world.CopyFolder, "--key", world.VerifierKey, "--since", newer);
        run.Code.ShouldBe(1);
        run.Output.ShouldContain("an old checkpoint is shown again");
    }

    [Fact]
    public async Task A_second_view_signed_with_a_stolen_key_is_found_against_an_older_checkpoint_and_by_a_witness()
    {
        // The thief writes all tiles anew over other events, signs them, and puts them where the log's own lie.
        await Forge();
        using var witness = SigningKey.Generate("witness.example/w1", SignatureType.Cosignature);
        await world.Export();
        var run = await VerifierRun.Of("verify", world.CopyFolder, "--key", world.VerifierKey, "--since", older, "--witness", witness.Verifier.ToString());
        run.Code.ShouldBe(1);
        run.Output.ShouldContain("The log was forked");
        run.Output.ShouldContain("did not sign the checkpoint: whoever stole the log's key could have made it");
        // Against the rows it is found too: the thief left them as they were.
        await Broken("entry 0");
    }

    [Theory]
    [InlineData("audit_tile", "level = 0")]
    [InlineData("audit_tile", "level = -1")]
    [InlineData("audit_edge", "level = 0")]
    [InlineData("audit_edge", "level = 1")]
    [InlineData("audit_edge", "level = -1")]
    public async Task One_flipped_bit_of_a_stored_tile_is_found(string table, string which)
    {
        var bytes = await world.Read(async db => table == "audit_tile"
            ? await db.Set<AuditTile>().Where(row => row.Level == (which == "level = 0" ? 0 : -1)).Select(row => row.Bytes).FirstAsync()
            : await db.Set<AuditEdge>().Where(row => row.Level == (which == "level = 0" ? 0 : which == "level = 1" ? 1 : -1)).Select(row => row.Bytes).FirstAsync());
        bytes[bytes.Length / 2] ^= 4;
        await world.AsOwner($"UPDATE {table} SET bytes = {Literal(bytes)} WHERE {which}");
        (await world.Verify()).Code.ShouldBe(1);
    }

    /// <param name="at">From the beginning of the root's line.</param>
    /// <param name="to">What stands there instead: another letter of base64, none, or no line at all.</param>
    [Theory]
    [InlineData(1, 'A')]
    [InlineData(1, '[')]
    [InlineData(1, '\n')]
    [InlineData(-1, 'x')]
    [InlineData(44, 'x')]
    [InlineData(45, 'x')]
    public async Task One_changed_letter_of_the_stored_checkpoint_is_found_and_stops_the_log_at_its_next_start(int at, char to)
    {
        var note = await world.Read(db => db.Set<AuditCheckpoint>().OrderByDescending(row => row.Size).Select(row => row.Note).FirstAsync());
        ref var letter = ref note[note.AsSpan().IndexOf("\n321\n"u8) + 5 + at];
        letter = letter == to ? (byte)'B' : (byte)to;
        await world.AsOwner($"UPDATE audit_checkpoint SET note = {Literal(note)} WHERE size = 321");
        await Broken("checkpoint");

        await using var next = await SecondNode<TEngine>.Start(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await next.Sequence();
        (await world.Read(db => db.Set<AuditSequencer>().Select(row => row.Stopped ?? "").SingleAsync())).ShouldContain("The last checkpoint in the database");
    }

    [Fact]
    public async Task A_deleted_leaf_is_found()
    {
        await world.AsOwner("DELETE FROM audit_leaf WHERE \"index\" = 5");
        await Broken("Entry 5", "it was deleted there");
    }

    private Task Broken(params string[] words) => Broken([], words);

    private async Task Broken(string[] options, params string[] words)
    {
        var run = await world.Verify(options);
        run.Code.ShouldBe(1, run.Output + run.Error);
        foreach (var word in words) run.Output.ShouldContain(word);
    }

    private async Task EditBody(long index, bool keepHash)
    {
        var body = await world.Read(db => (from leaf in db.Set<AuditLeaf>() join one in db.Set<AuditEvent>() on leaf.Event equals one.Id where leaf.Index == index select one.Body).SingleAsync());
        var happened = EventEncoding.Decode(body);
        var edited = EventEncoding.Encode(happened with { Data = new Dictionary<string, object> { ["number"] = 12345L } });
        var hash = keepHash ? "" : $", leaf_hash = {Literal(TreeHash.OfLeaf(edited).Bytes.ToArray())}";
        await world.AsOwner($"UPDATE audit_event SET body = {Literal(edited)}{hash} WHERE id = (SELECT event FROM audit_leaf WHERE \"index\" = {index})");
    }

    private async Task Forge()
    {
        var bodies = await world.Read(db => (from leaf in db.Set<AuditLeaf>() join one in db.Set<AuditEvent>() on leaf.Event equals one.Id orderby leaf.Index select one.Body).ToListAsync());
        var tree = new Strongroom.AuditLog.Tiles.GrowingTree();
        foreach (var body in bodies) tree.Append(EventEncoding.Encode(EventEncoding.Decode(body) with { Address = "1.1.1.1" }));
        using var stolen = SigningKey.Parse(File.ReadAllText(Path.Combine(world.DataFolder, "keys", "log-1.key")).Trim());
        var note = new Checkpoint("bank.example/log", tree.Size, tree.Root()).Sign(stolen);
        List<string> sql = ["DELETE FROM audit_edge", "DELETE FROM audit_tile", $"UPDATE audit_checkpoint SET note = {Literal(note.ToBytes())} WHERE size = {tree.Size}"];
        foreach (var tile in tree.TakeTiles())
        {
            sql.Add(tile.Path.IsFull
                ? $"INSERT INTO audit_tile (level, \"index\", bytes) VALUES ({tile.Path.Level}, {tile.Path.Index}, {Literal(tile.Bytes.ToArray())})"
                : $"INSERT INTO audit_edge (level, \"index\", width, bytes) VALUES ({tile.Path.Level}, {tile.Path.Index}, {tile.Path.Width}, {Literal(tile.Bytes.ToArray())})");
        }
        await world.AsOwner([.. sql]);
    }

    private static string Literal(byte[] bytes) => typeof(TEngine) == typeof(Sqlite) ? $"x'{Convert.ToHexString(bytes)}'" : $"'\\x{Convert.ToHexString(bytes)}'::bytea";
}

public sealed class TamperOnSqlite : TamperTests<Sqlite>;

public sealed class TamperOnPostgres : TamperTests<Postgres>;
