using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access.Occurrences;

/// <param name="Answer">What was done about it.</param>
public sealed record SeeToOccurrenceRequest([property: Required(ErrorMessage = "Write what was done about it"), StringLength(1000)] string Answer);

internal sealed record OccurrenceSeenAlready() : Refusal("access.occurrence-seen-already", 409, "Somebody has seen to this already.", "Go on with the next one.");

internal sealed record NotedByYourself() : Refusal("access.noted-by-yourself", 409, "You noted this yourself, and so cannot be the one who saw to it.", "Ask another manager.");

/// <summary>The manager writes what was done about an occurrence; never the one who noted it.</summary>
internal sealed class SeeToOccurrence(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(OccurrenceId id, SeeToOccurrenceRequest request, CancellationToken cancel) =>
        write.Do<Done>("access.see-to-occurrence", new { id, request }, async act =>
        {
            var row = await db.Set<Occurrence>().SingleOrDefaultAsync(one => one.Id == id, cancel);
            if (row is null || !act.Actor.MayAt(AccessRights.Warnings, row.Branch)) return new NoSuch("occurrence");
            if (row.SeenAt is not null) return new OccurrenceSeenAlready().About(id);
            if (row.By == act.Actor.Person) return new NotedByYourself().About(id);
            (row.SeenAt, row.SeenBy) = (act.Now, act.Actor.Person);
            row.Answer = act.Seals.SealForBank(Occurrence.AnswerPlace, Encoding.UTF8.GetBytes(request.Answer));
            db.Append(act, new Event(AccessAudit.OccurrenceSeenTo).About(id).About(row.Branch).About(row.Locker).About(row.Agreement).About(row.Visit).With("kind", row.Kind));
            return Done.It;
        }, cancel);
}
