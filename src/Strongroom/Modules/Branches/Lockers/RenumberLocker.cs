using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

/// <param name="Number">As it is printed on the new plate.</param>
public sealed record RenumberLockerRequest([property: Required, StringLength(20), RegularExpression("[A-Za-z0-9/-]+")] string Number);

internal sealed record NumberAlready() : Refusal("branches.number-already", 409, "The locker has this number already.", "Look at the locker again: somebody may have been quicker.");

/// <summary>
/// Another number on the plate, after a merger or a move. The id stays, and the former number is kept with its time: the wrong "Box 105" is
/// drilled where it is forgotten.
/// </summary>
internal sealed class RenumberLocker(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(LockerId id, RenumberLockerRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.renumber-locker", new { id, request }, async act =>
        {
            var locker = await db.Set<Locker>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (locker is null || !act.Actor.MayAt(BranchesRights.Read, locker.Branch)) return new NoSuch("locker");
            if (!act.Actor.MayAt(BranchesRights.Write, locker.Branch)) return new NotYours().About(id);
            if (act.CheckVersion(locker) is { } stale) return stale;
            if (locker.Number == request.Number) return new NumberAlready { Field = "number" }.About(id);
            // The database refuses it, too; asking first lets the refusal stand at the field and name the number.
            if (await db.Set<Locker>().AnyAsync(row => row.Branch == locker.Branch && row.Number == request.Number, cancel))
                return new LockerNumberTaken(request.Number) { Field = "number" }.About(id);

            db.Add(new FormerNumber { Locker = id, Number = locker.Number, From = locker.NumberSince, Until = act.Now });
            db.Append(act, new Event(BranchesAudit.Renumbered).About(locker.Branch).About(id).With("number", $"{locker.Number} → {request.Number}"));
            (locker.Number, locker.NumberSince) = (request.Number, act.Now);
            return Done.It;
        }, cancel);
}
