using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Number">As printed on the paper; unique in its branch.</param>
/// <param name="SignedOn">When the stamped agreement was signed; null while it is not on file.</param>
/// <param name="RentPaidUntil">The last day that is paid for.</param>
public sealed record MakeAgreementRequest(
    [property: Required] LockerId? Locker,
    [property: Required] PersonId? Hirer,
    [property: Required, StringLength(30)] string Number,
    [property: Required] DateOnly? StartsOn,
    DateOnly? SignedOn,
    DateOnly? CopyDeliveredOn,
    DateOnly? RentPaidUntil);

public sealed record AgreementMade(AgreementId Id);

internal sealed class MakeAgreement(StrongroomDb db, Write write)
{
    public Task<Outcome<AgreementMade>> Handle(MakeAgreementRequest request, CancellationToken cancel) =>
        write.Do<AgreementMade>("agreements.make", request, async act =>
        {
            var (lockerId, hirer) = (request.Locker!.Value, request.Hirer!.Value);
            var locker = await db.LockerFacts().SingleOrDefaultAsync(row => row.Id == lockerId, cancel);
            if (locker is null || !act.Actor.MayAt(AgreementsRights.Write, locker.Branch)) return new NoSuch("locker");
            var person = await db.PersonFacts().SingleOrDefaultAsync(row => row.Id == hirer, cancel);
            if (person is null) return new NoSuch("person");
            if (await db.IsOwnMatter(act.Actor, [hirer], cancel)) return new OwnMatter().About(hirer).About(locker.Id);
            if (locker.Condition != LockerCondition.InService) return new LockerNotInService { Field = nameof(request.Locker) }.About(locker.Id);
            if (await db.Set<Agreement>().AnyAsync(row => row.Locker == locker.Id && row.EndedOn == null, cancel))
                return new LockerTaken { Field = nameof(request.Locker) }.About(locker.Id);

            if (locker.OccupantUnknown && !await db.Set<Agreement>().AnyAsync(row => row.Locker == locker.Id, cancel))
                return new OccupantUnknown { Field = nameof(request.Locker) }.About(locker.Id);

            var today = await db.TodayAt(locker.Branch, act.Now, cancel);
            // The review is due on its date: that day it is overdue.
            if (person.DueDiligenceReviewOn is not { } review) return new DueDiligenceMissing().About(hirer);
            if (review <= today) return new DueDiligenceOverdue().About(hirer);
            if (request.SignedOn > today) return new PaperOfTheFuture { Field = nameof(request.SignedOn) };
            if (request.CopyDeliveredOn > today) return new PaperOfTheFuture { Field = nameof(request.CopyDeliveredOn) };

            var agreement = new Agreement
            {
                Id = act.NewId<Noun.Agreement>(),
                Number = request.Number.Trim(),
                Branch = locker.Branch,
                Locker = locker.Id,
                Mandate = Mandate.Single,
                StartsOn = request.StartsOn!.Value,
                SignedOn = request.SignedOn,
                CopyDeliveredOn = request.CopyDeliveredOn,
                RentPaidUntil = request.RentPaidUntil,
            };
            db.Add(agreement);
            db.Add(new AgreementParty { Agreement = agreement.Id, Person = hirer, Role = PartyRole.Hirer, Position = 1 });
            db.Append(act, new Event(AgreementsAudit.Made).About(agreement, hirer)
                .With("number", agreement.Number).With("mandate", agreement.Mandate).With("starts-on", agreement.StartsOn));
            return new AgreementMade(agreement.Id);
        }, cancel);
}
