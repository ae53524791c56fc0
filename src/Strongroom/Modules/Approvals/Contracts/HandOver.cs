using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Delegations;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals.Contracts;

/// <param name="Branch">Null for everywhere that the asker approves; then only what they approve in the whole bank.</param>
/// <param name="Kinds">Names of kinds; empty for all that the asker approves there.</param>
/// <param name="From">The first day, in the branch's own time.</param>
/// <param name="LastDay">The last one, whole.</param>
public sealed record StandInRequest(
    [property: Required] PersonId? To, BranchId? Branch, [property: MaxLength(20)] IReadOnlyList<string>? Kinds,
    [property: Required] DateOnly? From, [property: Required] DateOnly? LastDay,
    [property: Required, StringLength(500)] string Reason);

/// <summary>The signature that the delegation waits for, five minutes; without it nothing was handed over.</summary>
public sealed record HandOverAsked(DelegationId Id, SignatureId Signature);

/// <summary>Hands approvals to a colleague for some days. Written down when it is asked for; it counts when its giver has signed it.</summary>
internal sealed class HandOver(StrongroomDb db, Write write, ApprovalBook book, IStandIns standIns)
{
    private const string ActName = "approvals.hand-over";

    public Task<Outcome<HandOverAsked>> Ask(StandInRequest request, CancellationToken cancel) =>
        write.Do<HandOverAsked>("approvals.ask-to-hand-over", request, async act =>
        {
            if (act.Actor.Person is not { } me) return new NotYours();
            if (request.To is not { } to) return new MayNotStandIn { Field = "to" };
            if (await standIns.Terms(request.Branch, act.Now, cancel) is not { } terms) return new NoSuch("branch") { Field = "branch" };
            var (from, until) = Span(request.From!.Value, request.LastDay!.Value, terms.Zone, act.Now);
            if (await WhyNot(act, to, request.Branch, request.Kinds ?? [], request.From.Value, request.LastDay.Value, terms, cancel) is { } refusal) return refusal;

            var id = act.NewId<Noun.Delegation>();
            var reason = request.Reason.Trim();
            var row = new Delegation
            {
                Id = id,
                Delegator = me,
                StandIn = to,
                Branch = request.Branch,
                Kinds = string.Join(',', (request.Kinds ?? []).Distinct().Order(StringComparer.Ordinal)),
                From = from,
                Until = until,
                Reason = Delegation.SealReason(act.Seals, id, reason),
                MadeAt = act.Now,
                // A password typed again is enough only for who has nothing better.
                Signature = Signatures.Ask(db, act, new ToSign(
                    ActName, Payload(id, to, request.Branch, request.Kinds ?? [], from, until),
                    Words(request, terms),
                    request.Branch, Signer: me, Right: null, [to], await db.HasPasskey(me, cancel) ? SignatureGrade.Signed : SignatureGrade.Attested)),
            };
            db.Add(row);
            db.Append(act, Told(ApprovalsAudit.HandOverAsked, row).About(row.Signature));
            return new HandOverAsked(id, row.Signature);
        }, cancel);

    /// <summary>Uses the signature up. All that was looked at when it was asked for is looked at again.</summary>
    public Task<Outcome<Done>> Sign(DelegationId id, CancellationToken cancel) =>
        write.Do<Done>(ActName, new { id }, async act =>
        {
            var row = await db.Set<Delegation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Delegator == act.Actor.Person, cancel);
            if (row is null) return new NoSuch("delegation");
            if ((await Signatures.Use(db, act, row.Signature, ActName, Payload(id, row.StandIn, row.Branch, row.KindNames, row.From, row.Until), cancel)).Refused(out var refusal, out var used)) return refusal.About(id);
            if (used.Signer != row.Delegator) return new NotSigned().About(id);
            var terms = (await standIns.Terms(row.Branch, act.Now, cancel))!;
            if (await WhyNot(act, row.StandIn, row.Branch, row.KindNames, row.From.DateIn(terms.Zone), row.Until.AddTicks(-1).DateIn(terms.Zone), terms, cancel) is { } no) return no.About(id);

            db.Add(new DelegationEvent { Delegation = id, Step = DelegationStep.Signed, By = row.Delegator, At = act.Now });
            var happened = Told(ApprovalsAudit.HandedOver, row).About(used.Id).With("grade", used.Grade).With("from", $"{row.From:O}").With("until", $"{row.Until:O}").With("acts", row.Kinds.Length == 0 ? "all" : row.Kinds);
            db.Append(act, happened.Withhold("reason", row.ReasonBy(act.Seals), row.Delegator, await act.Seals.KeyOf(db, row.Delegator, cancel)));
            await act.Raise(db, new ApprovalsHandedOver(id, row.Delegator, row.StandIn), cancel);
            return Done.It;
        }, cancel);

    internal static Event Told(AuditKind kind, Delegation row) => new Event(kind).About(row.Id).About(row.Delegator).About(row.StandIn).About(row.Branch);

    private async Task<Refusal?> WhyNot(Act act, PersonId to, BranchId? branch, IReadOnlyList<string> kinds, DateOnly from, DateOnly lastDay, StandInTerms terms, CancellationToken cancel)
    {
        var me = act.Actor.Person!.Value;
        var own = book.Approves(act.Actor, branch);
        var handed = kinds.Count == 0 ? own : [.. own.Where(kind => kinds.Contains(kind.Name))];
        return DelegationDecision.WhyNot(new(
            from, lastDay, act.Now.DateIn(terms.Zone), terms.MostDays,
            OwnRight: handed.Count > 0 && handed.Count == (kinds.Count == 0 ? own.Count : kinds.Distinct().Count()),
            Fit: to != me && (await book.MayStandIn(me, handed, every: kinds.Count > 0, branch, act.Now, cancel)).Contains(to),
            Anyway: to != me && handed.Count > 0 && await book.ApprovesAnyway(to, handed, branch, act.Now, cancel),
            Concerned: await IsConcerned(to, [.. handed.Select(kind => kind.Name)], branch, act.Now, cancel)));
    }

    private Task<bool> IsConcerned(PersonId person, List<string> kinds, BranchId? branch, DateTime now, CancellationToken cancel) => db.Set<ApprovalRequest>()
        .Where(row => row.ExpiresAt > now && kinds.Contains(row.Kind) && (branch == null || row.Branch == branch)).WithoutEnd(db)
        .AnyAsync(row => row.Maker == person || db.Set<ApprovalSubject>().Any(subject => subject.Approval == row.Id && subject.Person == person), cancel);

    private string Words(StandInRequest request, StandInTerms terms)
    {
        var what = request.Kinds is { Count: > 0 } kinds ? string.Join(", ", kinds.Distinct().Select(book.TitleOf).Order(StringComparer.Ordinal)) : "all that you approve";
        return string.Create(CultureInfo.InvariantCulture,
            $"Hand over {(terms.Place is { } place ? $"at {place}" : "everywhere")}, from {request.From:d MMMM yyyy} to {request.LastDay:d MMMM yyyy}: {what}. Your stand-in’s approval counts as yours.");
    }

    // Today begins now: nothing is handed over for what has passed.
    private static (DateTime From, DateTime Until) Span(DateOnly from, DateOnly lastDay, string zone, DateTime now)
    {
        var begins = from.ToUtc(TimeOnly.MinValue, zone);
        return (begins < now ? now : begins, lastDay == DateOnly.MaxValue ? lastDay.ToUtc(TimeOnly.MinValue, zone) : lastDay.AddDays(1).ToUtc(TimeOnly.MinValue, zone));
    }

    private static object Payload(DelegationId id, PersonId to, BranchId? branch, IReadOnlyList<string> kinds, DateTime from, DateTime until) =>
        new { delegation = id, to, branch, kinds = kinds.Distinct().Order(StringComparer.Ordinal).ToArray(), from, until };
}

/// <summary>Before its time, by who gave it or who has it; needs no signature: it only takes away.</summary>
internal sealed class EndHandOver(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(DelegationId id, CancellationToken cancel) =>
        write.Do<Done>("approvals.end-hand-over", new { id }, async act =>
        {
            var row = await db.Set<Delegation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && (row.Delegator == act.Actor.Person || row.StandIn == act.Actor.Person), cancel);
            if (row is null || act.Actor.Person is not { } me) return new NoSuch("delegation");
            var happened = await db.Set<DelegationEvent>().AsNoTracking().Where(one => one.Delegation == id).Select(one => one.Step).ToListAsync(cancel);
            if (DelegationDecision.WhyNotEnd(row, happened, me, act.Now) is { } refusal) return refusal.About(id);
            db.Add(new DelegationEvent { Delegation = id, Step = DelegationStep.Ended, By = me, At = act.Now });
            db.Append(act, HandOver.Told(ApprovalsAudit.TakenBack, row));
            await act.Raise(db, new ApprovalsTakenBack(id, row.Delegator, row.StandIn), cancel);
            return Done.It;
        }, cancel);
}
