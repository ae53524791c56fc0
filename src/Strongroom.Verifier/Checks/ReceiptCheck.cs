using System.Globalization;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;

namespace Strongroom.Verifier.Checks;

/// <summary>Checks a receipt: a hirer's proof that the bank logged a visit. Asks nobody.</summary>
internal static class ReceiptCheck
{
    /// <param name="entry">The entry's bytes when the holder has them apart; null for those in the receipt.</param>
    /// <param name="leaf">The leaf's hash as it stands on a slip; null when there is none.</param>
    public static void Run(byte[] file, byte[]? entry, Hash? leaf, VerifierKey key, string? origin, IReadOnlyList<VerifierKey> witnesses, Findings findings)
    {
        try
        {
            var receipt = Receipt.Parse(file);
            entry ??= receipt.Extra?.ToArray();
            if (entry is null && leaf is null)
            {
                findings.Unknown($"The receipt carries no entry. Give it with --entry, or its hash with --leaf.");
                return;
            }
            var hash = entry is null ? leaf!.Value : TreeHash.OfLeaf(entry);
            if (leaf is { } slip && slip != hash) findings.Broken($"The entry is not the one of the slip: it hashes to {hash}, the slip has {slip}.");
            if (receipt.Check(hash, key, origin) is not { } signed)
            {
                findings.Broken($"The proof does not lead from the entry to the root that was signed: entry {receipt.Index:#,0} of that log is another, or the receipt was changed.");
                return;
            }
            foreach (var witness in witnesses.Where(witness => signed.Note.Check(witness).State != SignatureState.Good))
                findings.Broken($"The witness {witness.Name} did not sign the receipt's checkpoint.");
            findings.Good($"Entry {receipt.Index:#,0} of the {signed.Checkpoint.Size:#,0} that {key.Name} signed.");
            foreach (var witness in witnesses) findings.Good($"The witness {witness.Name} signed it on {signed.Note.Check(witness).At:yyyy-MM-dd HH:mm:ss} UTC.");
            if (entry is not null) Tell(entry, findings);
        }
        catch (MalformedException e)
        {
            findings.Broken($"The receipt is malformed: {e.Message}");
        }
        catch (UntrustedException e)
        {
            findings.Broken($"{e.Message}");
        }
    }

    private static void Tell(byte[] entry, Findings findings)
    {
        try
        {
            var logged = EventEncoding.Decode(entry);
            var subjects = string.Join(", ", logged.Subjects.Select(subject => string.Create(CultureInfo.InvariantCulture, $"{subject.Kind} {subject.Id:D}")));
            findings.Good($"It says: {logged.Kind} on {logged.At:yyyy-MM-dd HH:mm:ss} UTC, event {logged.Id:D}{(subjects.Length > 0 ? ", about " + subjects : "")}.");
        }
        catch (Exception e) when (e is MalformedException or UnknownVersionException)
        {
            findings.Remark($"What it says cannot be shown: {e.Message}");
        }
    }
}
