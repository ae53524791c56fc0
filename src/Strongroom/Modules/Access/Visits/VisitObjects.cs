using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Modules.Access.Visits;

internal sealed record VisitIsOpen() : Refusal("access.visit-is-open", 409, "A visit to this locker is open.", "End the visit first.");

/// <summary>A hire cannot end while somebody may be at its locker.</summary>
internal sealed class VisitObjects : IObjectToEnd
{
    public async Task<Refusal?> Objection(StrongroomDb db, AgreementFacts agreement, DateTime now, CancellationToken cancel) =>
        await db.Set<Visit>().AnyAsync(visit => visit.Agreement == agreement.Id && visit.EndedAt == null, cancel) ? new VisitIsOpen() : null;
}
