using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>Something that happened to a visit, and the visit as it is now. Ids and instants, nobody's name.</summary>
/// <param name="Place">Of the event in the log.</param>
/// <param name="What">The event's kind: "access.checked-in", "access.locker-opened", "access.checked-out".</param>
public sealed record VisitChange(
    long Place, EventId Event, DateTime At, string What, VisitId Visit, BranchId Branch, AgreementId Agreement, LockerId Locker,
    VisitState State, DateTime ArrivedAt, DateTime? EndedAt);

/// <param name="Next">To be given as `after` with the next question; null when there is nothing yet and none was given.</param>
/// <param name="More">There is more already: ask again at once.</param>
public sealed record VisitChanges(IReadOnlyList<VisitChange> Changes, long? Next, bool More);

/// <summary>For a system that follows a bank's visits: what happened since it last asked, each once, in the order of the log.</summary>
internal sealed class ReadVisitChanges(StrongroomDb db, CurrentActor current)
{
    public const int Most = 200;

    private static readonly string Visits = Subject.KindOf<Noun.Visit>(), Branches = Subject.KindOf<Noun.Branch>();

    /// <param name="after">The place that the last answer named; counts before <paramref name="since"/>.</param>
    /// <param name="since">For the first question: what happened at this instant or later. Nothing: from the beginning.</param>
    public async Task<VisitChanges> After(long? after, DateTime? since, int limit, CancellationToken cancel)
    {
        var take = Math.Clamp(limit, 1, Most);
        var events = db.SequencedEvents().Where(row => row.Kind.StartsWith("access."));
        if (after is { } place) events = events.Where(row => row.Place > place);
        else if (since is { } from)
        {
            var border = from.ToUniversalTime();
            events = events.Where(row => row.At >= border);
        }
        if (current.Now.BranchesWith(AccessRights.Read) is { } branches)
        {
            var ids = branches.Select(branch => branch.Value).ToList();
            events = events.Where(row => db.EventAbouts().Any(about => about.Event == row.Id && about.Kind == Branches && ids.Contains(about.Id)));
        }
        var rows = await (from row in events
                          join about in db.EventAbouts() on row.Id equals about.Event
                          where about.Kind == Visits
                          orderby row.Place, about.Id
                          select new { row.Place, row.Id, row.At, row.Kind, Visit = about.Id }).Take(take + 1).ToListAsync(cancel);
        // One event may be about the several visits of a party: they stay together, so that its place can be the next border.
        var more = rows.Count > take;
        var shown = more && rows.Exists(row => row.Place < rows[^1].Place) ? [.. rows.Where(row => row.Place < rows[^1].Place)] : rows;
        var wanted = shown.Select(row => new VisitId(row.Visit)).Distinct().ToList();
        var visits = await db.VisitFacts().Where(visit => wanted.Contains(visit.Id)).ToDictionaryAsync(visit => visit.Id.Value, cancel);
        var changes =
            from row in shown
            let visit = visits[row.Visit]
            select new VisitChange(row.Place, row.Id, row.At, row.Kind, visit.Id, visit.Branch, visit.Agreement, visit.Locker, visit.State, visit.ArrivedAt, visit.EndedAt);
        return new([.. changes], shown.Count > 0 ? shown[^1].Place : after, more);
    }
}
