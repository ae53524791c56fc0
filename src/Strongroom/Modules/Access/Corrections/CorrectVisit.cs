using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Access.Corrections;

/// <param name="Time">The right local time, for all but the operator.</param>
/// <param name="Operator">Who really came.</param>
public sealed record Correction(
    [property: Required(ErrorMessage = "Say what is wrong"), EnumDataType(typeof(CorrectedField))] CorrectedField? Field, TimeOnly? Time, PersonId? Operator,
    [property: Required(ErrorMessage = "Write how the mistake came about"), StringLength(500)] string Reason);

/// <param name="Approval">The request that others must approve before the correction stands.</param>
public sealed record CorrectionAsked(ApprovalId Approval);

internal sealed record VisitGoesOn() : Refusal("access.visit-goes-on", 409, "The visit is not over.", "Undo the last act, or correct the record when the visit is closed.");

internal sealed record OwnVisit() : Refusal("access.own-visit", 409, "This is a visit to your own locker, or to a relative's (R16).", "Ask a colleague to have its record corrected.");

internal sealed record NothingToCorrect() : Refusal("access.nothing-to-correct", 422, "The correction says what the record says, or does not fit it.", "Read the slip and the record again.");

/// <summary>A wrong entry is corrected by a marked correction that others approve, never by editing (R19c).</summary>
internal sealed class CorrectVisit(StrongroomDb db, Write write, ApprovalBook approvals, PolicyBook policies)
{
    public Task<Outcome<CorrectionAsked>> Handle(VisitId id, Correction correction, CancellationToken cancel) =>
        write.Do<CorrectionAsked>("access.correct-visit", new { id, correction }, async act =>
        {
            var visit = await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (visit is null || !act.Actor.MayAt(AccessRights.Read, visit.Branch)) return new NoSuch("visit");
            if (!act.Actor.MayAt(AccessRights.Receive, visit.Branch)) return new NotYours().About(id).About(visit.Locker);
            var what = new CorrectionToApprove(id, act.Actor.Person!.Value, correction.Field!.Value, correction.Time, correction.Operator, correction.Reason.Trim());
            if ((await Plan(db, visit, what, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await db.WhoseMatter(plan.Parties, [what.By], cancel)).Count > 0) return new OwnVisit().About(id).About(visit.Locker);

            var branch = await db.BranchFacts().SingleAsync(row => row.Id == visit.Branch, cancel);
            var policy = await policies.Approvals(branch.Jurisdiction, branch.Id, act.Now.DateIn(branch.Zone), cancel);
            // Whose doings the record tells of does not say that it tells them wrong.
            List<PersonId> subjects = [.. plan.Parties, .. await OfficersOf(visit, cancel)];
            var approval = await approvals.Ask<ApprovedCorrection, CorrectionToApprove>(act, new(what, Words(visit, what, plan, branch.Zone), branch.Id,
                [.. subjects.Where(person => person != what.By)], policy.OthersForCorrection, policy.Life), cancel);
            db.Append(act, new Event(AccessAudit.CorrectionAsked).About(visit).About(approval).About(correction.Operator).With("field", what.Field));
            return new CorrectionAsked(approval);
        }, cancel);

    public static string WordsOf(CorrectedField field) => field switch
    {
        CorrectedField.Operator => "who came",
        CorrectedField.Arrived => "the time of coming",
        CorrectedField.Opened => "the time of opening",
        CorrectedField.Locked => "the time of locking",
        CorrectedField.Left => "the time of leaving",
    };

    /// <summary>What the record says and what it should say, or why it cannot be corrected so.</summary>
    internal static async Task<Outcome<CorrectionPlan>> Plan(StrongroomDb db, Visit visit, CorrectionToApprove what, CancellationToken cancel)
    {
        if (visit.EndedAt is null) return new VisitGoesOn().About(visit.Id).About(visit.Locker);
        var parties = await db.ConcernedBy(visit.Agreement).ToListAsync(cancel);
        if (what.Field == CorrectedField.Operator)
        {
            if (what.Operator is not { } person || person == visit.Operator || !parties.Contains(person)) return new NothingToCorrect { Field = nameof(Correction.Operator) }.About(visit.Id);
            var names = await db.PersonFacts().Where(row => row.Id == person || row.Id == visit.Operator).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
            return new CorrectionPlan(names[visit.Operator], names[person], parties);
        }
        DateTime? was = what.Field switch
        {
            CorrectedField.Arrived => visit.ArrivedAt,
            CorrectedField.Opened => visit.AloneAt,
            CorrectedField.Locked => visit.LockedAt,
            _ => visit.EndedAt,
        };
        var zone = await db.BranchFacts().Where(row => row.Id == visit.Branch).Select(row => row.Zone).SingleAsync(cancel);
        if (was is not { } before || what.Time is not { } time || Minute(time) == Minute(before.TimeIn(zone))) return new NothingToCorrect { Field = nameof(Correction.Time) }.About(visit.Id);
        return new CorrectionPlan(Minute(before.TimeIn(zone)), Minute(time), parties);
    }

    private static ApprovalWords Words(Visit visit, CorrectionToApprove what, CorrectionPlan plan, string zone) => new(
        $"Correct visit {visit.Number} of {visit.ArrivedAt.DateIn(zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: {WordsOf(what.Field)} is {plan.Is}, not {plan.Was}",
        [
            new("What is wrong", WordsOf(what.Field)),
            new("As it was written", plan.Was),
            new("As it should be", plan.Is),
            new("How the mistake came about", what.Reason),
            new("The record", "stays as it was written; the correction stands beside it"),
        ]);

    private static string Minute(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private async Task<IEnumerable<PersonId>> OfficersOf(Visit visit, CancellationToken cancel)
    {
        var admitted = await db.Set<Decision>().Where(row => row.Id == visit.Decision).Select(row => row.AskedBy).SingleOrDefaultAsync(cancel);
        return new[] { visit.IdentifiedBy, visit.Witness, visit.Custodian, visit.SecondOfficer, visit.EndedBy, admitted }.OfType<PersonId>();
    }
}

/// <param name="By">Who asked.</param>
internal sealed record CorrectionToApprove(VisitId Visit, PersonId By, CorrectedField Field, TimeOnly? Time, PersonId? Operator, string Reason);

/// <param name="Parties">Whose visit it was.</param>
internal sealed record CorrectionPlan(string Was, string Is, IReadOnlyList<PersonId> Parties);

/// <summary>The correction that others have approved, written beside the record by the last of them. One of the same visit meanwhile, and it must be asked for anew.</summary>
internal sealed class ApprovedCorrection(StrongroomDb db) : IApprovedAtOnce<CorrectionToApprove>
{
    public static ApprovalKind Kind { get; } = new("access.correct-visit", "Correct a visit’s record", AccessRights.Receive, AccessRights.Read, AccessRights.Warnings, []);

    public async Task<IReadOnlyList<BoundRow>> Bound(CorrectionToApprove payload, CancellationToken cancel) =>
    [
        BoundRow.Of(payload.Visit, (await db.Set<Visit>().SingleAsync(row => row.Id == payload.Visit, cancel)).Version),
        // The visit's version is read first: what others wrote before it is counted here, and who writes after it loses the race.
        new($"corrections:{payload.Visit}", await db.Set<VisitCorrection>().CountAsync(row => row.Visit == payload.Visit, cancel)),
    ];

    public async Task<IReadOnlyDictionary<PersonId, string>> Apart(CorrectionToApprove payload, IReadOnlyCollection<PersonId> among, CancellationToken cancel)
    {
        var agreement = await db.Set<Visit>().Where(row => row.Id == payload.Visit).Select(row => row.Agreement).SingleAsync(cancel);
        return await db.WhoseMatter(await db.ConcernedBy(agreement).ToListAsync(cancel), among, cancel);
    }

    public async Task<Refusal?> CarryOut(Act act, CorrectionToApprove payload, CancellationToken cancel)
    {
        // The row that Bound has read in this act, at the version that was compared: of two who approve at once, one looks again.
        var visit = await db.Set<Visit>().SingleAsync(row => row.Id == payload.Visit, cancel);
        db.LeanOn(visit);
        if ((await CorrectVisit.Plan(db, visit, payload, cancel)).Refused(out var refusal, out var plan)) return refusal;
        byte[] Sealed(string place, string words) => act.Seals.SealForBank(place, Encoding.UTF8.GetBytes(words));
        var row = new VisitCorrection
        {
            Id = act.NewId<Noun.Correction>(),
            Visit = visit.Id,
            Field = payload.Field,
            Was = Sealed(VisitCorrection.WasPlace, plan.Was),
            Is = Sealed(VisitCorrection.IsPlace, plan.Is),
            Reason = Sealed(VisitCorrection.ReasonPlace, payload.Reason),
            At = act.Now,
            By = payload.By,
            Second = act.Actor.Person!.Value,
        };
        db.Add(row);
        db.Append(act, new Event(AccessAudit.Corrected).About(visit).About(row.Id).About(payload.By).About(payload.Operator).With("field", row.Field));
        return null;
    }
}
