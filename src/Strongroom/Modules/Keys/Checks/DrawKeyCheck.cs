using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Keys.Checks;

public sealed record KeyCheckDrawn(KeyCheckId Id, PersonId Officer, int Among);

internal sealed record NobodyToDraw() : Refusal("keys.nobody-to-draw", 409, "Everybody posted at this branch today is a custodian, holds a key or has handed one over today.", "Draw before the day opens, or ask head office to send an officer.");

internal sealed record CheckWaits() : Refusal("keys.check-waits", 409, "A verification of this branch's keys waits already.", "It is done before another is drawn.");

/// <summary>Draws by lot who verifies the guard keys: anybody posted at the branch today but custodians, those who hold a guard key and those who gave or took one today.</summary>
internal sealed class DrawKeyCheck(StrongroomDb db, Write write)
{
    private static readonly TimeSpan Time = TimeSpan.FromHours(24);

    public Task<Outcome<KeyCheckDrawn>> Handle(BranchId id, CancellationToken cancel) =>
        write.Do<KeyCheckDrawn>("keys.draw-check", new { id }, async act =>
        {
            var branch = await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(KeysRights.Read, id)) return new NoSuch("branch");
            if (!act.Actor.MayAt(KeysRights.Check, id)) return new NotYours().About(id);
            if (await db.Set<KeyCheck>().AnyAsync(row => row.Branch == id && row.DoneAt == null, cancel)) return new CheckWaits().About(id);
            var today = act.Now.DateIn(branch.Zone);
            var holders = await db.CustodyFacts().Where(row => row.Branch == id && row.Holder != null).Select(row => row.Holder!.Value).ToListAsync(cancel);
            var moved = await db.HandsToday(id, branch.Zone, act.Now, cancel);
            var posted = await db.PostedAt(id, today).Where(row => row.Branch == id).Select(row => new { row.Person, row.Role }).ToListAsync(cancel);
            var custodians = posted.Where(row => row.Role == Role.Custodian).Select(row => row.Person).ToHashSet();
            var lot = posted.Select(row => row.Person).Distinct().Where(person => !custodians.Contains(person) && !holders.Contains(person) && !moved.Contains(person)).OrderBy(person => person.Value).ToList();
            if (lot.Count == 0) return new NobodyToDraw().About(id);

            // From the source of ids, which nobody can foresee on a server, and which repeats in the Lab.
            var drawn = lot[(int)(BitConverter.ToUInt32(SHA256.HashData(act.NewGuid().ToByteArray())) % (uint)lot.Count)];
            var check = new KeyCheck
            {
                Id = act.NewId<Noun.KeyCheck>(),
                Branch = id,
                DrawnAt = act.Now,
                DrawnBy = act.Actor.Person!.Value,
                Officer = drawn,
                Among = lot.Count,
                DueAt = act.Now + Time,
            };
            db.Add(check);
            db.Append(act, new Event(KeysAudit.CheckDrawn).About(check.Id).About(id).About(drawn).With("among", lot.Count));
            return new KeyCheckDrawn(check.Id, drawn, lot.Count);
        }, cancel);
}
