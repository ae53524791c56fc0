using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Access.Occurrences;

/// <summary>
/// Whoever is inside longer than the bank's policy expects may be unwell, or forgotten. The software says so once, on the board and on the
/// manager's list; it ends no visit by itself.
/// </summary>
internal sealed class NoteLongVisits(StrongroomDb db, SystemActs acts, PolicyBook policies) : IJob
{
    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var inside = await (from visit in db.VisitFacts()
                            join branch in db.BranchFacts() on visit.Branch equals branch.Id
                            where visit.EndedAt == null && visit.AdmittedAt != null && !db.Set<Occurrence>().Any(one => one.Visit == visit.Id && one.Kind == OccurrenceKind.LongInside)
                            select new { visit.Id, visit.Branch, visit.Locker, visit.Agreement, visit.Operator, visit.AdmittedAt, branch.Jurisdiction, branch.Zone }).ToListAsync(cancel);
        foreach (var one in inside)
        {
            var minutes = (await policies.At<AccessPolicy>(one.Jurisdiction, one.Branch, now.DateIn(one.Zone), cancel)).Values.LongVisitMinutes;
            if (one.AdmittedAt!.Value.AddMinutes(minutes) > now) continue;
            db.ChangeTracker.Clear();
            var act = acts.At(now);
            var row = new Occurrence
            {
                Id = act.NewId<Noun.Occurrence>(),
                Branch = one.Branch,
                Kind = OccurrenceKind.LongInside,
                Locker = one.Locker,
                Agreement = one.Agreement,
                Visit = one.Id,
                At = now,
            };
            db.Add(row);
            db.Append(act, new Event(AccessAudit.OccurrenceNoted).About(row.Id).About(one.Branch).About(one.Locker).About(one.Agreement).About(one.Id).About(one.Operator).With("kind", row.Kind).With("minutes", minutes));
            await db.SaveChangesAsync(cancel);
        }
    }
}
