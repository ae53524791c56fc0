using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Days;

/// <summary>What the two officers found on their round: each vault by name, and the guard keys in their hands.</summary>
/// <param name="VaultsEmpty">Vaults that were entered, looked through, and found empty.</param>
/// <param name="KeysCounted">Guard keys counted.</param>
public sealed record ClosingRound([property: Required] IReadOnlyList<VaultId> VaultsEmpty, [property: Required, Range(0, 1000)] int? KeysCounted);

public sealed record CloseDayRequest([property: Required] ClosingRound Round, [property: Required] SignatureId? Mine, [property: Required] SignatureId? Second);

public sealed record DayClosed(BranchDayId Id, DateOnly Date);

internal sealed record VisitsStillOpen(string Lockers) : Refusal(
    "access.visits-still-open", 409, $"The day cannot close: somebody may be inside. Open visits: locker {Lockers}.",
    "Look for each person by name, lead them out and end their visits; then close.");

internal sealed record OfficersInside(string Names) : Refusal(
    "access.officers-inside", 409, $"The vault register says that officers are inside: {Names}.", "Look for them; then write them out of the vault register.");

internal sealed record VaultNotChecked(string Vault) : Refusal(
    "access.vault-not-checked", 422, $"{Vault} was not looked through.", "Enter it, call out, look behind each cabinet, and confirm that nobody is inside.");

internal sealed record KeyCountDiffers(int Counted, int Register) : Refusal(
    "access.key-count-differs", 409, string.Create(CultureInfo.InvariantCulture, $"You counted {Counted} guard keys; the register says {Register}."),
    "Count again; if one is missing, call the manager before anybody leaves.");

/// <summary>
/// Closes the branch's day (R18): no open visit, each vault looked through by name, the guard keys counted and back in the safe, two signatures.
/// </summary>
internal sealed class CloseDay(StrongroomDb db, Write write)
{
    internal const string First = "access.close-day", SecondLook = "access.close-day.second";

    public Task<Outcome<DaySignatures>> Ask(BranchId id, ClosingRound round, CancellationToken cancel) =>
        write.Do<DaySignatures>("access.ask-close-day", new { id, round }, async act =>
        {
            var plan = await Plan(act, id, round, cancel);
            if (plan.Refused(out var refusal, out var closing)) return refusal;

            var me = act.Actor.Person!.Value;
            var words = string.Create(CultureInfo.InvariantCulture,
                $"{closing.VaultNames} of {closing.BranchName}: nobody is inside; {round.KeysCounted} guard keys counted and put into the safe. Close the day of {closing.Day.Date:d MMMM yyyy}.");
            var mine = Signatures.Ask(db, act, new ToSign(First, closing.Payload(me), $"I looked through {words}", id, me, null, []));
            var second = Signatures.Ask(db, act, new ToSign(SecondLook, closing.Payload(me), $"I looked with my colleague through {words}", id, null, AccessRights.Day, [me]));
            return new DaySignatures(mine, second);
        }, cancel);

    public Task<Outcome<DayClosed>> Handle(BranchId id, CloseDayRequest request, CancellationToken cancel) =>
        write.Do<DayClosed>("access.close-day", new { id, request }, async act =>
        {
            await db.WatchGuardKeys(id, cancel);
            var plan = await Plan(act, id, request.Round, cancel);
            if (plan.Refused(out var refusal, out var closing)) return refusal;

            var me = act.Actor.Person!.Value;
            var mine = await Signatures.Use(db, act, request.Mine!.Value, First, closing.Payload(me), cancel);
            if (mine.Refused(out refusal, out var first)) return refusal.About(id);
            var theirs = await Signatures.Use(db, act, request.Second!.Value, SecondLook, closing.Payload(me), cancel);
            if (theirs.Refused(out refusal, out var second)) return refusal.About(id);

            var day = closing.Day;
            (day.ClosedAt, day.ClosedBy, day.ClosedWith, day.KeysCounted) = (act.Now, first.Signer, second.Signer, request.Round.KeysCounted);
            await db.HandOver(act, closing.KeysOut, to: null, givenBy: first.Id, takenBy: second.Id, cancel);
            db.Append(act, new Event(AccessAudit.DayClosed).About(day.Id).About(id).About(first.Signer).About(second.Signer)
                .About(request.Round.VaultsEmpty.Select(Subject.Of)).With("date", day.Date).With("keys", request.Round.KeysCounted!.Value));
            return new DayClosed(day.Id, day.Date);
        }, cancel);

    private sealed record Closing(BranchDay Day, string BranchName, string VaultNames, ClosingRound Round, IReadOnlyList<KeyId> KeysOut)
    {
        public object Payload(PersonId officer) => new { day = Day.Id, vaults = Round.VaultsEmpty.Order(ById).ToList(), keys = Round.KeysCounted, officer };

        private static readonly Comparer<VaultId> ById = Comparer<VaultId>.Create((a, b) => a.Value.CompareTo(b.Value));
    }

    private async Task<Outcome<Closing>> Plan(Act act, BranchId id, ClosingRound round, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (branch is null || !act.Actor.MayAt(AccessRights.Read, id)) return new NoSuch("branch");
        if (!act.Actor.MayAt(AccessRights.Day, id)) return new NotYours().About(id);

        // Tracked before the visits are looked at: a check-in after this moves the day's version, and this close loses the race.
        var day = await db.Set<BranchDay>().SingleOrDefaultAsync(row => row.Branch == id && row.ClosedAt == null, cancel);
        if (day is null) return new DayNotOpen().About(id);

        var open = await db.Set<Visit>().Where(visit => visit.Branch == id && visit.EndedAt == null)
            .Join(db.LockerFacts(), visit => visit.Locker, locker => locker.Id, (visit, locker) => locker.Number).OrderBy(number => number).ToListAsync(cancel);
        if (open.Count > 0) return new VisitsStillOpen(string.Join(", ", open)).About(id).About(day.Id);

        var staff = await db.Set<VaultEntry>().Where(entry => entry.Branch == id && entry.LeftAt == null)
            .Join(db.PersonFacts(), entry => entry.Officer, person => person.Id, (entry, person) => person.Name).OrderBy(name => name).ToListAsync(cancel);
        if (staff.Count > 0) return new OfficersInside(string.Join(", ", staff)).About(id).About(day.Id);

        var vaults = await db.VaultFacts().Where(vault => vault.Branch == id).OrderBy(vault => vault.Name).ToListAsync(cancel);
        if (vaults.Find(vault => !round.VaultsEmpty.Contains(vault.Id)) is { } missed)
            return new VaultNotChecked(missed.Name) { Field = nameof(round.VaultsEmpty) }.About(id).About(day.Id);

        var keys = await db.CustodyFacts().Where(row => row.Branch == id && row.Vault != null).ToListAsync(cancel);
        if (keys.Count != round.KeysCounted)
            return new KeyCountDiffers(round.KeysCounted!.Value, keys.Count) { Field = nameof(round.KeysCounted) }.About(id).About(day.Id);

        return new Closing(day, branch.Name, string.Join(", ", vaults.Select(vault => vault.Name)), round,
            [.. keys.Where(key => key.Holder is not null).Select(key => key.Key)]);
    }
}
