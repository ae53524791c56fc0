using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Access.Phones;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <param name="Note">Needed where a rule warns: what was agreed with the hirer. The manager gets it as work to do.</param>
public sealed record AdmitRequest([property: StringLength(500)] string? Note);

/// <summary>What became of the request to admit, with every rule's answer.</summary>
public sealed record Admission(VisitId Id, VisitState State, long Version, DecisionId Decision, Answer Result, IReadOnlyList<RuleAnswered> Rules);

internal sealed record NoteNeeded() : Refusal(
    "access.note-needed", 422, "A rule warns; write a note before you admit.", "Say what was agreed with the hirer about the warning.");

/// <summary>
/// The third act, and the one that decides: every rule is asked, the answer is stored whole with the visit and never changed,
/// and the visit goes on to the vault or ends as refused.
/// </summary>
internal sealed class Admit(StrongroomDb db, Write write, PolicyBook policies)
{
    internal const string NoteColumn = "visit.warning_note";

    public Task<Outcome<Admission>> Handle(VisitId id, AdmitRequest request, CancellationToken cancel) =>
        write.Do<Admission>("access.admit", new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.Admit, cancel);
            if (visit is null) return refusal!;

            await db.LeanFirst(visit, cancel);
            var branch = await db.BranchFacts().SingleAsync(row => row.Id == visit.Branch, cancel);
            var policy = await policies.At<AccessPolicy>(branch.Jurisdiction, branch.Id, act.Now.DateIn(branch.Zone), cancel);
            var second = await UseSecondSignature(act, visit, cancel);
            if (second.Refused(out var unusable, out var used)) return unusable.About(visit.Id).About(visit.Locker);

            if (await UseApprovals(act, visit, cancel) is { } notUsable) return notUsable.About(visit.Id).About(visit.Locker);

            var facts = await db.Facts(visit, branch, act.Actor.Person, used.Signer, act.Now, cancel);
            var verdict = AccessRules.Decide(facts, policy.Values);
            if (verdict.Result == Answer.Warn && string.IsNullOrWhiteSpace(request.Note))
                return new NoteNeeded { Field = nameof(request.Note) }.About(visit.Id).About(visit.Locker);

            var decision = Store(act, visit, verdict, policy.Stamp);
            if (verdict.Result == Answer.Refuse) Refuse(act, visit, verdict, decision);
            else await Let(act, visit, verdict, decision, used.Signer, request.Note, cancel);
            return new Admission(visit.Id, visit.State, visit.Version + 1, decision.Id, verdict.Result, verdict.Rules);
        }, cancel);

    private readonly record struct Second(PersonId? Signer);

    /// <summary>The second officer's signature is consumed by the admission that uses it, and by no other.</summary>
    private async Task<Outcome<Second>> UseSecondSignature(Act act, Visit visit, CancellationToken cancel)
    {
        if (visit.SecondSignature is not { } asked || !await db.Signed(asked).AnyAsync(cancel)) return default(Second);
        var used = await Signatures.Use(db, act, asked, AskSecondOfficer.ActName, AskSecondOfficer.PayloadOf(visit), cancel);
        return used.Refused(out var refusal, out var signature) ? refusal : new Second(signature.Signer);
    }

    /// <summary>Hirers who approved from a phone of their own count as present; each signature is used up by this admission.</summary>
    private async Task<Refusal?> UseApprovals(Act act, Visit visit, CancellationToken cancel)
    {
        foreach (var approval in await db.Set<VisitApproval>().Where(row => row.Visit == visit.Id).ToListAsync(cancel))
        {
            if (!await db.Signed(approval.Signature).AnyAsync(cancel)) continue;
            if ((await Signatures.Use(db, act, approval.Signature, AskHirer.CoHirerApproves, AskHirer.PayloadOf(visit), cancel)).Refused(out var refusal, out _)) return refusal;
        }
        return null;
    }

    private Decision Store(Act act, Visit visit, AccessVerdict verdict, string stamp)
    {
        var decision = new Decision
        {
            Id = act.NewId<Noun.Decision>(),
            Visit = visit.Id,
            At = act.Now,
            Result = verdict.Result,
            Rules = JsonSerializer.Serialize(verdict.Rules),
            Policy = stamp,
            AskedBy = act.Actor.Person,
        };
        db.Add(decision);
        visit.Decision = decision.Id;
        return decision;
    }

    private void Refuse(Act act, Visit visit, AccessVerdict verdict, Decision decision)
    {
        visit.State = VisitState.Refused;
        visit.EndedAt = act.Now;
        visit.EndedBy = act.Actor.Person;
        db.Append(act, Told(AccessAudit.AdmissionRefused, visit, verdict, decision));
    }

    private async Task Let(Act act, Visit visit, AccessVerdict verdict, Decision decision, PersonId? second, string? note, CancellationToken cancel)
    {
        var key = await act.Seals.KeyOf(db, visit.Operator, cancel);
        visit.State = VisitState.Admitted;
        visit.AdmittedAt = act.Now;
        visit.Custodian = act.Actor.Person;
        visit.SecondOfficer = second;
        visit.WarningNote = note is { } words ? key.Seal(NoteColumn, visit.Id.Value, words) : null;
        await db.GoIn(visit, cancel);
        db.Append(act, Told(AccessAudit.Admitted, visit, verdict, decision).About(visit.Vault).Withhold("note", note, visit.Operator, key));
    }

    private static Event Told(AuditKind kind, Visit visit, AccessVerdict verdict, Decision decision) => new Event(kind).About(visit)
        .About(decision.Id)
        .With("refused", Ids(verdict, Answer.Refuse))
        .With("warned", Ids(verdict, Answer.Warn))
        .With("policy", decision.Policy);

    private static string? Ids(AccessVerdict verdict, Answer answer)
    {
        var ids = string.Join(",", verdict.Rules.Where(rule => rule.Answer == answer).Select(rule => rule.Id));
        return ids.Length == 0 ? null : ids;
    }
}
