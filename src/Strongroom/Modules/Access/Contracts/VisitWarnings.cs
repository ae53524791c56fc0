using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>A visit that was admitted though rules warned: the manager's work (R12).</summary>
/// <param name="Rules">What warned, a sentence each.</param>
/// <param name="Note">What the officer agreed with the hirer.</param>
public sealed record VisitWarning(
    VisitId Visit, DecisionId Decision, int Number, LockerId Locker, string LockerNumber, PersonId Operator, string OperatorName, string? AdmittedBy, DateTime At,
    IReadOnlyList<string> Rules, string? Note);

public sealed record VisitWarningsPage(IReadOnlyList<VisitWarning> Warnings, int Total);

internal sealed class ReadVisitWarnings(StrongroomDb db, CurrentActor current, Seals seals)
{
    public const int PageSize = 20;

    /// <summary>Those of a branch that nobody has seen to, oldest first. Null for somebody who does not see to that branch's.</summary>
    public async Task<VisitWarningsPage?> Open(BranchId branch, int skip, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AccessRights.Warnings, branch)) return null;
        var open = from visit in db.Set<Visit>().AsNoTracking()
                   join decision in db.Set<Decision>() on visit.Decision equals (DecisionId?)decision.Id
                   where visit.Branch == branch && decision.Result == Answer.Warn && !db.Set<SeenWarning>().Any(seen => seen.Decision == decision.Id)
                   select new { visit, decision };
        var total = await open.CountAsync(cancel);
        var rows = await (from row in open
                          join locker in db.LockerFacts() on row.visit.Locker equals locker.Id
                          join person in db.PersonFacts() on row.visit.Operator equals person.Id
                          join officer in db.PersonFacts() on row.visit.Custodian equals (PersonId?)officer.Id into officers
                          from officer in officers.DefaultIfEmpty()
                          orderby row.decision.At
                          select new { row.visit, row.decision, LockerNumber = locker.Number, person.Name, Officer = officer.Name })
            .Skip(skip).Take(PageSize).ToListAsync(cancel);
        List<VisitWarning> warnings = [];
        foreach (var row in rows)
        {
            var note = row.visit.WarningNote is { } words ? (await seals.KeyOf(db, row.visit.Operator, cancel)).Open(Admit.NoteColumn, row.visit.Id.Value, words) : null;
            var rules = JsonSerializer.Deserialize<List<RuleAnswered>>(row.decision.Rules)!.Where(rule => rule.Answer == Answer.Warn).Select(rule => rule.Sentence);
            warnings.Add(new(row.visit.Id, row.decision.Id, row.visit.Number, row.visit.Locker, row.LockerNumber, row.visit.Operator, row.Name, row.Officer, row.decision.At, [.. rules], note));
        }
        return new(warnings, total);
    }
}

internal sealed record WarningSeenAlready() : Refusal("access.warning-seen-already", 409, "Somebody has seen to this warning already.", "Go on with the next one.");

/// <summary>The manager has seen to what a visit's admission warned of.</summary>
internal sealed class SeeToVisitWarning(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(DecisionId id, CancellationToken cancel) =>
        write.Do<Done>("access.see-to-warning", new { id }, async act =>
        {
            var visit = await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(row => row.Decision == id, cancel);
            if (visit is null || !act.Actor.MayAt(AccessRights.Warnings, visit.Branch)) return new NoSuch("warning");
            var decision = await db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
            if (decision.Result != Answer.Warn) return new NoSuch("warning");
            // The database refuses the second of two at once; asking first answers the later one without a collision.
            if (await db.Set<SeenWarning>().AnyAsync(row => row.Decision == id, cancel)) return new WarningSeenAlready().About(visit.Id);

            db.Add(new SeenWarning { Decision = id, At = act.Now, By = act.Actor.Person });
            db.Append(act, new Event(AccessAudit.WarningSeenTo).About(visit).About(id));
            return Done.It;
        }, cancel);
}
