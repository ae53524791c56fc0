using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Days;

/// <summary>The two signatures that an opening or a close of the day waits for: the officer's own, and a second officer's.</summary>
public sealed record DaySignatures(SignatureId Mine, SignatureId Second);

/// <param name="Mine">Signature of the custodian who takes the guard keys.</param>
/// <param name="Second">Signature of the officer who hands them over.</param>
public sealed record OpenDayRequest([property: Required] SignatureId? Mine, [property: Required] SignatureId? Second);

public sealed record DayOpened(BranchDayId Id, DateOnly Date);

internal sealed record DayAlreadyOpen() : Refusal("access.day-already-open", 409, "A day of this branch is open already.", "Go on with it, or close it first.");

internal sealed record DayWasClosed() : Refusal(
    "access.day-was-closed", 409, "Today was opened and closed already.", "Opening again needs head office.");

internal sealed record BranchNotSetUp() : Refusal(
    "access.branch-not-set-up", 409, "The branch has no vault hours yet.", "Head office sets them in the office, under the branch's hours.");

internal sealed record ClosedToday(string Why) : Refusal("access.closed-today", 409, $"The vault is closed today: {Why}.", "Open it on the next working day.");

internal sealed record NoGuardKeys() : Refusal(
    "access.no-guard-keys", 409, "No guard key of this branch lies in the safe.", "Register the guard keys, or have them returned to the safe, under Custody.");

/// <summary>
/// Opens the branch's day with a custody hand-over: a custodian takes the guard keys out of the safe, another officer hands them over, both sign.
/// </summary>
internal sealed class OpenDay(StrongroomDb db, Write write)
{
    internal const string Takes = "access.open-day.takes", Gives = "access.open-day.gives";

    /// <summary>First half: says what would be opened and asks for the two signatures.</summary>
    public Task<Outcome<DaySignatures>> Ask(BranchId id, CancellationToken cancel) =>
        write.Do<DaySignatures>("access.ask-open-day", new { id }, async act =>
        {
            await db.WatchGuardKeys(id, cancel);
            var plan = await Plan(act, id, cancel);
            if (plan.Refused(out var refusal, out var opening)) return refusal;

            var me = act.Actor.Person!.Value;
            var words = $"the guard keys {opening.KeyNumbers} of {opening.BranchName} and open its day of {opening.Date:d MMMM yyyy}.";
            var mine = Signatures.Ask(db, act, new ToSign(Takes, opening.Payload(me), $"Take over {words}", id, me, null, []));
            var second = Signatures.Ask(db, act, new ToSign(Gives, opening.Payload(me), $"Hand over {words}", id, null, AccessRights.Day, [me]));
            return new DaySignatures(mine, second);
        }, cancel);

    public Task<Outcome<DayOpened>> Handle(BranchId id, OpenDayRequest request, CancellationToken cancel) =>
        write.Do<DayOpened>("access.open-day", new { id, request }, async act =>
        {
            var plan = await Plan(act, id, cancel);
            if (plan.Refused(out var refusal, out var opening)) return refusal;

            var me = act.Actor.Person!.Value;
            var taken = await Signatures.Use(db, act, request.Mine!.Value, Takes, opening.Payload(me), cancel);
            if (taken.Refused(out refusal, out var takes)) return refusal.About(id);
            var given = await Signatures.Use(db, act, request.Second!.Value, Gives, opening.Payload(me), cancel);
            if (given.Refused(out refusal, out var gives)) return refusal.About(id);

            var day = new BranchDay
            {
                Id = act.NewId<Noun.BranchDay>(),
                Branch = id,
                Date = opening.Date,
                OpenedAt = act.Now,
                OpenedBy = takes.Signer,
                OpenedWith = gives.Signer,
            };
            db.Add(day);
            await db.HandOver(act, opening.Keys, to: takes.Signer, givenBy: gives.Id, takenBy: takes.Id, cancel);
            db.Append(act, new Event(AccessAudit.DayOpened).About(day.Id).About(id).About(takes.Signer).About(gives.Signer)
                .About(opening.Keys.Select(Subject.Of)).With("date", day.Date).With("keys", opening.Keys.Count));
            return new DayOpened(day.Id, day.Date);
        }, cancel);

    /// <summary>What an opening now would be: both halves make the same, or the signatures do not fit.</summary>
    private sealed record Opening(BranchId Branch, string BranchName, DateOnly Date, IReadOnlyList<KeyId> Keys, string KeyNumbers)
    {
        public object Payload(PersonId custodian) => new { branch = Branch, date = Date, keys = Keys, custodian };
    }

    private async Task<Outcome<Opening>> Plan(Act act, BranchId id, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (branch is null || !act.Actor.MayAt(AccessRights.Read, id)) return new NoSuch("branch");
        if (!act.Actor.MayAt(AccessRights.Serve, id)) return new NotYours().About(id);

        var today = act.Now.DateIn(branch.Zone);
        var calendar = await db.CalendarAt(id, act.Now, cancel);
        if (!calendar.IsSetUp) return new BranchNotSetUp().About(id);
        if (calendar.On(today) is null) return new ClosedToday(await db.WhyClosed(id, today, cancel)).About(id);

        if (await db.Set<BranchDay>().AnyAsync(row => row.Branch == id && row.ClosedAt == null, cancel)) return new DayAlreadyOpen().About(id);
        if (await db.Set<BranchDay>().AnyAsync(row => row.Branch == id && row.Date == today, cancel)) return new DayWasClosed().About(id);

        var keys = await db.CustodyFacts().Where(row => row.Branch == id && row.Vault != null && row.Holder == null).OrderBy(row => row.Number).ToListAsync(cancel);
        return keys.Count == 0
            ? new NoGuardKeys().About(id)
            : new Opening(id, branch.Name, today, [.. keys.Select(key => key.Key)], string.Join(", ", keys.Select(key => key.Number)));
    }
}
