using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Exchange.Contracts;

/// <summary>A warning of an import, by its place in its file.</summary>
public sealed record WarningPlace(ImportedFileId File, int Line, int Number);

/// <param name="Note">What came of it: what was looked at, mended, or found to be right.</param>
public sealed record SettleWarningsRequest(
    [property: Required, MinLength(1), MaxLength(50)] IReadOnlyList<WarningPlace> Warnings, [property: Required, StringLength(500)] string Note);

internal sealed record WarningSettledAlready() : Refusal("exchange.warning-settled-already", 409, "Somebody has seen to one of these warnings already.", "Look at the list again and tick what is left.");

/// <summary>The branch has seen to warnings of the import: what came of it stands with them and in the lockers' stories.</summary>
internal sealed class SettleWarnings(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(SettleWarningsRequest request, CancellationToken cancel) =>
        write.Do<Done>("exchange.settle-warnings", request, async act =>
        {
            if (act.Actor.Person is not { } officer) return new NotYours();
            var places = request.Warnings.Distinct().ToList();
            var (files, lines) = (places.ConvertAll(place => place.File), places.ConvertAll(place => place.Line));
            var near = await db.Set<ImportProblem>().AsNoTracking()
                .Where(row => files.Contains(row.File) && lines.Contains(row.Line) && row.Severity == ProblemSeverity.Warning).ToListAsync(cancel);
            var found = near.Where(row => places.Contains(new(row.File, row.Line, row.Number))).ToList();
            if (found.Count < places.Count || !found.TrueForAll(row => row.Branch is { } branch && act.Actor.MayAt(ExchangeRights.Settle, branch)))
                return new NoSuch("warning") { Field = "warnings" };
            var settled = await db.Set<SettledWarning>().AsNoTracking().Where(row => files.Contains(row.File) && lines.Contains(row.Line)).ToListAsync(cancel);
            if (settled.Exists(row => places.Contains(new(row.File, row.Line, row.Number)))) return new WarningSettledAlready { Field = "warnings" };

            var (told, note) = (new Event(ExchangeAudit.Settled).With("count", found.Count), request.Note.Trim());
            foreach (var row in found)
            {
                told.About(row.Branch).About(row.Locker).About(row.Person);
                db.Add(await Settle(act, row, officer, note, cancel));
            }
            db.Append(act, told.Withhold("note", note, officer, await act.Seals.KeyOf(db, officer, cancel)));
            return Done.It;
        }, cancel);

    private async Task<SettledWarning> Settle(Act act, ImportProblem row, PersonId officer, string note, CancellationToken cancel)
    {
        var person = row.Person ?? officer;
        var id = act.NewId<Noun.Settlement>();
        return new()
        {
            File = row.File,
            Line = row.Line,
            Number = row.Number,
            Id = id,
            At = act.Now,
            By = officer,
            Note = (await act.Seals.KeyOf(db, person, cancel)).Seal(SettledWarning.NoteColumn, id.Value, note),
            SealedFor = person,
        };
    }
}
