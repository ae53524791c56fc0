using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>What the slip of a visit says beside <see cref="VisitFacts"/>.</summary>
public sealed record SlipFacts
{
    public VisitId Visit { get; init; }

    /// <summary>How the officer knew who came; null when it did not come to that.</summary>
    public IdentityCheck? IdentityCheck { get; init; }

    /// <summary>How the operator signed; null when it did not come to that.</summary>
    public OperatorSign? OperatorSign { get; init; }

    /// <summary>What the rules answered when admission was asked for; null when it did not come to that.</summary>
    public Answer? Decided { get; init; }
}

public static class SlipContract
{
    public static AuditKind SlipPrinted => AccessAudit.SlipPrinted;

    /// <summary>The kinds of events that prove a visit to its hirer, the strongest first: it was opened, entered late, refused; else whatever came last.</summary>
    public static readonly IReadOnlyList<string> ProvenBy = ["access.locker-opened", "access.late-entered", "access.admission-refused"];

    public static IQueryable<SlipFacts> SlipFacts(this StrongroomDb db) =>
        from visit in db.Set<Visit>().AsNoTracking()
        join decision in db.Set<Decision>() on visit.Decision equals (DecisionId?)decision.Id into decisions
        from decision in decisions.DefaultIfEmpty()
        select new SlipFacts { Visit = visit.Id, IdentityCheck = visit.IdentityCheck, OperatorSign = visit.OperatorSign, Decided = (Answer?)decision.Result };

    /// <summary>The how manieth opening of the hire's year this was, free or not (R14), and when that year began; no number where the locker was not opened.</summary>
    /// <param name="startsOn">The first day of the hire.</param>
    public static async Task<(int? Number, DateOnly YearBegan)> NumberInYear(this StrongroomDb db, VisitFacts visit, DateOnly startsOn, string zone, CancellationToken cancel)
    {
        var began = RentYears.Begin(startsOn, visit.ArrivedAt.DateIn(zone));
        if (visit.AloneAt is not { } opened) return (null, began);
        var since = began.ToUtc(TimeOnly.MinValue, zone);
        return (await db.Set<Visit>().CountAsync(row => row.Agreement == visit.Agreement && row.AloneAt >= since && row.AloneAt <= opened, cancel), began);
    }

    /// <summary>Who came along with the operator and stood at the counter.</summary>
    public static IQueryable<PersonId> CameAlong(this StrongroomDb db, VisitId visit) => db.Set<VisitPresent>().Where(row => row.Visit == visit).Select(row => row.Person);
}
