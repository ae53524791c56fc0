using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys.Losses;

/// <param name="LockNumber">Stamped on the new lock.</param>
/// <param name="Keys">Numbers of the new keys, one at least.</param>
/// <param name="Embossed">The bank's code is on them (R17).</param>
/// <param name="Present">In whose presence the locker is opened: somebody who may come to it.</param>
public sealed record NewLock(
    [property: Required, StringLength(KeyLossTable.LockNumberLength), RegularExpression("[A-Za-z0-9/-]+")] string LockNumber,
    [property: Required, StringLength(130), RegularExpression("[A-Za-z0-9/-]{1,30}(, ?[A-Za-z0-9/-]{1,30}){0,3}")] string Keys, bool Embossed, PersonId Present)
{
    internal IReadOnlyList<string> Numbers => [.. Keys.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}

public sealed record ReplaceLockRequest([property: Required] NewLock Lock, SignatureId SecondOfficer);

public sealed record SecondOfficerAsked(SignatureId Signature);

internal sealed record ReplacementNotAsked() : Refusal("keys.replacement-not-asked", 409, "Nobody was asked to approve this yet.", "Ask for the manager's approval first.");

/// <summary>
/// The lock is replaced: by who asked for it, once the approval is in the published log, in the presence of somebody who may come to the locker, and under the
/// signature of a second officer. All keys of the locker end, the new ones begin; no other locker is touched.
/// </summary>
internal sealed class ReplaceLock(StrongroomDb db, Write write, ApprovalBook approvals, LossConcerns concerns)
{
    internal const string ActName = "keys.replace-lock";

    /// <summary>First half: says what will be done and asks a second officer of the branch to sign it.</summary>
    public Task<Outcome<SecondOfficerAsked>> Ask(KeyLossId id, NewLock request, CancellationToken cancel) =>
        write.Do<SecondOfficerAsked>("keys.ask-replace-lock", new { id, request }, async act =>
        {
            if ((await Plan(act, id, request, cancel)).Refused(out var refusal, out var plan)) return refusal;
            var signature = Signatures.Ask(db, act, new ToSign(ActName, Payload(id, request),
                $"Replace the lock of locker {plan.LockerNumber} at {plan.Branch.Name}: new lock {request.LockNumber}, new keys {request.Keys}, the hirer is present.",
                plan.Branch.Id, Signer: null, KeysRights.HandOver, [act.Actor.Person!.Value, .. plan.Hirers.Concerned], Opening: true));
            db.Append(act, new Event(KeysAudit.ReplacementPut).About(id).About(plan.Loss.Locker).About(plan.Branch.Id).About(signature));
            return new SecondOfficerAsked(signature);
        }, cancel);

    public Task<Outcome<Done>> Handle(KeyLossId id, ReplaceLockRequest request, CancellationToken cancel) =>
        write.Do<Done>(ActName, new { id, request }, async act =>
        {
            // Before anything is read: an admission at the same instant loses.
            if (await db.Set<KeyLoss>().Where(row => row.Id == id).Select(row => (LockerId?)row.Locker).SingleOrDefaultAsync(cancel) is { } locker) await concerns.Lean(locker, cancel);
            if ((await Plan(act, id, request.Lock, cancel)).Refused(out var refusal, out var plan)) return refusal;
            var loss = plan.Loss;
            if ((await approvals.Use<ApprovedLock, LockToReplace>(act, loss.Approval!.Value, loss.ToReplace, cancel)).Refused(out refusal, out _)) return refusal.About(id);
            if ((await Signatures.Use(db, act, request.SecondOfficer, ActName, Payload(id, request.Lock), cancel)).Refused(out refusal, out var second)) return refusal.About(id);
            if (second.Signer == act.Actor.Person) return new OneHand().About(id);
            // A relative may have been declared since they signed. Of the approvers the request itself asks so, for whom a stand-in spoke included.
            if (await concerns.Keeps(second.Signer, plan.Hirers, cancel)) return new OfficerConcerned().About(id).About(second.Signer);

            var replaced = new Event(KeysAudit.LockReplaced).About(id).About(loss.Locker).About(loss.Branch).About(loss.Approval.Value)
                .About(request.Lock.Present).About(second.Signer).With("lock", request.Lock.LockNumber).With("charge", loss.Charge.Minor).With("currency", loss.Currency);
            foreach (var old in await db.Set<Key>().Where(row => row.Locker == loss.Locker && row.EndedAt == null).ToListAsync(cancel))
            {
                (old.EndedAt, old.End) = (act.Now, old.Id == loss.Key ? KeyEnd.Lost : KeyEnd.LockReplaced);
                replaced.About(old.Id);
            }
            foreach (var number in request.Lock.Numbers)
            {
                var key = new Key { Id = act.NewId<Noun.Key>(), Branch = loss.Branch, Kind = KeyKind.Hirer, Number = number, Locker = loss.Locker, Embossed = request.Lock.Embossed };
                db.Add(key);
                replaced.About(key.Id);
            }
            (loss.ReplacedAt, loss.LockNumber, loss.Present, loss.SecondOfficer) = (act.Now, request.Lock.LockNumber, request.Lock.Present, second.Id);
            db.Append(act, replaced.With("keys", request.Lock.Numbers.Count));
            return Done.It;
        }, cancel);

    private static object Payload(KeyLossId id, NewLock what) => new { loss = id, what.LockNumber, what.Keys, what.Embossed, present = what.Present };

    private sealed record ReplacementPlan(KeyLoss Loss, BranchFacts Branch, string LockerNumber, LockerHirers Hirers);

    private async Task<Outcome<ReplacementPlan>> Plan(Act act, KeyLossId id, NewLock request, CancellationToken cancel)
    {
        var loss = await db.Set<KeyLoss>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (loss is null || act.Actor.Person is not { } officer || !act.Actor.MayAt(KeysRights.Write, loss.Branch)) return new NoSuch("loss");
        if (loss.ReplacedAt is not null) return new LockReplacedAlready().About(id);
        if (loss.Approval is null) return new ReplacementNotAsked().About(id);
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == loss.Branch, cancel);
        if ((await concerns.Of(loss.Locker, act.Now.DateIn(branch.Zone), cancel)).Refused(out var refusal, out var hirers)) return refusal.About(id);
        if (!hirers.MayCome.Contains(request.Present)) return new NotOfTheLocker { Field = "present" }.About(id);
        if (await concerns.Keeps(officer, hirers, cancel)) return new OfficerConcerned().About(id);
        var numbers = request.Numbers;
        if (await db.KeyFacts().AnyAsync(key => key.Branch == loss.Branch && key.Kind == KeyKind.Hirer && numbers.Contains(key.Number), cancel)) return new KeyNumberTaken { Field = "keys" }.About(id);
        var locker = await db.LockerFacts().Where(row => row.Id == loss.Locker).Select(row => row.Number).SingleAsync(cancel);
        return new ReplacementPlan(loss, branch, locker, hirers);
    }
}
