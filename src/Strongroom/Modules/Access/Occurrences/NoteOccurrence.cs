using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Occurrences;

/// <param name="Locker">The number on its plate; needed for a door found open.</param>
/// <param name="Visit">The visit during which it happened, if one was going on.</param>
/// <param name="DoorShut">The door was shut and tried: needed for a door found open.</param>
public sealed record NoteOccurrenceRequest(
    [property: Required(ErrorMessage = "Say what happened"), EnumDataType(typeof(OccurrenceKind))] OccurrenceKind? Kind,
    [property: StringLength(20)] string? Locker, VisitId? Visit,
    [property: Required(ErrorMessage = "Write what you found and did"), StringLength(1000)] string Note, bool DoorShut = false);

public sealed record OccurrenceNoted(OccurrenceId Id);

internal sealed record WhichLocker() : Refusal("access.which-locker", 422, "The number of the locker is missing, or no locker of this branch has it.", "Read the number on the locker's plate.");

internal sealed record DoorStillOpen() : Refusal("access.door-still-open", 422, "The door is not said to be shut.", "Shut the door before two pairs of eyes, try it, and confirm.");

internal sealed record DoorOfVisit(string Locker) : Refusal("access.door-of-visit", 409, $"Locker {Locker} is open in a visit.", "Go on with that visit.");

/// <summary>An officer notes what went wrong. A door found open is shut first; its hirers are told in the same instant (R15).</summary>
internal sealed class NoteOccurrence(StrongroomDb db, Write write)
{
    public Task<Outcome<OccurrenceNoted>> Handle(BranchId branch, NoteOccurrenceRequest request, CancellationToken cancel) =>
        write.Do<OccurrenceNoted>("access.note-occurrence", new { branch, request }, async act =>
        {
            if (!act.Actor.MayAt(AccessRights.Receive, branch)) return new NoSuch("branch");
            var number = request.Locker?.Trim();
            var visit = request.Visit is { } during ? await db.VisitFacts().SingleOrDefaultAsync(row => row.Id == during && row.Branch == branch, cancel) : null;
            if (request.Visit is not null && visit is null) return new NoSuch("visit") { Field = nameof(request.Visit) };
            var locker = visit is not null
                ? await db.LockerFacts().SingleAsync(row => row.Id == visit.Locker, cancel)
                : string.IsNullOrEmpty(number) ? null : await db.LockerFacts().SingleOrDefaultAsync(row => row.Branch == branch && row.Number == number, cancel);
            if (locker is null && (request.Kind == OccurrenceKind.DoorFoundOpen || !string.IsNullOrEmpty(number))) return new WhichLocker { Field = nameof(request.Locker) }.About(branch);
            if (request.Kind == OccurrenceKind.DoorFoundOpen)
            {
                if (!request.DoorShut) return new DoorStillOpen { Field = nameof(request.DoorShut) }.About(locker!.Id);
                if (await db.VisitFacts().AnyAsync(row => row.Locker == locker!.Id && row.State == VisitState.Alone, cancel)) return new DoorOfVisit(locker!.Number).About(locker.Id);
            }
            var hire = locker is null ? null : await db.AgreementFacts().SingleOrDefaultAsync(row => row.Locker == locker.Id && row.EndedOn == null, cancel);
            var row = new Occurrence
            {
                Id = act.NewId<Noun.Occurrence>(),
                Branch = branch,
                Kind = request.Kind!.Value,
                Locker = locker?.Id,
                Agreement = hire?.Id,
                Visit = visit?.Id,
                At = act.Now,
                By = act.Actor.Person,
                Note = act.Seals.SealForBank(Occurrence.NotePlace, Encoding.UTF8.GetBytes(request.Note)),
            };
            db.Add(row);
            db.Append(act, new Event(AccessAudit.OccurrenceNoted).About(row.Id).About(branch).About(row.Locker).About(row.Agreement).About(row.Visit).With("kind", row.Kind));
            if (row is { Kind: OccurrenceKind.DoorFoundOpen, Agreement: { } agreement })
                await act.Raise(db, new DoorFoundOpen(row.Id, branch, agreement, locker!.Id, act.Now), cancel);
            return new OccurrenceNoted(row.Id);
        }, cancel);
}
