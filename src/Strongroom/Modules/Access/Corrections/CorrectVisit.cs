using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Corrections;

/// <param name="Time">The right local time, for all but the operator.</param>
/// <param name="Operator">Who really came.</param>
public sealed record Correction(
    [property: Required(ErrorMessage = "Say what is wrong"), EnumDataType(typeof(CorrectedField))] CorrectedField? Field, TimeOnly? Time, PersonId? Operator,
    [property: Required(ErrorMessage = "Write how the mistake came about"), StringLength(500)] string Reason);

public sealed record CorrectVisitRequest([property: Required] Correction Correction, [property: Required] SignatureId? Signature);

public sealed record CorrectionAsked(SignatureId Signature);

internal sealed record VisitGoesOn() : Refusal("access.visit-goes-on", 409, "The visit is not over.", "Undo the last act, or correct the record when the visit is closed.");

internal sealed record NothingToCorrect() : Refusal("access.nothing-to-correct", 422, "The correction says what the record says, or does not fit it.", "Read the slip and the record again.");

/// <summary>A wrong entry is corrected by a marked correction that a second officer signs, never by editing (R19c).</summary>
internal sealed class CorrectVisit(StrongroomDb db, Write write)
{
    internal const string Approves = "access.correct-visit";

    public Task<Outcome<CorrectionAsked>> Ask(VisitId id, Correction correction, CancellationToken cancel) =>
        write.Do<CorrectionAsked>("access.ask-correction", new { id, correction }, async act =>
        {
            if ((await Plan(act, id, correction, cancel)).Refused(out var refusal, out var plan)) return refusal;
            return new CorrectionAsked(Signatures.Ask(db, act, new ToSign(Approves, PayloadOf(id, correction),
                $"Correct visit {plan.Visit.Number}: {WordsOf(correction.Field!.Value)} is {plan.Is}, not {plan.Was}. {correction.Reason.Trim()}",
                plan.Visit.Branch, null, AccessRights.Warnings, [act.Actor.Person!.Value, .. plan.Parties])));
        }, cancel);

    public Task<Outcome<Done>> Handle(VisitId id, CorrectVisitRequest request, CancellationToken cancel) =>
        write.Do<Done>("access.correct-visit", new { id, request }, async act =>
        {
            var correction = request.Correction;
            if ((await Plan(act, id, correction, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await Signatures.Use(db, act, request.Signature!.Value, Approves, PayloadOf(id, correction), cancel)).Refused(out refusal, out var second)) return refusal.About(id);
            byte[] Sealed(string place, string words) => act.Seals.SealForBank(place, Encoding.UTF8.GetBytes(words));
            var row = new VisitCorrection
            {
                Id = act.NewId<Noun.Correction>(),
                Visit = id,
                Field = correction.Field!.Value,
                Was = Sealed(VisitCorrection.WasPlace, plan.Was),
                Is = Sealed(VisitCorrection.IsPlace, plan.Is),
                Reason = Sealed(VisitCorrection.ReasonPlace, correction.Reason.Trim()),
                At = act.Now,
                By = act.Actor.Person!.Value,
                Second = second.Signer,
            };
            db.Add(row);
            db.Append(act, new Event(AccessAudit.Corrected).About(plan.Visit).About(row.Id).About(second.Signer).About(correction.Operator).With("field", row.Field));
            return Done.It;
        }, cancel);

    public static string WordsOf(CorrectedField field) => field switch
    {
        CorrectedField.Operator => "who came",
        CorrectedField.Arrived => "the time of coming",
        CorrectedField.Opened => "the time of opening",
        CorrectedField.Locked => "the time of locking",
        CorrectedField.Left => "the time of leaving",
    };

    private static object PayloadOf(VisitId id, Correction correction) => new { visit = id, field = correction.Field, time = correction.Time, @operator = correction.Operator, reason = correction.Reason.Trim() };

    private sealed record CorrectionPlan(Visit Visit, string Was, string Is, IReadOnlyList<PersonId> Parties);

    private async Task<Outcome<CorrectionPlan>> Plan(Act act, VisitId id, Correction correction, CancellationToken cancel)
    {
        var visit = await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (visit is null || !act.Actor.MayAt(AccessRights.Read, visit.Branch)) return new NoSuch("visit");
        if (!act.Actor.MayAt(AccessRights.Receive, visit.Branch)) return new NotYours().About(id).About(visit.Locker);
        if (visit.EndedAt is null) return new VisitGoesOn().About(id).About(visit.Locker);
        var parties = await db.ConcernedBy(visit.Agreement).ToListAsync(cancel);
        var zone = await db.BranchFacts().Where(row => row.Id == visit.Branch).Select(row => row.Zone).SingleAsync(cancel);
        if (correction.Field == CorrectedField.Operator)
        {
            if (correction.Operator is not { } person || person == visit.Operator || !parties.Contains(person)) return new NothingToCorrect { Field = nameof(correction.Operator) }.About(id);
            var names = await db.PersonFacts().Where(row => row.Id == person || row.Id == visit.Operator).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
            return new CorrectionPlan(visit, names[visit.Operator], names[person], parties);
        }
        DateTime? was = correction.Field switch
        {
            CorrectedField.Arrived => visit.ArrivedAt,
            CorrectedField.Opened => visit.AloneAt,
            CorrectedField.Locked => visit.LockedAt,
            _ => visit.EndedAt,
        };
        if (was is not { } before || correction.Time is not { } time || time.ToString("HH:mm", CultureInfo.InvariantCulture) == before.TimeIn(zone).ToString("HH:mm", CultureInfo.InvariantCulture))
            return new NothingToCorrect { Field = nameof(correction.Time) }.About(id);
        return new CorrectionPlan(visit, before.TimeIn(zone).ToString("HH:mm", CultureInfo.InvariantCulture), time.ToString("HH:mm", CultureInfo.InvariantCulture), parties);
    }
}
