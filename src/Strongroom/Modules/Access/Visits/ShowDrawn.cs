using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Web;

namespace Strongroom.Modules.Access.Visits;

/// <summary>The one address of what an operator drew at a visit, for those who read the branch's visits. Never kept by a browser or a proxy.</summary>
internal sealed class ShowDrawn(StrongroomDb db, CurrentActor current, Blobs blobs, Seals seals)
{
    public static string PathOf(VisitId visit) => $"/desk/visits/{visit}/signature";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/desk/visits/{id}/signature", async (VisitId id, ShowDrawn show, HttpContext http, CancellationToken cancel) =>
        await show.Handle(id, http, cancel)).RequireAuthorization(AccessRights.Read).WithName("ShowDrawnSignature").ExcludeFromDescription();

    private async Task<IResult> Handle(VisitId id, HttpContext http, CancellationToken cancel)
    {
        var visit = await db.Set<Visit>().AsNoTracking().Where(row => row.Id == id).Select(row => new { row.Branch, row.Drawn }).SingleOrDefaultAsync(cancel);
        return visit is { Drawn: { } blob } && current.Now.MayAt(AccessRights.Read, visit.Branch) && await blobs.Get(db, seals, blob, cancel) is { } found
            ? TypedResults.Bytes(found.Bytes, found.MediaType)
            : new NoSuch("signature").ToProblem(http);
    }
}
