using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Access.Visits;

/// <summary>An entry of the old register as its list shows it. What was written by hand stays sealed: the locker's timeline opens it.</summary>
public sealed record OldVisitLine
{
    public Guid Id { get; init; }

    public DateOnly Date { get; init; }

    /// <summary>Local times; null where the register has none.</summary>
    public TimeOnly? TimeIn { get; init; }

    public TimeOnly? TimeOut { get; init; }

    public LockerId LockerId { get; init; }

    public string Locker { get; init; } = "";

    public PersonId? OperatorId { get; init; }

    /// <summary>Null where the register names nobody whom we know.</summary>
    public string? Operator { get; init; }

    public string? Officer { get; init; }
}

/// <summary>A branch's visits and what its old register has of the time before, newest first, page by page.</summary>
internal sealed class ReadVisitLists(StrongroomDb db, CurrentActor current)
{
    public const int PageSize = 50;

    /// <param name="from">The first local day; null for the beginning.</param>
    /// <param name="until">The last local day, whole; null for today.</param>
    /// <returns>Null for somebody who does not read the branch's visits.</returns>
    public async Task<(IReadOnlyList<VisitLine> Rows, int Total)?> Visits(
        BranchFacts branch, DateOnly? from, DateOnly? until, ListQuery list, int take, CancellationToken cancel, VisitsWith? with = null)
    {
        if (!current.Now.MayAt(AccessRights.Read, branch.Id)) return null;
        var visits = db.VisitLines().Where(visit => visit.Branch == branch.Id);
        if (from?.ToUtc(TimeOnly.MinValue, branch.Zone) is { } first) visits = visits.Where(visit => visit.ArrivedAt >= first);
        if (until < DateOnly.MaxValue && until.Value.AddDays(1).ToUtc(TimeOnly.MinValue, branch.Zone) is var end) visits = visits.Where(visit => visit.ArrivedAt < end);
        visits = with switch
        {
            VisitsWith.SecondOfficer => visits.Where(visit => visit.SecondOfficer != null),
            VisitsWith.Refused => visits.Where(visit => visit.State == VisitState.Refused),
            null => visits,
        };
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("locker", false) => visits.OrderBy(visit => visit.Locker.Length).ThenBy(visit => visit.Locker).ThenByDescending(visit => visit.ArrivedAt),
            ("locker", true) => visits.OrderByDescending(visit => visit.Locker.Length).ThenByDescending(visit => visit.Locker).ThenByDescending(visit => visit.ArrivedAt),
            ("operator", false) => visits.OrderBy(visit => visit.Operator).ThenByDescending(visit => visit.ArrivedAt),
            ("operator", true) => visits.OrderByDescending(visit => visit.Operator).ThenByDescending(visit => visit.ArrivedAt),
            ("arrived", false) => visits.OrderBy(visit => visit.ArrivedAt),
            _ => visits.OrderByDescending(visit => visit.ArrivedAt),
        };
        return (await ordered.ThenBy(visit => visit.Id).Skip(list.Skip(PageSize)).Take(take).ToListAsync(cancel),
            await visits.OrderBy(visit => visit.Id).Take(ListQuery.Countable + 1).CountAsync(cancel));
    }

    public async Task<(IReadOnlyList<OldVisitLine> Rows, int Total)?> Register(
        BranchFacts branch, DateOnly? from, DateOnly? until, ListQuery list, int take, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AccessRights.Read, branch.Id)) return null;
        var entries = from entry in db.Set<RegisterEntry>().AsNoTracking()
                      join locker in db.LockerFacts() on entry.Locker equals locker.Id
                      join person in db.PersonFacts() on entry.Operator equals (PersonId?)person.Id into persons
                      from person in persons.DefaultIfEmpty()
                      where locker.Branch == branch.Id && (@from == null || entry.Date >= @from) && (until == null || entry.Date <= until)
                      select new OldVisitLine
                      {
                          Id = entry.Id,
                          Date = entry.Date,
                          TimeIn = entry.TimeIn,
                          TimeOut = entry.TimeOut,
                          LockerId = entry.Locker,
                          Locker = locker.Number,
                          OperatorId = entry.Operator,
                          Operator = person.Name,
                          Officer = entry.Officer,
                      };
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("locker", false) => entries.OrderBy(entry => entry.Locker.Length).ThenBy(entry => entry.Locker).ThenByDescending(entry => entry.Date),
            ("locker", true) => entries.OrderByDescending(entry => entry.Locker.Length).ThenByDescending(entry => entry.Locker).ThenByDescending(entry => entry.Date),
            ("date", false) => entries.OrderBy(entry => entry.Date).ThenBy(entry => entry.TimeIn),
            _ => entries.OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.TimeIn),
        };
        return (await ordered.ThenBy(entry => entry.Id).Skip(list.Skip(PageSize)).Take(take).ToListAsync(cancel),
            await entries.OrderBy(entry => entry.Id).Take(ListQuery.Countable + 1).CountAsync(cancel));
    }
}
