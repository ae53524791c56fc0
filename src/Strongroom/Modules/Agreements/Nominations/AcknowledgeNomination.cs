using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements.Nominations;

internal sealed record NominationAcknowledged() : Refusal("agreements.nomination-acknowledged", 409, "The acknowledgement was given already.", "Look at the agreement again.");

/// <summary>R63: the hirers have the acknowledgement in their hands.</summary>
internal sealed class AcknowledgeNomination(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, NominationId nominationId, CancellationToken cancel) =>
        write.Do<Done>("agreements.acknowledge-nomination", new { id, nominationId }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            db.LeanOn(agreement);
            var nomination = await db.Set<Nomination>().SingleOrDefaultAsync(row => row.Id == nominationId && row.Agreement == id && row.ReplacedAt == null, cancel);
            if (nomination is null) return new NoSuch("nomination in force").About(id);
            if (nomination.AcknowledgedAt is not null) return new NominationAcknowledged().About(id);

            (nomination.AcknowledgedAt, nomination.AcknowledgedBy) = (act.Now, act.Actor.Person);
            var today = await db.TodayAt(agreement.Branch, act.Now, cancel);
            db.Append(act, new Event(AgreementsAudit.NominationAcknowledged).About(agreement, await db.FirstHirer(id, cancel)).About(nominationId)
                .With("in-time", today <= nomination.AcknowledgeBy ? "yes" : "no"));
            return Done.It;
        }, cancel);
}
