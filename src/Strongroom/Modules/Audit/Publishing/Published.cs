using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Notes;
using Strongroom.Data;
using Strongroom.Modules.Audit.Sequencing;

namespace Strongroom.Modules.Audit.Publishing;

/// <summary>
/// Which checkpoint is shown. With witnesses, the newest that all of them have signed, as long as it is no older than half a minute; a witness that is away
/// holds nothing up for longer.
/// </summary>
internal static class Published
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<SignedNote?> Newest(StrongroomDb db, Witnesses witnesses, CancellationToken cancel)
    {
        var newest = await db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancel);
        if (newest is null) return null;
        if (witnesses.Names.Count == 0) return SignedNote.Parse(newest.Note);

        var (border, names, all) = (newest.At - Patience, witnesses.Names, witnesses.Names.Count);
        var signed = await db.Set<AuditCheckpoint>().AsNoTracking()
            .Where(row => row.At >= border && db.Set<AuditCosignature>().Count(line => line.Size == row.Size && names.Contains(line.Witness)) == all)
            .OrderByDescending(row => row.Size).FirstOrDefaultAsync(cancel);
        var shown = signed ?? newest;
        var lines = await db.Set<AuditCosignature>().AsNoTracking().Where(line => line.Size == shown.Size).OrderBy(line => line.Witness).Select(line => line.Line).ToListAsync(cancel);
        return lines.Aggregate(SignedNote.Parse(shown.Note), (note, line) => note.With(NoteSignature.Parse(line)));
    }
}
