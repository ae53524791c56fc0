using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Tiles;
using Strongroom.Data;
using Strongroom.Modules.Audit.Publishing;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Contracts;

/// <summary>An event's place under a published checkpoint.</summary>
/// <param name="Leaf">The leaf's hash in base64, and so is each of <paramref name="Path"/>, from the leaf's sibling up.</param>
/// <param name="Receipt">A .tlog-proof file that carries its entry.</param>
public sealed record LogProof(long Index, long Size, string Leaf, IReadOnlyList<string> Path, string Root, string Checkpoint, byte[] Receipt);

/// <summary>What a receipt turned out to be.</summary>
/// <param name="Trouble">Why it does not hold, as a sentence; null when it does.</param>
/// <param name="Says">What it says, when that can be read, whether it holds or not.</param>
/// <param name="Witnesses">Names of the witnesses that signed the checkpoint, as the receipt says.</param>
public sealed record CheckedReceipt(string? Trouble, LogEvent? Says, long Index, long Size, string? Leaf, string? Key, IReadOnlyList<string> Witnesses);

/// <summary>The hash on a slip, looked up.</summary>
public enum LeafStanding
{
    /// <summary>The event is not ours, or it has another hash.</summary>
    Unknown,

    /// <summary>It has its place within seconds.</summary>
    Waits,
    Sealed,
}

internal sealed class LogProofs(StrongroomDb db, DatabaseLog log, Witnesses witnesses)
{
    public const string ContentType = "application/octet-stream", Extension = ".tlog-proof";

    /// <summary>Null until the event's leaf is under a published checkpoint.</summary>
    public async Task<LogProof?> Of(EventId id, CancellationToken cancel)
    {
        var place = await db.Set<AuditLeaf>().Where(row => row.Event == id).Select(row => (long?)row.Index).SingleOrDefaultAsync(cancel);
        if (place is not { } index || await Publishing.Published.Newest(db, witnesses, cancel) is not { } shown) return null;
        var note = SignedNote.Parse(shown.Note);
        var checkpoint = Checkpoint.Parse(note.Text);
        if (index >= checkpoint.Size) return null;
        var tree = new TiledTree(log, checkpoint.Size);
        var path = await tree.Inclusion(index, cancel);
        // The entry of the log and not the row's: a receipt proves what was sealed.
        var entry = await tree.Entry(index, cancel);
        return new(index, checkpoint.Size, (await tree.Leaf(index, cancel)).ToString(), [.. path.Select(hash => hash.ToString())], checkpoint.Root.ToString(), note.ToString(),
            new Receipt(index, path, note, entry).ToBytes());
    }

    /// <summary>Which of these events have their leaf under the checkpoint that everybody is shown.</summary>
    public async Task<IReadOnlySet<EventId>> Published(IReadOnlyCollection<EventId> events, CancellationToken cancel)
    {
        if (await Publishing.Published.Newest(db, witnesses, cancel) is not { } shown) return new HashSet<EventId>();
        // By the note and not by its row: what is published is what the bank has signed.
        var size = Checkpoint.Parse(SignedNote.Parse(shown.Note).Text).Size;
        return await db.Set<AuditLeaf>().Where(row => events.Contains(row.Event) && row.Index < size).Select(row => row.Event).ToHashSetAsync(cancel);
    }

    /// <summary>The leaf's hash of an event in base64; null when there is no such event.</summary>
    public async Task<string?> LeafOf(EventId id, CancellationToken cancel) =>
        await db.Set<AuditEvent>().Where(row => row.Id == id).Select(row => row.LeafHash).SingleOrDefaultAsync(cancel) is { } hash ? Convert.ToBase64String(hash) : null;

    /// <summary>Whether the log holds that event under that hash.</summary>
    public async Task<LeafStanding> Standing(EventId id, string leaf, CancellationToken cancel)
    {
        if (await LeafOf(id, cancel) != leaf) return LeafStanding.Unknown;
        return await Of(id, cancel) is { } proof ? proof.Leaf == leaf ? LeafStanding.Sealed : LeafStanding.Unknown : LeafStanding.Waits;
    }

    /// <summary>Checks a receipt as anybody can, and besides whether this log still has that entry at that place.</summary>
    public async Task<CheckedReceipt> Check(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        Receipt receipt;
        try
        {
            receipt = Receipt.Parse(bytes.Span);
        }
        catch (MalformedException malformed)
        {
            return new($"This is no receipt. {malformed.Message}", null, 0, 0, null, null, []);
        }
        if (receipt.Extra is not { } entry) return new("The receipt does not carry its entry, so it says nothing that could be read here.", null, receipt.Index, 0, null, null, []);
        var leaf = TreeHash.OfLeaf(entry.Span);
        var says = Read(entry);
        CheckedReceipt Not(string trouble, long size = 0) => new(trouble, says, receipt.Index, size, leaf.ToString(), null, []);

        var keys = await db.Set<AuditLogKey>().AsNoTracking().OrderByDescending(row => row.FromSize).Select(row => row.Key).ToListAsync(cancel);
        foreach (var key in keys.Select(VerifierKey.Parse))
        {
            if (receipt.Checkpoint.Check(key).State != SignatureState.Good) continue;
            SignedCheckpoint? signed;
            try
            {
                signed = receipt.Check(leaf, key);
            }
            catch (Exception wrong) when (wrong is MalformedException or UntrustedException)
            {
                return Not(wrong.Message);
            }
            if (signed is null) return Not("The proof does not lead from what the receipt says to what the bank signed: one of them was changed.");
            var size = signed.Checkpoint.Size;
            if (says is null) return Not("It is under the bank's signature, and of a form that this version of the program cannot read.", size);
            var known = await db.Set<AuditCheckpoint>().MaxAsync(row => (long?)row.Size, cancel) ?? 0;
            if (known < size || await new TiledTree(log, known).Leaf(receipt.Index, cancel) != leaf)
                return Not("The bank signed it, and the bank's log no longer holds it. Keep the receipt and show it to the bank's auditors: it proves that the log was changed.", size);
            return new(null, says, receipt.Index, size, leaf.ToString(), key.ToString(), [.. receipt.Checkpoint.Signatures.Select(line => line.Name).Where(witnesses.Names.Contains)]);
        }
        return Not("No key of this bank's log signed it: it is of another bank, or forged.");
    }

    private static LogEvent? Read(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return EventEncoding.Decode(entry.Span);
        }
        catch (Exception unread) when (unread is MalformedException or UnknownVersionException)
        {
            return null;
        }
    }
}
