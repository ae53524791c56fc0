using Strongroom.Data;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Modules.Access.Contracts;

public static class ToldCustomer
{
    /// <summary>The one plain sentence for the person who was not admitted; null when no rule refused the visit.</summary>
    public static async Task<string?> WordsForCustomer(this StrongroomDb db, VisitId visit, CancellationToken cancel) =>
        AccessRules.ForCustomer(await db.RulesOfVisit(visit, cancel));
}
