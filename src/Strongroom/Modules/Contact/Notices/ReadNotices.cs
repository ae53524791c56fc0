using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;

namespace Strongroom.Modules.Contact.Notices;

public sealed record NoticeLine
{
    public NoticeId Id { get; init; }

    public NoticeKind Kind { get; init; }

    public DateTime At { get; init; }

    public bool Unread { get; init; }

    /// <summary>The locker's number, where the notice is about one.</summary>
    public string? Locker { get; init; }

    public string? Branch { get; init; }

    public string? Zone { get; init; }

    /// <summary>"C-2026-000123" of a complaint.</summary>
    public string? Number { get; init; }

    public VisitId? Visit { get; init; }

    /// <summary>The id of what it is about, of the noun that its kind says.</summary>
    public Guid Reference { get; init; }
}

/// <summary>A person's own notices: the last hundred, newest first.</summary>
internal sealed class ReadNotices(StrongroomDb db, CurrentActor current)
{
    private const int Most = 100;

    public async Task<IReadOnlyList<NoticeLine>> Mine(CancellationToken cancel)
    {
        var rows = await db.NoticesOf(current.Now).AsNoTracking().OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Most).ToListAsync(cancel);
        var obligations = rows.Select(row => new ObligationId(row.Reference)).ToList();
        var complaints = rows.Select(row => new ComplaintId(row.Reference)).ToList();
        var told = await (from row in db.Set<Obligation>().AsNoTracking()
                          join locker in db.LockerFacts() on row.Locker equals locker.Id
                          join branch in db.BranchFacts() on row.Branch equals branch.Id
                          where obligations.Contains(row.Id)
                          select new { Id = row.Id.Value, Locker = locker.Number, Branch = branch.Name, branch.Zone, row.Visit, Number = (string?)null }).ToListAsync(cancel);
        var complained = (await (from row in db.Set<Complaint>().AsNoTracking()
                                 join locker in db.LockerFacts() on row.Locker equals locker.Id
                                 join branch in db.BranchFacts() on row.Branch equals branch.Id
                                 where complaints.Contains(row.Id)
                                 select new { row.Id, Locker = locker.Number, Branch = branch.Name, branch.Zone, row.Year, row.Sequence }).ToListAsync(cancel))
            .Select(row => new { Id = row.Id.Value, row.Locker, row.Branch, row.Zone, Visit = (VisitId?)null, Number = (string?)Complaint.NumberOf(row.Year, row.Sequence) });
        var about = told.Concat(complained).ToDictionary(row => row.Id);
        return [.. rows.Select(row =>
        {
            var what = about.GetValueOrDefault(row.Reference);
            return new NoticeLine
            {
                Id = row.Id, Kind = row.Kind, At = row.At, Unread = row.ReadAt is null,
                Locker = what?.Locker, Branch = what?.Branch, Zone = what?.Zone, Number = what?.Number, Visit = what?.Visit, Reference = row.Reference,
            };
        })];
    }
}

/// <summary>The person has seen what is there: all that came until then counts as read.</summary>
internal sealed class MarkNoticesRead(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(CancellationToken cancel) => write.Do<Done>("contact.read-notices", new { }, async act =>
    {
        if (act.Actor.Person is null) return new NotYours();
        foreach (var notice in await db.NoticesOf(act.Actor).Where(row => row.ReadAt == null).ToListAsync(cancel)) notice.ReadAt = act.Now;
        return Done.It;
    }, cancel);
}
