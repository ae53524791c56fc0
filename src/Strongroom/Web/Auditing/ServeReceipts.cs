using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Web.Auditing;

internal sealed record NotSealedYet() : Refusal("audit.not-sealed-yet", 409, "The receipt is not there yet.", "It will be there in a few seconds: ask again.");

/// <summary>Receipts as files: of any event for those who read the log, of a visit for the desk and for its own hirer.</summary>
internal static class ServeReceipts
{
    public static string OfEvent(EventId id) => $"/audit/events/{id}/receipt";

    public static string AtDesk(VisitId id) => $"/desk/visits/{id}/receipt";

    public static string OfOwn(VisitId id) => $"/account/visits/{id}/receipt";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit/events/{id}/receipt", async (EventId id, ReadEvents events, LogProofs proofs, HttpContext http, CancellationToken cancel) =>
            await events.One(id, cancel) is null ? new NoSuch("event").ToProblem(http) : await Answer(id, proofs, http, cancel))
            .RequireAuthorization(AuditRights.Read).WithName("ReadReceipt").ExcludeFromDescription();
        routes.MapGet("/desk/visits/{id}/receipt", async (VisitId id, StrongroomDb db, CurrentActor current, VisitProof visits, LogProofs proofs, HttpContext http, CancellationToken cancel) =>
        {
            var branch = await db.VisitFacts().Where(row => row.Id == id).Select(row => (BranchId?)row.Branch).SingleOrDefaultAsync(cancel);
            return branch is not { } at || !current.Now.MayAt(AccessRights.Read, at) ? new NoSuch("visit").ToProblem(http) : await OfVisit(id, visits, proofs, http, cancel);
        }).RequireAuthorization(AccessRights.Read).WithName("ReadVisitReceipt").ExcludeFromDescription();
        routes.MapGet("/account/visits/{id}/receipt", async (VisitId id, StrongroomDb db, CurrentActor current, VisitProof visits, LogProofs proofs, HttpContext http, CancellationToken cancel) =>
        {
            var me = current.Now.Person;
            var mine = await db.VisitFacts().AnyAsync(row => row.Id == id && db.PartyFacts().Any(party => party.Agreement == row.Agreement && party.Person == me), cancel);
            return mine ? await OfVisit(id, visits, proofs, http, cancel) : new NoSuch("visit").ToProblem(http);
        }).RequireAuthorization(AgreementsRights.AccountRead).WithName("ReadOwnVisitReceipt").ExcludeFromDescription();
    }

    private static async Task<IResult> OfVisit(VisitId id, VisitProof visits, LogProofs proofs, HttpContext http, CancellationToken cancel) =>
        await visits.Of(id, cancel) is { } leaf ? await Answer(leaf.Event, proofs, http, cancel) : new NoSuch("visit").ToProblem(http);

    private static async Task<IResult> Answer(EventId id, LogProofs proofs, HttpContext http, CancellationToken cancel) => await proofs.Of(id, cancel) is { } proof
        ? Results.File(proof.Receipt, LogProofs.ContentType, $"{id}{LogProofs.Extension}")
        : new NotSealedYet().ToProblem(http);
}
