using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="LastDay">The last day of the hire, today or before.</param>
public sealed record EndAgreementRequest([property: Required] DateOnly? LastDay);

/// <summary>
/// Ends a hire when nobody objects. It changes the agreement's row, so an admission that leaned on the agreement meanwhile is a lost race
/// for one of the two.
/// </summary>
internal sealed class EndAgreement(StrongroomDb db, Write write, IEnumerable<IObjectToEnd> objectors)
{
    public Task<Outcome<Done>> Handle(AgreementId id, EndAgreementRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.end", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            if (act.CheckVersion(agreement) is { } stale) return stale;
            var persons = await db.Persons(id, cancel);
            if (await db.IsOwnMatter(act.Actor, persons, cancel)) return new OwnMatter().About(id);
            if (agreement.EndedOn is not null) return new AlreadyEnded().About(id);
            var lastDay = request.LastDay!.Value;
            if (lastDay < agreement.StartsOn || lastDay > await db.TodayAt(agreement.Branch, act.Now, cancel))
                return new EndsBeforeItStarts { Field = nameof(request.LastDay) }.About(id);
            if (await db.HoldsInForce(act.Now).AnyAsync(hold => hold.Agreement == id, cancel)) return new HoldInForce().About(id).About(agreement.Locker);
            var facts = await db.AgreementFacts().SingleAsync(row => row.Id == id, cancel);
            foreach (var objector in objectors)
            {
                if (await objector.Objection(db, facts, act.Now, cancel) is { } objection) return objection.About(id).About(agreement.Locker);
            }

            agreement.EndedOn = lastDay;
            db.Append(act, new Event(AgreementsAudit.Ended).About(agreement, await db.FirstHirer(id, cancel)).With("last-day", lastDay));
            return Done.It;
        }, cancel);
}
