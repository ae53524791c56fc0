using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Keys.Losses;

/// <param name="Charge">In minor units.</param>
public sealed record LockToReplace(KeyLossId Loss, LockerId Locker, KeyId Lost, DateOnly LostOn, PersonId Reporter, string Undertaking, long Charge, string Currency);

public sealed record ReplacementAsked(ApprovalId? Approval);

internal sealed record LockReplacedAlready() : Refusal("keys.lock-replaced-already", 409, "The lock was replaced already.", "Look at the keys of the locker.");

internal sealed record ReplacementAskedAlready() : Refusal("keys.replacement-asked-already", 409, "Approval is asked for already.", "Wait for the colleague, or withdraw that request.");

/// <summary>
/// A new lock opens a locker to whoever holds its key, so it is high risk: the manager's approval must be in the published log before anybody turns a screw. The
/// keys of the locker are bound: whatever happens to one of them meanwhile, and it is asked anew.
/// </summary>
internal sealed class ApprovedLock(StrongroomDb db, IWhoseLocker whose) : IApprovedAct<LockToReplace>
{
    public static ApprovalKind Kind { get; } = new("keys.replace", "Replace the lock of a locker", KeysRights.Write, KeysRights.Read, KeysRights.Replace,
        [new(KeysAudit.ReportedLost, Within: null, "took the report of this loss")], Sealed: true);

    public async Task<IReadOnlyList<BoundRow>> Bound(LockToReplace payload, CancellationToken cancel) =>
        [.. (await db.Set<Key>().Where(row => row.Locker == payload.Locker && row.EndedAt == null).ToListAsync(cancel)).Select(key => BoundRow.Of(key.Id, key.Version))];

    public async Task<IReadOnlyDictionary<PersonId, string>> Apart(LockToReplace payload, IReadOnlyCollection<PersonId> among, CancellationToken cancel) =>
        await db.WhoseMatter(await whose.Concerned(payload.Locker, cancel), among, cancel);
}

/// <summary>Asks the manager that the lock be replaced; again, where a request came to nothing.</summary>
internal sealed class AskToReplaceLock(StrongroomDb db, Write write, ApprovalBook approvals, ReadApprovals requests, PolicyBook policies, LossConcerns concerns)
{
    public Task<Outcome<ReplacementAsked>> Handle(KeyLossId id, CancellationToken cancel) =>
        write.Do<ReplacementAsked>("keys.ask-to-replace-lock", new { id }, async act =>
        {
            var loss = await db.Set<KeyLoss>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (loss is null || act.Actor.Person is not { } officer || !act.Actor.MayAt(KeysRights.Write, loss.Branch)) return new NoSuch("loss");
            if (loss.ReplacedAt is not null) return new LockReplacedAlready().About(id);
            if (loss.Approval is { } before && !(await requests.One(before, cancel)).Refused(out _, out var one) && one.Line.State is ApprovalState.Waiting or ApprovalState.Approved)
                return new ReplacementAskedAlready().About(id);
            var branch = await db.BranchFacts().SingleAsync(row => row.Id == loss.Branch, cancel);
            var today = act.Now.DateIn(branch.Zone);
            if ((await concerns.Of(loss.Locker, today, cancel)).Refused(out var refusal, out var hirers)) return refusal.About(id);
            if (await concerns.Keeps(officer, hirers, cancel)) return new OfficerConcerned().About(id);

            var policy = await policies.Approvals(branch.Jurisdiction, branch.Id, today, cancel);
            loss.Approval = await approvals.Ask<ApprovedLock, LockToReplace>(act,
                new(loss.ToReplace, await Words(loss, branch, cancel), branch.Id, hirers.Concerned, policy.OthersForLock, policy.Life), cancel);
            db.Append(act, new Event(KeysAudit.ReplacementAsked).About(id).About(loss.Locker).About(loss.Branch).About(loss.Approval.Value));
            return new ReplacementAsked(loss.Approval);
        }, cancel);

    private async Task<ApprovalWords> Words(KeyLoss loss, BranchFacts branch, CancellationToken cancel)
    {
        var locker = await db.LockerFacts().Where(row => row.Id == loss.Locker).Select(row => row.Number).SingleAsync(cancel);
        var key = await db.KeyFacts().Where(row => row.Id == loss.Key).Select(row => row.Number).SingleAsync(cancel);
        var reporter = await db.PersonFacts().Where(row => row.Id == loss.Reporter).Select(row => row.Name).SingleAsync(cancel);
        return new($"Replace the lock of locker {locker} at {branch.Name}",
        [
            new("Lost", string.Create(CultureInfo.InvariantCulture, $"key {key}, on {loss.LostOn:d MMMM yyyy}")),
            new("Reported by", reporter),
            new("Undertaking", $"paper {loss.Undertaking}"),
            new("Charge", string.Create(CultureInfo.InvariantCulture, $"{loss.Charge.Minor / 100m:N2} {loss.Currency}")),
            new("What happens", "the locker is opened in the hirer’s presence, a second officer signs, all its old keys end"),
        ]);
    }
}
