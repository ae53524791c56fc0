using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <param name="Agreement">Which hire.</param>
/// <param name="Operator">Who stands at the counter: a hirer, a signatory of an organisation that hires, or an agent.</param>
/// <param name="AlsoPresent">Others of them who came along; the mandate is evaluated from all who are present (R10).</param>
/// <param name="With">A visit of the same operator that goes on: the party opens another locker of theirs in the same visit to the vault.</param>
public sealed record CheckInRequest(
    [property: Required] AgreementId? Agreement, [property: Required] PersonId? Operator, IReadOnlyList<PersonId>? AlsoPresent = null, VisitId? With = null);

internal sealed record NotTheSameParty() : Refusal(
    "access.not-the-same-party", 422, "That visit is not this person's, is over, or is in another vault.", "Check the person in for a visit of its own.");

internal sealed record DayNotOpen() : Refusal("access.day-not-open", 409, "The branch's day is not open.", "Open the day, then check the hirer in.");

internal sealed record LockerInVisit(string Number) : Refusal(
    "access.locker-in-visit", 409, $"Locker {Number} is already in a visit.", "Go on with that visit or end it.");

internal sealed record NotAParty() : Refusal(
    "access.not-a-party", 422, "This person is neither a hirer nor acts for one today.", "Choose the hirer, or another agreement; a letter of authority is entered on the agreement first.")
{ }

/// <summary>The first act: the hirer stands at the counter and waits. One locker has one open visit, by a partial unique index.</summary>
internal sealed class CheckIn(StrongroomDb db, Write write)
{
    public Task<Outcome<VisitStep>> Handle(CheckInRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.check-in", request, async act =>
        {
            var agreement = await db.AgreementFacts().SingleOrDefaultAsync(row => row.Id == request.Agreement, cancel);
            if (agreement is null || !act.Actor.MayAt(AccessRights.Receive, agreement.Branch)) return new NoSuch("agreement") { Field = nameof(request.Agreement) };

            // The day is tracked: its next slip number moves its version, and so a check-in and a day-close cannot both commit.
            var day = await db.Set<BranchDay>().SingleOrDefaultAsync(row => row.Branch == agreement.Branch && row.ClosedAt == null, cancel);
            if (day is null) return new DayNotOpen().About(agreement.Locker).About(agreement.Branch);

            // Who may come is read below: a merge of two records of one person at this moment comes before this or after it, not in between.
            await db.LeanOnAgreement(agreement.Id, cancel);
            var parties = (await db.WhoMayCome(agreement.Id, day.Date, cancel)).Select(one => one.Person).ToHashSet();
            var others = (request.AlsoPresent ?? []).Where(person => person != request.Operator).Distinct().ToList();
            if (!parties.Contains(request.Operator!.Value) || others.Exists(person => !parties.Contains(person)))
                return new NotAParty { Field = nameof(request.Operator) }.About(agreement.Locker);

            var locker = await db.LockerFacts().SingleAsync(row => row.Id == agreement.Locker, cancel);
            if (await db.Set<Visit>().AnyAsync(row => row.Locker == locker.Id && row.EndedAt == null, cancel))
                return new LockerInVisit(locker.Number).About(locker.Id);

            var first = request.With is { } with ? await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == with && row.EndedAt == null, cancel) : null;
            if (request.With is not null && (first is null || first.Operator != request.Operator || first.Vault != locker.Vault))
                return new NotTheSameParty { Field = nameof(request.With) }.About(locker.Id);

            day.LastNumber++;
            var id = act.NewId<Noun.Visit>();
            var visit = new Visit
            {
                Id = id,
                Party = first?.Party ?? id,
                Day = day.Id,
                Branch = agreement.Branch,
                Vault = locker.Vault,
                Locker = locker.Id,
                Agreement = agreement.Id,
                Operator = request.Operator!.Value,
                Number = day.LastNumber,
                State = VisitState.Waiting,
                ArrivedAt = act.Now,
            };
            db.Add(visit);
            db.AddRange(others.Select(person => new VisitPresent { Visit = visit.Id, Person = person }));
            db.Append(act, new Event(AccessAudit.CheckedIn).About(visit).About(others.Select(Subject.Of)).With("number", visit.Number).With("present", others.Count + 1).With("party", first?.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return new VisitStep(visit.Id, visit.State, 1);
        }, cancel);
}
