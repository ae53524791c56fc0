using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>All three as they shall be; one left out is unknown again.</summary>
public sealed record UpdatePapersRequest(DateOnly? SignedOn, DateOnly? CopyDeliveredOn, DateOnly? RentPaidUntil);

internal sealed class UpdatePapers(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, UpdatePapersRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.update-papers", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            if (act.CheckVersion(agreement) is { } stale) return stale;
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            if (agreement.EndedOn is not null) return new AlreadyEnded().About(id);
            var today = await db.TodayAt(agreement.Branch, act.Now, cancel);
            if (request.SignedOn > today) return new PaperOfTheFuture { Field = nameof(request.SignedOn) };
            if (request.CopyDeliveredOn > today) return new PaperOfTheFuture { Field = nameof(request.CopyDeliveredOn) };

            agreement.SignedOn = request.SignedOn;
            agreement.CopyDeliveredOn = request.CopyDeliveredOn;
            agreement.RentPaidUntil = request.RentPaidUntil;
            var updated = new Event(AgreementsAudit.PapersUpdated).About(agreement, await db.FirstHirer(id, cancel));
            foreach (var (name, date) in new[] { ("signed-on", request.SignedOn), ("copy-delivered-on", request.CopyDeliveredOn), ("rent-paid-until", request.RentPaidUntil) })
            {
                if (date is { } known) updated.With(name, known);
            }
            db.Append(act, updated);
            return Done.It;
        }, cancel);
}
