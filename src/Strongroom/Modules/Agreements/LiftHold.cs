using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Reason">What makes the hold unneeded.</param>
/// <param name="Paper">Number and date of what ends it, where <see cref="HoldRules"/> ask for it.</param>
public sealed record LiftHoldRequest([property: Required, StringLength(500)] string Reason, [property: StringLength(200)] string? Paper = null);

/// <param name="Approval">The request that others must approve first; null where the hold is lifted.</param>
public sealed record HoldLifted(ApprovalId? Approval = null);

/// <summary>
/// Another right than placing: who can block in a hurry cannot therefore open again. Where another's word stands against it, one officer asks and others who
/// may place holds at the branch approve; a precaution of the bank's own is lifted by as many as its policy says, which may be one.
/// </summary>
internal sealed class LiftHold(StrongroomDb db, Write write, ApprovalBook approvals, PolicyBook policies)
{
    public Task<Outcome<HoldLifted>> Handle(AgreementId id, HoldId holdId, LiftHoldRequest request, CancellationToken cancel) =>
        write.Do<HoldLifted>("agreements.lift-hold", new { id, holdId, request }, async act =>
        {
            if ((await Find(act, id, holdId, cancel)).Refused(out var refusal, out var found)) return refusal;
            var (agreement, hold) = found;
            if (hold.WhyNotLift(request.Paper, act.Now) is { } fault) return fault.About(id).About(holdId);
            var others = await Others(agreement.Branch, hold.Kind, act.Now, cancel);
            if (others > 0) return await Ask(act, agreement, hold, request, others, cancel);
            db.LeanOn(agreement);
            await db.Lift(act, agreement, hold, new Event(AgreementsAudit.HoldLifted), request.Reason, request.Paper, cancel);
            return new HoldLifted();
        }, cancel);

    /// <summary>How many others must approve that a hold of this kind is lifted at this branch.</summary>
    internal async Task<int> Others(BranchId branch, HoldKind kind, DateTime now, CancellationToken cancel) => HoldRules.Of(kind).OthersToLift(await Policy(branch, now, cancel));

    private async Task<ApprovalPolicy> Policy(BranchId at, DateTime now, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == at, cancel);
        return await policies.Approvals(branch.Jurisdiction, at, now.DateIn(branch.Zone), cancel);
    }

    private async Task<Outcome<HoldLifted>> Ask(Act act, Agreement agreement, Hold hold, LiftHoldRequest request, int others, CancellationToken cancel)
    {
        var (hirer, parties) = (await db.FirstHirer(agreement.Id, cancel), await db.Persons(agreement.Id, cancel));
        var approval = await approvals.Ask<ApprovedLifting, LiftingToApprove>(act, new(
            new(agreement.Id, hold.Id, act.Actor.Person!.Value, request.Reason, request.Paper), await Words(act, agreement, hold, request, hirer, cancel),
            agreement.Branch, parties, others, (await Policy(agreement.Branch, act.Now, cancel)).Life), cancel);
        db.Append(act, new Event(AgreementsAudit.HoldLiftAsked).About(agreement, hirer).About(hold.Id).About(approval).With("kind", hold.Kind));
        return new HoldLifted(approval);
    }

    private async Task<ApprovalWords> Words(Act act, Agreement agreement, Hold hold, LiftHoldRequest request, PersonId hirer, CancellationToken cancel)
    {
        var locker = await db.LockerFacts().Where(row => row.Id == agreement.Locker).Select(row => row.Number).SingleAsync(cancel);
        var placed = hold.PlacedBy is { } by ? await db.PersonFacts().Where(row => row.Id == by).Select(row => row.Name).SingleAsync(cancel) : "Strongroom, from the old register";
        var key = await act.Seals.KeyOf(db, hirer, cancel);
        List<ApprovalLine> lines =
        [
            new("Locker", $"{locker}, agreement {agreement.Number}"),
            new("Hold", HoldNames.Of(hold.Kind)),
            new("Placed by", placed),
            new("Why it was placed", key.Open(Hold.ReasonColumn, hold.Id.Value, hold.Reason)),
            new("Why it is lifted", request.Reason),
        ];
        if (request.Paper is { } paper) lines.Add(new("Paper that ends it", paper));
        return new($"Lift the hold on locker {locker}: {HoldNames.Of(hold.Kind).ToLowerInvariant()}", lines);
    }

    private async Task<Outcome<Held>> Find(Act act, AgreementId id, HoldId holdId, CancellationToken cancel)
    {
        var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (agreement is null || !act.Actor.MayAt(AgreementsRights.Lift, agreement.Branch)) return new NoSuch("agreement");
        if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
        var hold = await db.Set<Hold>().SingleOrDefaultAsync(row => row.Id == holdId && row.Agreement == id, cancel);
        return hold is null ? new NoSuch("hold") : new Held(agreement, hold);
    }

    private sealed record Held(Agreement Agreement, Hold Hold);
}

/// <param name="By">Who asked.</param>
internal sealed record LiftingToApprove(AgreementId Agreement, HoldId Hold, PersonId By, string Reason, string? Paper);

/// <summary>
/// A hold lifted by the last of the others who approve. Agreement and hold are bound: another hold, another party or a hirer who came to the counter
/// meanwhile, and it must be asked for anew.
/// </summary>
internal sealed class ApprovedLifting(StrongroomDb db) : IApprovedAtOnce<LiftingToApprove>
{
    // Not apart from placing: who blocked in a hurry and who asks are two already, and in a small branch there is no third.
    public static ApprovalKind Kind { get; } = new("agreements.lift-hold", "Lift a hold", AgreementsRights.Lift, AgreementsRights.Read, AgreementsRights.Hold, []);

    public async Task<IReadOnlyList<BoundRow>> Bound(LiftingToApprove payload, CancellationToken cancel)
    {
        // A hold is placed, confirmed and lifted, and never edited: where it is in that life is its version.
        var hold = await db.Set<Hold>().SingleAsync(row => row.Id == payload.Hold, cancel);
        return
        [
            BoundRow.Of(payload.Agreement, (await db.Set<Agreement>().SingleAsync(row => row.Id == payload.Agreement, cancel)).Version),
            BoundRow.Of(payload.Hold, hold switch { { LiftedAt: not null } => 3, { Unconfirmed: true } => 1, _ => 2 }),
        ];
    }

    public async Task<IReadOnlyDictionary<PersonId, string>> Apart(LiftingToApprove payload, IReadOnlyCollection<PersonId> among, CancellationToken cancel) =>
        await db.WhoseMatter(await db.Persons(payload.Agreement, cancel), among, cancel);

    public async Task<Refusal?> CarryOut(Act act, LiftingToApprove payload, CancellationToken cancel)
    {
        var agreement = await db.Set<Agreement>().SingleAsync(row => row.Id == payload.Agreement, cancel);
        db.LeanOn(agreement);
        var hold = await db.Set<Hold>().SingleAsync(row => row.Id == payload.Hold, cancel);
        if (hold.WhyNotLift(payload.Paper, act.Now) is { } fault) return fault.About(payload.Agreement).About(payload.Hold);
        await db.Lift(act, agreement, hold, new Event(AgreementsAudit.HoldLifted).About(payload.By), payload.Reason, payload.Paper, cancel, askedBy: payload.By);
        return null;
    }
}

internal static class Lifting
{
    public static Refusal? WhyNotLift(this Hold hold, string? paper, DateTime now) =>
        hold.LiftedAt is not null || hold.Until <= now ? new HoldNotInForce() : HoldRules.WhyNotLift(hold.Kind, paper, hold.Unconfirmed);

    /// <summary>Ends a hold in the caller's act, which leaned on the agreement.</summary>
    /// <param name="askedBy">Who asked for it, where the actor is the last who approved.</param>
    public static async Task Lift(
        this StrongroomDb db, Act act, Agreement agreement, Hold hold, Event happened, string? reason, string? paper, CancellationToken cancel, PersonId? askedBy = null)
    {
        var hirer = await db.FirstHirer(agreement.Id, cancel);
        var key = await act.Seals.KeyOf(db, hirer, cancel);
        (hold.LiftedAt, hold.LiftedBy, hold.LiftedWith) = (act.Now, askedBy ?? act.Actor.Person, askedBy is null ? null : act.Actor.Person);
        hold.LiftReason = reason is null ? null : key.Seal(Hold.LiftReasonColumn, hold.Id.Value, reason);
        hold.LiftPaper = paper is null ? null : key.Seal(Hold.LiftPaperColumn, hold.Id.Value, paper);
        db.Append(act, happened.About(agreement, hirer).About(hold.Id).With("kind", hold.Kind).With("hirer-told", hold.TellHirer ? "yes" : "no").Withhold("reason", reason, hirer, key).Withhold("paper", paper, hirer, key));
        await act.Raise(db, new HoldWasLifted(agreement.Id, hold.Id, hold.Kind, hold.TellHirer, hold.LiftedBy, act.Now), cancel);
    }
}
