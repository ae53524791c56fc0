using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>What the slip of a visit says beside <see cref="VisitFacts"/>.</summary>
public sealed record SlipFacts
{
    public VisitId Visit { get; init; }

    /// <summary>How the officer knew who came; null when it did not come to that.</summary>
    public IdentityCheck? IdentityCheck { get; init; }

    /// <summary>What the rules answered when admission was asked for; null when it did not come to that.</summary>
    public Answer? Decided { get; init; }
}

public static class SlipContract
{
    public static IQueryable<SlipFacts> SlipFacts(this StrongroomDb db) =>
        from visit in db.Set<Visit>().AsNoTracking()
        join decision in db.Set<Decision>() on visit.Decision equals (DecisionId?)decision.Id into decisions
        from decision in decisions.DefaultIfEmpty()
        select new SlipFacts { Visit = visit.Id, IdentityCheck = visit.IdentityCheck, Decided = (Answer?)decision.Result };

    /// <summary>Who came along with the operator and stood at the counter.</summary>
    public static IQueryable<PersonId> CameAlong(this StrongroomDb db, VisitId visit) => db.Set<VisitPresent>().Where(row => row.Visit == visit).Select(row => row.Person);
}
