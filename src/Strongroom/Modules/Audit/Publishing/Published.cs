using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Notes;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Publishing;

/// <summary>A checkpoint as the world sees it.</summary>
/// <param name="Size">Of the row; an altered note may say another.</param>
/// <param name="Note">With the witnesses' lines. As it is stored, also where somebody made it unreadable: the auditor's program is to see it, not our excuse.</param>
internal sealed record PublishedCheckpoint(long Size, byte[] Note);

/// <summary>
/// Which checkpoint is shown. With witnesses, the newest that all of them have signed, as long as it is no older than half a minute; a witness that is away
/// holds nothing up for longer.
/// </summary>
internal static class Published
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<PublishedCheckpoint?> Newest(StrongroomDb db, Witnesses witnesses, CancellationToken cancel)
    {
        var newest = await db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancel);
        if (newest is null) return null;
        if (witnesses.Names.Count == 0) return new(newest.Size, newest.Note);

        var (border, names, all) = (newest.At - Patience, witnesses.Names, witnesses.Names.Count);
        var signed = await db.Set<AuditCheckpoint>().AsNoTracking()
            .Where(row => row.At >= border && db.Set<AuditCosignature>().Count(line => line.Size == row.Size && names.Contains(line.Witness)) == all)
            .OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancel);
        var shown = signed ?? newest;
        var lines = await db.Set<AuditCosignature>().AsNoTracking().Where(line => line.Size == shown.Size).OrderBy(line => line.Witness).Select(line => line.Line).ToListAsync(cancel);
        return new(shown.Size, Whole(shown.Note, lines));
    }

    private static byte[] Whole(byte[] note, List<string> lines)
    {
        try
        {
            return lines.Count == 0 ? note : lines.Aggregate(SignedNote.Parse(note), (whole, line) => whole.With(NoteSignature.Parse(line))).ToBytes();
        }
        catch (MalformedException)
        {
            return note;
        }
    }
}
