using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Contact;

public sealed record ObligationLine
{
    public ObligationId Id { get; init; }

    public ObligationState State { get; init; }

    public AgreementId Agreement { get; init; }

    public ObligationKind Kind { get; init; }

    public VisitId? Visit { get; init; }

    /// <summary>A letter tells, because no channel does.</summary>
    public MessageId? Letter { get; init; }

    public string LockerNumber { get; init; } = "";

    public string BranchName { get; init; } = "";

    public string Zone { get; init; } = "";

    public DateTime OpenedAt { get; init; }

    public DateTime DueAt { get; init; }

    public DateTime? MetAt { get; init; }

    public int Addressees { get; init; }

    public int Reachable { get; init; }

    public int Told { get; init; }

    public string? Owner { get; init; }
}

public sealed record ObligationBoard(IReadOnlyList<ObligationLine> PastDue, IReadOnlyList<ObligationLine> Due, IReadOnlyList<ObligationLine> MetToday);

internal sealed class ReadObligations(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    /// <summary>What is not told yet, all of it, and what was told since midnight at each branch; of all one's branches, or of one of them.</summary>
    public async Task<ObligationBoard> Board(CancellationToken cancel, BranchId? only = null)
    {
        var now = clock.UtcNow();
        var lines = await Lines(now.AddDays(-1), only).ToListAsync(cancel);
        return new(
            [.. lines.Where(line => line.State == ObligationState.PastDue)],
            [.. lines.Where(line => line.State == ObligationState.Due)],
            [.. lines.Where(line => line.MetAt is { } met && met.DateIn(line.Zone) == now.DateIn(line.Zone))]);
    }

    private IQueryable<ObligationLine> Lines(DateTime since, BranchId? only)
    {
        var branches = current.Now.BranchesWith(ContactRights.Read);
        return from row in db.Set<Obligation>().AsNoTracking()
               join locker in db.LockerFacts() on row.Locker equals locker.Id
               join branch in db.BranchFacts() on row.Branch equals branch.Id
               where (row.State != ObligationState.Met || row.MetAt >= since) && (branches == null || branches.Contains(row.Branch)) && (only == null || row.Branch == only)
               orderby row.DueAt, row.RaisedAt
               select new ObligationLine
               {
                   Id = row.Id,
                   State = row.State,
                   Agreement = row.Agreement,
                   Kind = row.Kind,
                   Visit = row.Visit,
                   Letter = row.Letter,
                   LockerNumber = locker.Number,
                   BranchName = branch.Name,
                   Zone = branch.Zone,
                   OpenedAt = row.HappenedAt,
                   DueAt = row.DueAt,
                   MetAt = row.MetAt,
                   Addressees = db.Set<ObligationAddressee>().Count(it => it.Obligation == row.Id),
                   Reachable = db.Set<ObligationAddressee>().Count(it => it.Obligation == row.Id && it.Reachable),
                   Told = db.Set<ObligationAddressee>().Count(it => it.Obligation == row.Id && it.ToldAt != null),
                   Owner = db.PersonFacts().Where(person => person.Id == row.Owner).Select(person => person.Name).FirstOrDefault(),
               };
    }
}
